/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-quality.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "likeness-error.h"

/* Three people in two splits; one face of "b" is its own image by bilinear, and all of
 * "c". */
static LikenessQuality *
make_quality (guint n_methods)
{
  static const LikenessQualityFace faces[] = {
      {NULL, 0, LIKENESS_SPLIT_TRAIN, {{30, 0.9}, {31, 0.91}}},
      {NULL, 0, LIKENESS_SPLIT_TRAIN, {{26, 0.8}, {28, 0.85}}},
      {NULL, 0, LIKENESS_SPLIT_VAL, {{28, 0.7}, {27, 0.65}}},
      {NULL, 1, LIKENESS_SPLIT_TRAIN, {{INFINITY, 1}, {40, 0.99}}},
      {NULL, 1, LIKENESS_SPLIT_TRAIN, {{20, 0.4}, {24, 0.7}}},
      {NULL, 2, LIKENESS_SPLIT_VAL, {{INFINITY, 1}, {INFINITY, 1}}},
      {NULL, 2, LIKENESS_SPLIT_VAL, {{INFINITY, 1}, {41, 0.98}}},
  };
  static const char *const paths[]
      = {"train/a,1.png", "train/a2.png", "val/a3.png", "train/b1.png",
         "train/b2.png",  "val/c1.png",   "val/c2.png"};
  LikenessQuality *self = g_new0 (LikenessQuality, 1);
  const char *const subjects[] = {"a", "b", "c", NULL};

  self->root = g_strdup ("/somewhere");
  self->n_methods = n_methods;
  self->n_subjects = 3;
  self->subjects = g_strdupv ((char **)subjects);
  self->n_faces = G_N_ELEMENTS (faces);
  self->faces = g_memdup2 (faces, sizeof faces);
  for (guint i = 0; i < self->n_faces; i++)
    self->faces[i].path = g_strdup (paths[i]);
  self->skips = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_skip_free);
  return self;
}

static void
test_overall (void)
{
  g_autoptr (LikenessQuality) self = make_quality (1);
  LikenessQualitySummary summary;
  const LikenessQualityScore *score = &summary.methods[LIKENESS_QUALITY_BILINEAR];

  likeness_quality_summarise (self, &summary);
  g_assert_cmpuint (summary.n, ==, 7);
  g_assert_cmpuint (summary.n_subjects, ==, 3);
  /* An infinite dB is counted, not averaged. */
  g_assert_cmpfloat (score->psnr.value, ==, 26);
  g_assert_cmpuint (score->psnr.n, ==, 4);
  g_assert_cmpuint (score->psnr.n_groups, ==, 2);
  g_assert_cmpuint (score->identical, ==, 3);
  g_assert_cmpfloat_with_epsilon (score->ssim.value, 5.8 / 7, 1e-12);
  g_assert_cmpuint (score->ssim.n, ==, 7);
  g_assert_cmpuint (score->ssim.n_groups, ==, 3);
  g_assert_cmpfloat (score->ssim.high, ==, 1);
  g_assert_cmpfloat (score->ssim.low, >, -1);
}

static void
test_splits (void)
{
  g_autoptr (LikenessQuality) self = make_quality (1);
  LikenessQualitySummary summary;
  const LikenessQualityScore *score = &summary.methods[LIKENESS_QUALITY_BILINEAR];

  likeness_quality_summarise_split (self, LIKENESS_SPLIT_VAL, &summary);
  g_assert_cmpuint (summary.n, ==, 3);
  g_assert_cmpuint (summary.n_subjects, ==, 2);
  g_assert_cmpfloat (score->psnr.value, ==, 28);
  g_assert_true (isnan (score->psnr.low));
  g_assert_cmpuint (score->identical, ==, 2);
  g_assert_cmpfloat_with_epsilon (score->ssim.value, 0.9, 1e-12);

  likeness_quality_summarise_split (self, LIKENESS_SPLIT_TEST, &summary);
  g_assert_cmpuint (summary.n, ==, 0);
  g_assert_true (isnan (score->ssim.value) && isnan (score->ssim.high));
}

/* A person's interval is over that person's faces. */
static void
test_subjects (void)
{
  g_autoptr (LikenessQuality) self = make_quality (1);
  LikenessQualitySummary summary;
  const LikenessQualityScore *score = &summary.methods[LIKENESS_QUALITY_BILINEAR];

  likeness_quality_summarise_subject (self, 0, &summary);
  g_assert_cmpuint (summary.n, ==, 3);
  g_assert_cmpfloat (score->psnr.value, ==, 28);
  g_assert_cmpfloat (score->psnr.sd, ==, 2);
  g_assert_cmpfloat_with_epsilon (score->psnr.high, 28 + 4.302653 * 2 / sqrt (3), 1e-5);

  likeness_quality_summarise_subject (self, 2, &summary);
  g_assert_cmpuint (summary.n, ==, 2);
  g_assert_true (isnan (score->psnr.value));
  g_assert_cmpuint (score->identical, ==, 2);
  g_assert_cmpfloat (score->ssim.value, ==, 1);
}

/* Face by face, where both have a dB. */
static void
test_difference (void)
{
  g_autoptr (LikenessQuality) self = make_quality (2);
  LikenessQualitySummary summary;
  const LikenessQualityScore *score = &summary.methods[LIKENESS_QUALITY_SUPER_RESOLUTION];

  likeness_quality_summarise (self, &summary);
  g_assert_cmpfloat_with_epsilon (score->psnr.value, 191.0 / 6, 1e-12);
  g_assert_cmpuint (score->identical, ==, 1);
  g_assert_cmpfloat (summary.difference.psnr.value, ==, 1.5);
  g_assert_cmpuint (summary.difference.psnr.n, ==, 4);
  g_assert_cmpfloat_with_epsilon (summary.difference.ssim.value, 0.28 / 7, 1e-12);
  g_assert_cmpuint (summary.difference.ssim.n, ==, 7);
}

static void
test_worst_first (void)
{
  g_autoptr (LikenessQuality) bilinear = make_quality (1);
  g_autoptr (LikenessQuality) both = make_quality (2);
  guint order[3];

  /* 0.8, 0.7, 1 */
  likeness_quality_sort_worst_first (bilinear, order);
  g_assert_cmpuint (order[0], ==, 1);
  g_assert_cmpuint (order[1], ==, 0);
  g_assert_cmpuint (order[2], ==, 2);
  /* 0.803, 0.845, 0.99: the model is judged */
  likeness_quality_sort_worst_first (both, order);
  g_assert_cmpuint (order[0], ==, 0);
  g_assert_cmpuint (order[1], ==, 1);
  g_assert_cmpuint (order[2], ==, 2);
}

static void
test_csv (void)
{
  g_autoptr (LikenessQuality) self = make_quality (2);
  g_autofree char *root = g_dir_make_tmp ("likeness-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (root, "faces.csv", NULL);
  g_autofree char *nowhere = g_build_filename (root, "no", "faces.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (likeness_quality_save_csv (self, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 7 + 1);
  g_assert_cmpstr (lines[0], ==,
                   "path,subject,split,bilinear_psnr,bilinear_ssim,"
                   "super_resolution_psnr,super_resolution_ssim");
  g_assert_cmpstr (lines[1], ==, "\"train/a,1.png\",a,train,30,0.9,31,0.91");
  g_assert_cmpstr (lines[4], ==, "train/b1.png,b,train,,1,40,0.99");
  g_assert_cmpstr (lines[6], ==, "val/c1.png,c,val,,1,,1");

  g_assert_false (likeness_quality_save_csv (self, nowhere, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, "faces.csv"));
  g_unlink (path);
  g_rmdir (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/overall", test_overall);
  g_test_add_func ("/quality/splits", test_splits);
  g_test_add_func ("/quality/subjects", test_subjects);
  g_test_add_func ("/quality/difference", test_difference);
  g_test_add_func ("/quality/worst-first", test_worst_first);
  g_test_add_func ("/quality/csv", test_csv);
  return g_test_run ();
}
