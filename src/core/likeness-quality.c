/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-quality.h"

#include <math.h>
#include <stdlib.h>

#include "likeness-csv.h"

/* A subject while it is sorted. */
typedef struct
{
  guint index;
  double ssim;
  double psnr;
} Place;

const char *
likeness_quality_method_to_string (LikenessQualityMethod method)
{
  return method == LIKENESS_QUALITY_BILINEAR ? "bilinear" : "super_resolution";
}

void
likeness_quality_free (LikenessQuality *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_faces; i++)
    g_free (self->faces[i].path);
  g_free (self->faces);
  g_strfreev (self->subjects);
  g_clear_pointer (&self->skips, g_ptr_array_unref);
  g_free (self->root);
  g_free (self->model);
  g_free (self->model_xxh3);
  g_free (self);
}

/* Of columns of scores: the mean of each, and how many faces are identical. */
static void
compute_score (const double *psnr,
               const double *ssim,
               const guint32 *groups,
               const LikenessQuality *self,
               guint n,
               LikenessQualityScore *out)
{
  likeness_mean_compute (psnr, groups, n, self->n_subjects, &out->psnr);
  likeness_mean_compute (ssim, groups, n, self->n_subjects, &out->ssim);
  out->identical = 0;
  for (guint i = 0; i < n; i++)
    out->identical += isinf (psnr[i]) != 0;
}

/* The interval of a handful may reach beyond what a similarity can be. */
static void
clamp_ssim (LikenessMean *ssim)
{
  ssim->low = MAX (ssim->low, -1);
  ssim->high = MIN (ssim->high, 1);
}

static void
summarise (const LikenessQuality *self,
           const guint *chosen,
           guint n,
           gboolean over_faces,
           LikenessQualitySummary *out)
{
  g_autofree double *psnr = g_new (double, n);
  g_autofree double *ssim = g_new (double, n);
  g_autofree guint32 *subjects = g_new (guint32, n);
  const guint32 *groups = over_faces ? NULL : subjects;

  *out = (LikenessQualitySummary){.n = n};
  for (guint i = 0; i < n; i++)
    {
      subjects[i] = self->faces[chosen[i]].subject;
      out->n_subjects += i == 0 || subjects[i] != subjects[i - 1];
    }
  for (guint method = 0; method < self->n_methods; method++)
    {
      for (guint i = 0; i < n; i++)
        {
          psnr[i] = self->faces[chosen[i]].scores[method].psnr;
          ssim[i] = self->faces[chosen[i]].scores[method].ssim;
        }
      compute_score (psnr, ssim, groups, self, n, &out->methods[method]);
      if (out->methods[method].ssim.n_groups >= 2)
        clamp_ssim (&out->methods[method].ssim);
    }
  if (self->n_methods < LIKENESS_QUALITY_N_METHODS)
    return;
  for (guint i = 0; i < n; i++)
    {
      const LikenessImageQuality *scores = self->faces[chosen[i]].scores;

      psnr[i] = scores[LIKENESS_QUALITY_SUPER_RESOLUTION].psnr
                - scores[LIKENESS_QUALITY_BILINEAR].psnr;
      ssim[i] = scores[LIKENESS_QUALITY_SUPER_RESOLUTION].ssim
                - scores[LIKENESS_QUALITY_BILINEAR].ssim;
    }
  compute_score (psnr, ssim, groups, self, n, &out->difference);
}

/* (transfer full): indexes of the faces of @split, all of them for LIKENESS_N_SPLITS. */
static guint *
choose_split (const LikenessQuality *self, guint split, guint *n)
{
  guint *chosen = g_new (guint, self->n_faces);

  *n = 0;
  for (guint i = 0; i < self->n_faces; i++)
    if (split == LIKENESS_N_SPLITS || self->faces[i].split == split)
      chosen[(*n)++] = i;
  return chosen;
}

void
likeness_quality_summarise (const LikenessQuality *self, LikenessQualitySummary *out)
{
  guint n;
  g_autofree guint *chosen = choose_split (self, LIKENESS_N_SPLITS, &n);

  summarise (self, chosen, n, FALSE, out);
}

void
likeness_quality_summarise_split (const LikenessQuality *self,
                                  LikenessSplit split,
                                  LikenessQualitySummary *out)
{
  guint n;
  g_autofree guint *chosen = choose_split (self, split, &n);

  summarise (self, chosen, n, FALSE, out);
}

/* The first face of @subject, or of the next: they are sorted. */
static guint
find_first (const LikenessQuality *self, guint subject)
{
  guint low = 0, high = self->n_faces;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->faces[middle].subject < subject)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
likeness_quality_summarise_subject (const LikenessQuality *self,
                                    guint subject,
                                    LikenessQualitySummary *out)
{
  guint first = find_first (self, subject);
  guint n = find_first (self, subject + 1) - first;
  g_autofree guint *chosen = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    chosen[i] = first + i;
  summarise (self, chosen, n, TRUE, out);
}

static int
compare_numbers (double a, double b)
{
  return (a > b) - (a < b);
}

static int
compare_places (const void *a, const void *b)
{
  const Place *x = a, *y = b;
  int order = compare_numbers (x->ssim, y->ssim);

  if (order == 0)
    order = compare_numbers (x->psnr, y->psnr);
  return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

void
likeness_quality_sort_worst_first (const LikenessQuality *self, guint *order)
{
  g_autofree Place *places = g_new (Place, self->n_subjects);

  for (guint i = 0; i < self->n_subjects; i++)
    {
      LikenessQualitySummary summary;
      const LikenessQualityScore *judged = &summary.methods[self->n_methods - 1];

      likeness_quality_summarise_subject (self, i, &summary);
      places[i] = (Place){i, judged->ssim.value,
                          /* Nothing but identical faces: none is better. */
                          isnan (judged->psnr.value) ? INFINITY : judged->psnr.value};
    }
  if (self->n_subjects > 0)
    qsort (places, self->n_subjects, sizeof *places, compare_places);
  for (guint i = 0; i < self->n_subjects; i++)
    order[i] = places[i].index;
}

gboolean
likeness_quality_save_csv (const LikenessQuality *self, const char *path, GError **error)
{
  g_autoptr (GString) lines = g_string_new ("path,subject,split");

  for (guint method = 0; method < self->n_methods; method++)
    {
      const char *name = likeness_quality_method_to_string (method);

      g_string_append_printf (lines, ",%s_psnr,%s_ssim", name, name);
    }
  g_string_append_c (lines, '\n');
  for (guint i = 0; i < self->n_faces; i++)
    {
      const LikenessQualityFace *face = &self->faces[i];

      likeness_csv_add_bytes (lines, face->path);
      likeness_csv_add_bytes (lines, self->subjects[face->subject]);
      likeness_csv_add_bytes (lines, likeness_split_to_string (face->split));
      for (guint method = 0; method < self->n_methods; method++)
        {
          likeness_csv_add_number (lines, face->scores[method].psnr);
          likeness_csv_add_number (lines, face->scores[method].ssim);
        }
      g_string_append_c (lines, '\n');
    }
  return likeness_csv_save (lines, path, error);
}
