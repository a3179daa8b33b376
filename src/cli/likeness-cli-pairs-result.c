/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-pairs-result.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-cli-figures.h"
#include "likeness-cli-output.h"
#include "likeness-csv.h"
#include "likeness-event.h"
#include "likeness-json.h"

/* Stands in files as well. */
#define ONE_FOLD N_ ("there is one fold: no other pairs to choose its threshold on")

void
likeness_cli_pairs_result_clear (LikenessCliPairsResult *self)
{
  g_clear_pointer (&self->pairs, likeness_pairs_free);
  g_clear_pointer (&self->scores, g_free);
  g_clear_pointer (&self->lfw, likeness_lfw_free);
}

/* (transfer full): as likeness_run_config_set() reads it. */
static char *
describe_input (int input)
{
  return input > 0 ? g_strdup_printf ("%d", input) : g_strdup ("high");
}

static void
print_folds (const LikenessLfw *lfw)
{
  g_print (_ ("Fold  right/pairs  accuracy  threshold\n"));
  for (guint i = 0; i < lfw->n_folds; i++)
    {
      const LikenessRate *rate = &lfw->folds[i].accuracy;

      g_print ("%4u  %5" G_GUINT64_FORMAT "/%-5" G_GUINT64_FORMAT "    %.4f    %+.4f\n",
               i + 1, rate->k, rate->n, rate->value, lfw->folds[i].threshold);
    }
}

void
likeness_cli_pairs_result_print (const LikenessCliPairsResult *self)
{
  const LikenessLfw *lfw = self->lfw;
  g_autofree char *input = describe_input (self->input);

  g_print (_ ("%" G_GSIZE_FORMAT " pairs of %u images of %u people, input %s\n"),
           self->pairs->n, self->pairs->n_images, self->pairs->n_subjects, input);
  if (isfinite (lfw->accuracy))
    {
      g_print (_ ("Accuracy %.4f ± %.4f (mean and standard deviation of %u folds)\n"),
               lfw->accuracy, lfw->std, lfw->n_folds);
      likeness_cli_print_line (
          _ ("Standard error of the mean"),
          likeness_cli_format_number (lfw->standard_error, LIKENESS_DEFINED), NULL);
      likeness_cli_print_line (_ ("Right, over all folds"),
                               likeness_cli_format_rate (&lfw->pooled, LIKENESS_DEFINED),
                               NULL);
    }
  else
    g_print (_ ("Accuracy is n/a: %s.\n"), _ (ONE_FOLD));
  likeness_cli_print_line (_ ("Threshold for all pairs"),
                           likeness_cli_format_number (lfw->threshold, LIKENESS_DEFINED),
                           NULL);
  if (isfinite (lfw->accuracy))
    print_folds (lfw);
  likeness_cli_print_verification (_ ("All pairs"), &self->verification, NULL);
}

static void
build_fold (const LikenessLfwFold *fold, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  likeness_json_add_number (builder, "accuracy", fold->accuracy.value, ONE_FOLD);
  likeness_json_add_number (builder, "threshold", fold->threshold, ONE_FOLD);
  likeness_json_add_count (builder, "k", fold->accuracy.k);
  likeness_json_add_count (builder, "n", fold->accuracy.n);
  json_builder_end_object (builder);
}

static void
build_lfw (const LikenessLfw *lfw, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "lfw");
  json_builder_begin_object (builder);
  likeness_json_add_number (builder, "accuracy", lfw->accuracy, ONE_FOLD);
  likeness_json_add_number (builder, "std", lfw->std, ONE_FOLD);
  likeness_json_add_number (builder, "standard_error", lfw->standard_error, ONE_FOLD);
  likeness_json_add_number (builder, "threshold", lfw->threshold, ONE_FOLD);
  if (lfw->pooled.n > 0)
    likeness_rate_build_json (&lfw->pooled, "pooled", LIKENESS_DEFINED, builder);
  else
    likeness_json_add_number (builder, "pooled", NAN, ONE_FOLD);
  json_builder_set_member_name (builder, "folds");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lfw->n_folds; i++)
    build_fold (&lfw->folds[i], builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
likeness_cli_pairs_result_print_json (const LikenessCliPairsResult *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *input = describe_input (self->input);

  json_builder_begin_object (builder);
  likeness_json_add_count (builder, "n", self->pairs->n);
  likeness_json_add_count (builder, "images", self->pairs->n_images);
  likeness_json_add_count (builder, "subjects", self->pairs->n_subjects);
  likeness_json_add_string (builder, "input", input);
  build_lfw (self->lfw, builder);
  likeness_verification_build_json (&self->verification, builder);
  json_builder_end_object (builder);
  likeness_cli_print_json (builder);
}

gboolean
likeness_cli_pairs_result_save (const LikenessCliPairsResult *self,
                                const char *directory,
                                GError **error)
{
  const LikenessPairs *pairs = self->pairs;
  g_autoptr (GString) lines
      = g_string_new ("first,second,fold,genuine,score,threshold,correct\n");

  for (gsize i = 0; i < pairs->n; i++)
    {
      double threshold = self->lfw->folds[pairs->fold[i]].threshold;
      gboolean accepted = self->scores[i] >= threshold;

      likeness_csv_add_bytes (lines, pairs->images[pairs->first[i]]);
      likeness_csv_add_bytes (lines, pairs->images[pairs->second[i]]);
      likeness_csv_add_number (lines, pairs->fold[i] + 1);
      likeness_csv_add_number (lines, pairs->genuine[i]);
      likeness_csv_add_number (lines, self->scores[i]);
      likeness_csv_add_number (lines, threshold);
      likeness_csv_add_number (
          lines, isfinite (threshold) ? (double)(accepted == pairs->genuine[i]) : NAN);
      g_string_append_c (lines, '\n');
    }
  return likeness_csv_save_in (lines, directory, LIKENESS_PAIRS_CSV_NAME, error);
}
