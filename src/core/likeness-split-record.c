/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-record.h"

#include "likeness-json.h"
#include "likeness-manifest.h"

static const char *const link_names[] = {"copy", "hard", "symbolic"};

static void
add_options (const LikenessSplitJob *job,
             const LikenessCommitOptions *options,
             JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "options");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "from");
  json_builder_begin_array (builder);
  for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
    if ((job->split_mask & (1u << split)) != 0)
      json_builder_add_string_value (builder, likeness_split_to_string (split));
  json_builder_end_array (builder);
  likeness_json_add_number (builder, "ratio", job->options.ratio, NULL);
  likeness_json_add_count (builder, "min_images", job->options.minimum);
  likeness_json_add_count (builder, "seed", job->options.seed);
  json_builder_set_member_name (builder, "keep_near_duplicates");
  json_builder_add_boolean_value (builder, job->options.keep_near_duplicates);
  likeness_json_add_count (builder, "near_distance", job->options.near_distance);
  likeness_json_add_string (builder, "layout",
                            likeness_layout_to_string (options->layout));
  likeness_json_add_string (builder, "link", link_names[options->link]);
  json_builder_end_object (builder);
}

static void
add_drops (const LikenessSplitJob *job, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "dropped");
  json_builder_begin_array (builder);
  for (guint i = 0; i < job->plan->n_drops; i++)
    {
      const LikenessDrop *drop = &job->plan->drops[i];
      g_autofree char *reason = likeness_drop_describe (drop, &job->options);

      json_builder_begin_object (builder);
      likeness_json_add_bytes (builder, "subject", drop->subject);
      likeness_json_add_count (builder, "faces", drop->faces);
      likeness_json_add_string (builder, "reason", reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Nearly all are plain: the others are the library's. */
static void
append_string (GString *text, const char *string)
{
  const char *end = string;

  while (*end >= ' ' && *end < 0x7f && *end != '"' && *end != '\\')
    end++;
  if (*end == '\0')
    g_string_append_printf (text, "\"%s\"", string);
  else
    {
      g_autofree char *escaped = likeness_json_escape (string);
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), escaped);
      g_autofree char *quoted = json_to_string (node, FALSE);

      g_string_append (text, quoted);
    }
}

/* As text, not as a tree: a commit by links would take twice as long. */
static void
append_file (const LikenessSplitJob *job,
             const LikenessPlannedFile *planned,
             GString *text)
{
  gsize face = planned->file / LIKENESS_FILES_PER_FACE;
  const LikenessJobFile *file = &job->files[planned->file];
  gboolean is_train = job->plan->assignments[face] == LIKENESS_ASSIGNMENT_TRAIN;
  g_autofree char *digest = likeness_digest_to_string (&file->digest);

  g_string_append (text, "    {\n      \"path\": ");
  append_string (text, planned->path);
  g_string_append (text, ",\n      \"subject\": ");
  append_string (text, job->faces[face].subject);
  g_string_append_printf (
      text, ",\n      \"split\": \"%s\",\n      \"group\": %" G_GSIZE_FORMAT,
      likeness_split_to_string (is_train ? LIKENESS_SPLIT_TRAIN : LIKENESS_SPLIT_VAL),
      job->plan->groups[face]);
  g_string_append (text, ",\n      \"source\": ");
  append_string (text, file->path);
  g_string_append_printf (
      text, ",\n      \"size\": %" G_GUINT64_FORMAT ",\n      \"xxh3\": \"%s\"\n    }",
      file->size, digest);
}

char *
likeness_split_record_new (const LikenessSplitJob *job,
                           const LikenessCommitOptions *options,
                           const GPtrArray *planned)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *head = NULL;
  GString *text;

  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "format", LIKENESS_MANIFEST_FORMAT);
  likeness_json_add_string (builder, "application", "likeness " PACKAGE_VERSION);
  likeness_json_add_bytes (builder, "source", job->root);
  add_options (job, options, builder);
  likeness_json_add_count (builder, "subjects", job->plan->n_subjects);
  likeness_json_add_count (builder, "train", job->plan->train);
  likeness_json_add_count (builder, "val", job->plan->val);
  add_drops (job, builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  head = likeness_json_to_string (root, TRUE);

  text = g_string_new (head);
  g_string_truncate (text, strrchr (text->str, '}') - text->str);
  while (text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  g_string_append (text, ",\n  \"files\": [");
  for (guint i = 0; i < planned->len; i++)
    {
      g_string_append (text, i == 0 ? "\n" : ",\n");
      append_file (job, planned->pdata[i], text);
    }
  g_string_append (text, "\n  ]\n}");
  return g_string_free (text, FALSE);
}
