/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-output.h"
#include "likeness-cli-quality-result.h"
#include "likeness-json.h"

static void
add_mean (JsonBuilder *builder,
          const char *name,
          const LikenessMean *mean,
          const char *none,
          const char *too_few)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  likeness_json_add_number (builder, "value", mean->value, none);
  likeness_json_add_number (builder, "low", mean->low, mean->n > 0 ? too_few : none);
  likeness_json_add_number (builder, "high", mean->high, mean->n > 0 ? too_few : none);
  likeness_json_add_number (builder, "sd", mean->sd,
                            mean->n > 0 ? "there is only one face" : none);
  likeness_json_add_count (builder, "n", mean->n);
  json_builder_end_object (builder);
}

static void
add_score (JsonBuilder *builder,
           const char *name,
           const LikenessQualityScore *score,
           const char *too_few)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_mean (builder, "psnr", &score->psnr,
            "every face is identical to its image: its PSNR is infinite", too_few);
  add_mean (builder, "ssim", &score->ssim, "there are no faces", too_few);
  likeness_json_add_count (builder, "identical", score->identical);
  json_builder_end_object (builder);
}

static void
add_difference (JsonBuilder *builder,
                const LikenessQualityScore *difference,
                const char *too_few)
{
  json_builder_set_member_name (builder, "difference");
  json_builder_begin_object (builder);
  add_mean (builder, "psnr", &difference->psnr,
            "every face is identical to its image by one method: PSNR is infinite",
            too_few);
  add_mean (builder, "ssim", &difference->ssim, "there are no faces", too_few);
  json_builder_end_object (builder);
}

static void
add_scores (JsonBuilder *builder,
            const LikenessQuality *quality,
            const LikenessQualitySummary *summary,
            const char *too_few)
{
  for (guint method = 0; method < quality->n_methods; method++)
    add_score (builder, likeness_quality_method_to_string (method),
               &summary->methods[method], too_few);
  if (quality->n_methods == LIKENESS_QUALITY_N_METHODS)
    add_difference (builder, &summary->difference, too_few);
}

static void
add_splits (JsonBuilder *builder, const LikenessQuality *quality)
{
  json_builder_set_member_name (builder, "splits");
  json_builder_begin_object (builder);
  for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
    {
      LikenessQualitySummary summary;

      likeness_quality_summarise_split (quality, split, &summary);
      if (summary.n == 0)
        continue;
      json_builder_set_member_name (builder, likeness_split_to_string (split));
      json_builder_begin_object (builder);
      likeness_json_add_count (builder, "n", summary.n);
      likeness_json_add_count (builder, "subjects", summary.n_subjects);
      add_scores (builder, quality, &summary, "there are fewer than two people");
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

static void
add_subjects (JsonBuilder *builder, const LikenessQuality *quality)
{
  g_autofree guint *order = g_new (guint, quality->n_subjects);

  likeness_quality_sort_worst_first (quality, order);
  json_builder_set_member_name (builder, "per_subject");
  json_builder_begin_array (builder);
  for (guint i = 0; i < quality->n_subjects; i++)
    {
      LikenessQualitySummary summary;

      likeness_quality_summarise_subject (quality, order[i], &summary);
      json_builder_begin_object (builder);
      likeness_json_add_bytes (builder, "subject", quality->subjects[order[i]]);
      likeness_json_add_count (builder, "n", summary.n);
      add_scores (builder, quality, &summary, "there are fewer than two faces");
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
likeness_cli_quality_result_print_json (const LikenessQuality *quality)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *pixels = g_strdup_printf ("%d", quality->input);
  LikenessQualitySummary summary;

  likeness_quality_summarise (quality, &summary);
  json_builder_begin_object (builder);
  likeness_json_add_string (builder, "layout",
                            likeness_layout_to_string (quality->layout));
  likeness_json_add_string (builder, "input", quality->input > 0 ? pixels : "low");
  likeness_json_add_string (builder, "model", quality->model);
  likeness_json_add_string (builder, "model_xxh3", quality->model_xxh3);
  likeness_json_add_count (builder, "n", summary.n);
  likeness_json_add_count (builder, "subjects", summary.n_subjects);
  add_scores (builder, quality, &summary, "there are fewer than two people");
  add_splits (builder, quality);
  add_subjects (builder, quality);
  json_builder_set_member_name (builder, "skipped");
  json_builder_begin_array (builder);
  for (guint i = 0; i < quality->skips->len; i++)
    {
      const LikenessSkip *skip = quality->skips->pdata[i];

      likeness_cli_add_skip (builder, skip->path, skip->reason);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  likeness_cli_print_json (builder);
}
