/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-split-result.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "likeness-cli-output.h"
#include "likeness-display-name.h"
#include "likeness-json.h"
#include "likeness-split-bearing.h"

void
likeness_cli_split_result_clear (LikenessCliSplitResult *self)
{
  g_clear_object (&self->dataset);
  g_clear_pointer (&self->job, likeness_split_job_free);
  g_clear_pointer (&self->twins, g_ptr_array_unref);
}

/* People who stand in the pool and in test as well: no strangers. */
static GPtrArray *
find_known_in_test (const LikenessCliSplitResult *self)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < likeness_dataset_get_n_subjects (self->dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (self->dataset, i);
      guint n_test = likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_TEST);

      if (n_test > 0 && n_test < likeness_subject_get_n_faces (subject))
        g_ptr_array_add (names, (gpointer)likeness_subject_get_id (subject));
    }
  return names;
}

static gboolean
takes_from_test (const LikenessCliSplitResult *self)
{
  const LikenessPlanFace *faces = likeness_split_job_get_faces (self->job);

  for (gsize i = 0; i < likeness_split_job_get_n_faces (self->job); i++)
    if (faces[i].origin == LIKENESS_SPLIT_TEST)
      return TRUE;
  return FALSE;
}

/* (transfer full): sentences about what the split cannot mend. */
static GPtrArray *
collect_warnings (const LikenessCliSplitResult *self)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) known = find_known_in_test (self);
  gboolean from_test = takes_from_test (self);

  if (from_test)
    g_ptr_array_add (warnings,
                     g_strdup (_ ("test is pooled too: nobody is left to check with "
                                  "whether people outside of training are forgotten")));
  for (guint i = 0; !from_test && i < known->len; i++)
    {
      g_autofree char *name = likeness_display_name (known->pdata[i]);

      g_ptr_array_add (
          warnings, g_strdup_printf (_ ("%s stands in test and in the pool, and is not "
                                        "counted among the strangers"),
                                     name));
    }
  for (guint i = 0; i < self->twins->len; i++)
    g_ptr_array_add (warnings, likeness_twins_describe (self->twins->pdata[i]));
  return warnings;
}

static void
print_drops (const LikenessCliSplitResult *self, const LikenessPlanOptions *options)
{
  if (self->plan->n_drops == 0)
    return;
  g_print (_ ("Dropped subjects (%u):\n"), self->plan->n_drops);
  for (guint i = 0; i < self->plan->n_drops; i++)
    {
      g_autofree char *reason = likeness_drop_describe (&self->plan->drops[i], options);
      likeness_cli_print_item (self->plan->drops[i].subject, reason);
    }
}

static void
print_skips (const LikenessCliSplitResult *self)
{
  for (guint i = 0; i < likeness_dataset_get_n_skips (self->dataset); i++)
    {
      const LikenessSkip *skip = likeness_dataset_get_skip (self->dataset, i);

      if (i == 0)
        g_print (_ ("Skipped files:\n"));
      likeness_cli_print_item (skip->path, skip->reason);
    }
  for (gsize i = 0; i < likeness_split_job_get_n_faces (self->job); i++)
    if (likeness_split_job_get_unreadable (self->job, i))
      likeness_cli_print_item (likeness_split_job_get_faces (self->job)[i].path,
                               _ ("it cannot be decoded"));
}

/* What a result on these val faces can say and what it cannot. */
static void
print_bearing (const LikenessSplitPlan *plan)
{
  LikenessSplitBearing bearing;
  g_autofree char *faces = NULL;
  g_autofree char *all = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *without = NULL;

  likeness_split_bearing_get (plan, &bearing);
  faces = likeness_split_bearing_describe_faces (&bearing);
  all = likeness_split_bearing_describe_all (&bearing);
  subject = likeness_split_bearing_describe_subject (&bearing);
  without = likeness_split_bearing_describe_without (&bearing);
  g_print (_ ("What the data can bear (95 %% intervals, at their widest):\n"));
  g_print (_ ("  val images a subject: %s\n"), faces);
  g_print (_ ("  accuracy of all: %s, more where a person's images fail together\n"),
           all);
  g_print (_ ("  accuracy of one subject: %s\n"), subject);
  g_print (_ ("  subjects with too few for a percentage: %s\n"), without);
}

void
likeness_cli_split_result_print (const LikenessCliSplitResult *self,
                                 const LikenessPlanOptions *options,
                                 const char *output)
{
  g_autoptr (GPtrArray) warnings = collect_warnings (self);
  g_autofree char *summary
      = likeness_split_summarize (self->plan, output != NULL ? output : "-");
  double share = self->plan->naive_of > 0
                     ? 100.0 * self->plan->naive_leak / self->plan->naive_of
                     : 0;

  print_skips (self);
  print_drops (self, options);
  for (guint i = 0; i < warnings->len; i++)
    g_print (_ ("Warning: %s\n"), (const char *)warnings->pdata[i]);
  g_print (_ ("A naive split would leak %u of %u val images (%.1f %%), this one leaks "
              "%u\n"),
           self->plan->naive_leak, self->plan->naive_of, share, self->plan->leak);
  if (self->plan->train != self->plan->wanted_train)
    g_print (_ ("The ratio asks for %u train images; whole groups allow %u\n"),
             self->plan->wanted_train, self->plan->train);
  print_bearing (self->plan);
  if (!self->committed)
    {
      /* The fixed form, but for what would not be true. */
      g_print (_ ("A preview: nothing was written\n"));
      fputs (strchr (summary, '\n') + 1, stdout);
    }
  else
    fputs (summary, stdout);
}

static void
add_drops (const LikenessCliSplitResult *self,
           const LikenessPlanOptions *options,
           JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "dropped");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->plan->n_drops; i++)
    {
      const LikenessDrop *drop = &self->plan->drops[i];
      g_autofree char *reason = likeness_drop_describe (drop, options);

      json_builder_begin_object (builder);
      likeness_json_add_bytes (builder, "subject", drop->subject);
      likeness_json_add_count (builder, "faces", drop->faces);
      likeness_json_add_string (builder, "reason", reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_skips (const LikenessCliSplitResult *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "skipped");
  json_builder_begin_array (builder);
  for (guint i = 0; i < likeness_dataset_get_n_skips (self->dataset); i++)
    {
      const LikenessSkip *skip = likeness_dataset_get_skip (self->dataset, i);
      likeness_cli_add_skip (builder, skip->path, skip->reason);
    }
  for (gsize i = 0; i < likeness_split_job_get_n_faces (self->job); i++)
    if (likeness_split_job_get_unreadable (self->job, i))
      likeness_cli_add_skip (builder, likeness_split_job_get_faces (self->job)[i].path,
                             _ ("it cannot be decoded"));
  json_builder_end_array (builder);
}

static void
add_warnings (const LikenessCliSplitResult *self, JsonBuilder *builder)
{
  g_autoptr (GPtrArray) warnings = collect_warnings (self);

  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < warnings->len; i++)
    json_builder_add_string_value (builder, warnings->pdata[i]);
  json_builder_end_array (builder);
}

static void
add_bearing (const LikenessSplitPlan *plan, JsonBuilder *builder)
{
  LikenessSplitBearing bearing;

  likeness_split_bearing_get (plan, &bearing);
  json_builder_set_member_name (builder, "bearing");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "val_per_subject");
  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "fewest", bearing.fewest);
  likeness_json_add_count (builder, "median", bearing.median);
  likeness_json_add_count (builder, "most", bearing.most);
  json_builder_end_object (builder);
  likeness_json_add_number (builder, "half_width", bearing.half_width, NULL);
  likeness_json_add_number (builder, "subject_half_width", bearing.subject_half_width,
                            NULL);
  likeness_json_add_count (builder, "without_percentage", bearing.n_without_percentage);
  json_builder_end_object (builder);
}

static void
add_seconds (const LikenessCliSplitResult *self, JsonBuilder *builder)
{
  LikenessSplitSeconds seconds = likeness_split_job_get_seconds (self->job);

  json_builder_set_member_name (builder, "seconds");
  json_builder_begin_object (builder);
  likeness_json_add_number (builder, "reading", seconds.reading, NULL);
  likeness_json_add_number (builder, "hashing", seconds.hashing, NULL);
  likeness_json_add_number (builder, "writing", seconds.writing, NULL);
  likeness_json_add_number (builder, "syncing", seconds.syncing, NULL);
  json_builder_end_object (builder);
}

void
likeness_cli_split_result_print_json (const LikenessCliSplitResult *self,
                                      const LikenessPlanOptions *options,
                                      const char *output)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const LikenessSplitPlan *plan = self->plan;

  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "subjects", plan->n_subjects);
  likeness_json_add_count (builder, "train", plan->train);
  likeness_json_add_count (builder, "val", plan->val);
  likeness_json_add_number (builder, "ratio",
                            (double)plan->train / (plan->train + plan->val), NULL);
  add_drops (self, options, builder);
  json_builder_set_member_name (builder, "naive_leak");
  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "faces", plan->naive_leak);
  likeness_json_add_count (builder, "of", plan->naive_of);
  json_builder_end_object (builder);
  likeness_json_add_count (builder, "leak", plan->leak);
  add_bearing (plan, builder);
  add_skips (self, builder);
  add_warnings (self, builder);
  json_builder_set_member_name (builder, "output");
  if (output != NULL)
    {
      g_autofree char *text = likeness_json_escape (output);
      json_builder_add_string_value (builder, text);
    }
  else
    json_builder_add_null_value (builder);
  if (self->committed)
    add_seconds (self, builder);
  json_builder_set_member_name (builder, "committed");
  json_builder_add_boolean_value (builder, self->committed);
  json_builder_end_object (builder);
  likeness_cli_print_json (builder);
}
