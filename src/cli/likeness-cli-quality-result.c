/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-quality-result.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-cli-output.h"
#include "likeness-count.h"
#include "likeness-display-name.h"

/* People worth a line; the rest stand in the JSON. */
#define MOST_SUBJECTS 10

static const char *
get_title (LikenessQualityMethod method)
{
  return method == LIKENESS_QUALITY_BILINEAR ? _ ("bilinear") : _ ("super-resolution");
}

/* (transfer full): the mean and its interval; @sign: a difference. */
static char *
format_mean (const LikenessMean *mean, int digits, gboolean sign)
{
  const char *form = sign ? "%+.*f [%+.*f, %+.*f]" : "%.*f [%.*f, %.*f]";

  if (mean->n == 0)
    return g_strdup ("n/a");
  if (mean->n_groups < 2)
    return g_strdup_printf (sign ? "%+.*f" : "%.*f", digits, mean->value);
  return g_strdup_printf (form, digits, mean->value, digits, mean->low, digits,
                          mean->high);
}

static void
print_row (const char *split,
           const char *method,
           const LikenessQualityScore *score,
           gboolean sign,
           const LikenessQualitySummary *summary)
{
  g_autofree char *psnr = format_mean (&score->psnr, 2, sign);
  g_autofree char *ssim = format_mean (&score->ssim, 4, sign);
  g_autofree char *faces = likeness_count_format (summary->n);
  g_autofree char *subjects = likeness_count_format (summary->n_subjects);

  g_print ("%-6s %-17s %-26s %-28s %8s %8s\n", split, method, psnr, ssim, faces,
           subjects);
}

static void
print_summary (const LikenessQuality *quality,
               const char *split,
               const LikenessQualitySummary *summary)
{
  if (summary->n == 0)
    return;
  for (guint method = 0; method < quality->n_methods; method++)
    print_row (split, get_title (method), &summary->methods[method], FALSE, summary);
  if (quality->n_methods == LIKENESS_QUALITY_N_METHODS)
    print_row (split, _ ("difference"), &summary->difference, TRUE, summary);
}

static void
print_table (const LikenessQuality *quality)
{
  LikenessQualitySummary summary;

  g_print ("%-6s %-17s %-26s %-28s %8s %8s\n", _ ("split"), _ ("enlarged"),
           _ ("PSNR, dB [95 %]"), _ ("SSIM [95 %]"), _ ("faces"), _ ("people"));
  for (guint split = LIKENESS_SPLIT_TRAIN; split < LIKENESS_N_SPLITS; split++)
    {
      likeness_quality_summarise_split (quality, split, &summary);
      print_summary (quality, likeness_split_to_string (split), &summary);
    }
  likeness_quality_summarise (quality, &summary);
  print_summary (quality, _ ("all"), &summary);
  for (guint method = 0; method < quality->n_methods; method++)
    if (summary.methods[method].identical > 0)
      g_print (_ ("%u faces (%s) are identical to their image: their PSNR is infinite "
                  "and not part of the mean.\n"),
               summary.methods[method].identical, get_title (method));
}

static void
print_subjects (const LikenessQuality *quality)
{
  g_autofree guint *order = g_new (guint, quality->n_subjects);

  likeness_quality_sort_worst_first (quality, order);
  g_print (_ ("\nWorst people (mean SSIM, mean PSNR, faces):\n"));
  for (guint i = 0; i < MIN (quality->n_subjects, MOST_SUBJECTS); i++)
    {
      g_autofree char *name = likeness_display_name (quality->subjects[order[i]]);
      g_autofree char *psnr = NULL;
      LikenessQualitySummary summary;
      const LikenessQualityScore *judged = &summary.methods[quality->n_methods - 1];

      likeness_quality_summarise_subject (quality, order[i], &summary);
      psnr = isfinite (judged->psnr.value)
                 ? g_strdup_printf ("%.2f dB", judged->psnr.value)
                 : g_strdup ("n/a");
      g_print ("  %-24s %.4f  %8s  %u\n", name, judged->ssim.value, psnr, summary.n);
    }
}

void
likeness_cli_quality_result_print (const LikenessQuality *quality)
{
  g_autofree char *root = likeness_display_name (quality->root);

  if (quality->input > 0)
    g_print (_ ("%s\nHigh-resolution faces reduced to %d pixels and enlarged, against "
                "themselves\n\n"),
             root, quality->input);
  else
    g_print (_ ("%s\nLow-resolution faces enlarged, against their high-resolution "
                "partners\n\n"),
             root);
  if (quality->model != NULL)
    g_print (_ ("Super-resolution by %s\n\n"), quality->model);
  print_table (quality);
  print_subjects (quality);
  if (quality->skips->len > 0)
    g_print (_ ("\nSkipped (%u):\n"), quality->skips->len);
  for (guint i = 0; i < quality->skips->len; i++)
    {
      const LikenessSkip *skip = quality->skips->pdata[i];

      likeness_cli_print_item (skip->path, skip->reason);
    }
}
