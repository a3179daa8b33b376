/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-count.h"
#include "likeness-dataset-scanner.h"
#include "likeness-display-name.h"
#include "likeness-exact-duplicates.h"
#include "likeness-json.h"
#include "likeness-near-duplicates.h"
#include "likeness-split-job.h"
#include "likeness-structure.h"

#define ALL_SPLITS (~0u)

typedef struct
{
  const char *directory;
  gboolean near_duplicates;
  LikenessDataset *dataset;
  GPtrArray *groups; /* GPtrArray of borrowed paths; NULL: not asked for */
  GPtrArray *exact;  /* the same, of equal content */
  LikenessSplitJob *job;
} Scan;

static void
scan_clear (Scan *self)
{
  g_clear_object (&self->dataset);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->exact, g_ptr_array_unref);
  g_clear_pointer (&self->job, likeness_split_job_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

/* Groups of two and more, in the order of their first faces. */
static GPtrArray *
collect (const LikenessPlanFace *faces, const gsize *groups, gsize n)
{
  g_autofree GPtrArray **found = g_new0 (GPtrArray *, n);
  GPtrArray *result = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);

  for (gsize i = 0; i < n; i++)
    {
      gsize first = groups[i];

      if (first == i)
        continue;
      if (found[first] == NULL)
        {
          found[first] = g_ptr_array_new ();
          g_ptr_array_add (found[first], (gpointer)faces[first].path);
        }
      g_ptr_array_add (found[first], (gpointer)faces[i].path);
    }
  for (gsize i = 0; i < n; i++)
    if (found[i] != NULL)
      g_ptr_array_add (result, found[i]);
  return result;
}

static GPtrArray *
find_exact (const LikenessSplitJob *job)
{
  gsize n = likeness_split_job_get_n_faces (job);
  g_autofree LikenessDigest *digests = g_new0 (LikenessDigest, n);
  g_autofree gboolean *valid = g_new0 (gboolean, n);
  g_autofree gsize *groups = g_new (gsize, n);

  for (gsize i = 0; i < n; i++)
    {
      const LikenessDigest *digest = likeness_split_job_get_digest (job, i);

      valid[i] = digest != NULL;
      if (digest != NULL)
        digests[i] = *digest;
    }
  likeness_exact_duplicate_groups (digests, valid, n, groups);
  return collect (likeness_split_job_get_faces (job), groups, n);
}

static GPtrArray *
find_near (const LikenessSplitJob *job)
{
  gsize n = likeness_split_job_get_n_faces (job);
  const LikenessPlanFace *faces = likeness_split_job_get_faces (job);
  g_autofree guint64 *hashes = g_new (guint64, n);
  g_autofree gboolean *valid = g_new (gboolean, n);
  g_autofree guint32 *subject = g_new (guint32, n);
  g_autofree gsize *groups = g_new (gsize, n);

  for (gsize i = 0; i < n; i++)
    {
      hashes[i] = faces[i].hash;
      valid[i] = faces[i].has_hash;
      subject[i] = i == 0
                       ? 0
                       : subject[i - 1]
                             + (g_strcmp0 (faces[i - 1].subject, faces[i].subject) != 0);
    }
  likeness_near_duplicate_groups (hashes, valid, subject, n,
                                  LIKENESS_NEAR_DUPLICATE_DISTANCE, groups);
  return collect (faces, groups, n);
}

static gboolean
look (gpointer data,
      LikenessProgress *progress,
      GCancellable *cancellable,
      GError **error)
{
  Scan *scan = data;

  scan->dataset
      = likeness_dataset_scanner_scan (scan->directory, progress, cancellable, error);
  if (scan->dataset == NULL)
    return FALSE;
  if (!scan->near_duplicates)
    return TRUE;
  scan->job = likeness_split_job_new (scan->dataset, ALL_SPLITS);
  if (!likeness_split_job_read (scan->job, progress, cancellable, error))
    return FALSE;
  scan->groups = find_near (scan->job);
  scan->exact = find_exact (scan->job);
  return TRUE;
}

static void
add_splits (LikenessDataset *dataset, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "splits");
  json_builder_begin_object (builder);
  for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
    {
      LikenessSplitCount count = likeness_dataset_get_count (dataset, split);

      if (count.faces == 0)
        continue;
      json_builder_set_member_name (builder, likeness_split_to_string (split));
      json_builder_begin_object (builder);
      likeness_json_add_count (builder, "subjects", count.subjects);
      likeness_json_add_count (builder, "faces", count.faces);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_skips (LikenessDataset *dataset, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "skipped");
  json_builder_begin_array (builder);
  for (guint i = 0; i < likeness_dataset_get_n_skips (dataset); i++)
    {
      const LikenessSkip *skip = likeness_dataset_get_skip (dataset, i);

      likeness_cli_add_skip (builder, skip->path, skip->reason);
    }
  json_builder_end_array (builder);
}

static void
add_groups (const char *name, const GPtrArray *groups, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, name);
  if (groups == NULL)
    {
      g_autofree char *reason = g_strconcat (name, "_reason", NULL);

      json_builder_add_null_value (builder);
      likeness_json_add_string (builder, reason, "not asked for: --near-duplicates");
      return;
    }
  json_builder_begin_array (builder);
  for (guint i = 0; i < groups->len; i++)
    {
      const GPtrArray *group = groups->pdata[i];

      json_builder_begin_array (builder);
      for (guint j = 0; j < group->len; j++)
        {
          g_autofree char *path = likeness_json_escape (group->pdata[j]);
          json_builder_add_string_value (builder, path);
        }
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
}

static void
print_json (const Scan *scan)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  LikenessDataset *dataset = scan->dataset;

  json_builder_begin_object (builder);
  likeness_json_add_string (
      builder, "layout",
      likeness_layout_to_string (likeness_dataset_get_layout (dataset)));
  likeness_json_add_string (
      builder, "structure",
      likeness_structure_to_string (likeness_dataset_get_structure (dataset)));
  likeness_json_add_count (builder, "subjects",
                           likeness_dataset_get_n_subjects (dataset));
  likeness_json_add_count (builder, "faces", likeness_dataset_get_n_faces (dataset));
  add_splits (dataset, builder);
  add_skips (dataset, builder);
  add_groups ("near_duplicates", scan->groups, builder);
  add_groups ("exact_duplicates", scan->exact, builder);
  json_builder_end_object (builder);
  likeness_cli_print_json (builder);
}

static void
print_count (const char *name, guint n_subjects, guint n_faces)
{
  g_autofree char *subjects = likeness_count_format (n_subjects);
  g_autofree char *faces = likeness_count_format (n_faces);

  g_print ("%-8s %12s %12s\n", name, subjects, faces);
}

static void
print_groups (const GPtrArray *groups)
{
  for (guint i = 0; i < groups->len; i++)
    {
      const GPtrArray *group = groups->pdata[i];

      for (guint j = 0; j < group->len; j++)
        {
          g_autofree char *path = likeness_display_name (group->pdata[j]);
          g_print ("%s%s", j == 0 ? "  " : " = ", path);
        }
      g_print ("\n");
    }
}

static void
print_text (const Scan *scan)
{
  LikenessDataset *dataset = scan->dataset;
  g_autofree char *root = likeness_display_name (likeness_dataset_get_root (dataset));
  g_autofree char *verdict = likeness_structure_describe (dataset);

  g_print (_ ("%s\nLayout: %s\nStructure: %s. %s\n\n"), root,
           likeness_layout_to_string (likeness_dataset_get_layout (dataset)),
           likeness_structure_to_string (likeness_dataset_get_structure (dataset)),
           verdict);
  g_print ("%-8s %12s %12s\n", _ ("split"), _ ("subjects"), _ ("faces"));
  for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
    {
      LikenessSplitCount count = likeness_dataset_get_count (dataset, split);

      if (count.faces > 0)
        print_count (likeness_split_to_string (split), count.subjects, count.faces);
    }
  print_count (_ ("all"), likeness_dataset_get_n_subjects (dataset),
               likeness_dataset_get_n_faces (dataset));

  if (likeness_dataset_get_n_skips (dataset) > 0)
    g_print (_ ("\nSkipped (%u):\n"), likeness_dataset_get_n_skips (dataset));
  for (guint i = 0; i < likeness_dataset_get_n_skips (dataset); i++)
    {
      const LikenessSkip *skip = likeness_dataset_get_skip (dataset, i);
      likeness_cli_print_item (skip->path, skip->reason);
    }
  if (scan->groups == NULL)
    return;
  g_print (_ ("\nGroups of near-duplicates: %u\n"), scan->groups->len);
  print_groups (scan->groups);
  g_print (_ ("\nGroups of files of the same content: %u\n"), scan->exact->len);
  print_groups (scan->exact);
}

int
likeness_cli_scan (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Scan) scan = {NULL};
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
      {"near-duplicates", 0, 0, G_OPTION_ARG_NONE, &scan.near_duplicates,
       N_ ("List images of one person that are nearly the same, and files of the same "
           "content"),
       NULL},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = N_ ("DIR"),
      .summary
      = N_ ("Says what a folder of faces holds: its layout, its people and splits, "
            "and everything that does not count, with the reason."),
      .least = 1,
      .most = 1,
      .entries = entries,
  };

  if (!likeness_cli_parse (cli, &usage, argc, argv, &arguments, &error))
    return likeness_cli_fail (error);
  scan.directory = arguments[0];
  if (!likeness_cli_work (cli, look, &scan, &error))
    return likeness_cli_fail (error);
  if (cli->json)
    print_json (&scan);
  else
    print_text (&scan);
  return LIKENESS_CLI_DONE;
}
