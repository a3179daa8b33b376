/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-quality-survey.h"

#include <math.h>
#include <string.h>

#include "likeness-quality-measure.h"
#include "likeness-test-scan.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

/* c has a partner that is no picture, so that there is nothing to tell of c. */
static const char *const tree[]
    = {"train/hr_images/a_1.png",  "train/vlr_images/a_1.png", "train/hr_images/a_2.png",
       "train/vlr_images/a_2.png", "val/hr_images/b_1.png",    "val/vlr_images/b_1.png",
       "val/hr_images/c_1.png",    "val/vlr_images/c_1.png",   NULL};

typedef struct
{
  char *root;
  LikenessDataset *dataset;
  LikenessQualitySurvey *survey;
  guint n_changed;
  guint n_failed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
failed_cb (Fixture *fixture, const char *sentence)
{
  g_assert_nonnull (strstr (sentence, "no low-resolution partners"));
  fixture->n_failed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
  likeness_test_tree_add (fixture->root, tree);
  fixture->dataset = likeness_test_scan (fixture->root);
  likeness_test_tree_write (fixture->root, "val/vlr_images/c_1.png", "no picture", -1);
  fixture->survey = likeness_quality_survey_new ();
  g_signal_connect_swapped (fixture->survey, "changed", G_CALLBACK (changed_cb), fixture);
  g_signal_connect_swapped (fixture->survey, "failed", G_CALLBACK (failed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  likeness_test_finalize (fixture->survey);
  g_clear_object (&fixture->dataset);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static LikenessImageQuality
get_quality (Fixture *fixture, guint subject)
{
  return likeness_subject_get_quality (
      likeness_dataset_get_subject (fixture->dataset, subject));
}

/* Exactly what `likeness-cli quality` tells. */
static void
test_measured (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  g_autoptr (LikenessQuality) expected = NULL;
  g_autoptr (GError) error = NULL;

  likeness_quality_survey_start (fixture->survey);
  g_assert_null (likeness_quality_survey_get_progress (fixture->survey));
  likeness_quality_survey_set_dataset (fixture->survey, fixture->dataset);
  g_assert_true (isnan (get_quality (fixture, 0).ssim));
  likeness_quality_survey_start (fixture->survey);
  g_assert_nonnull (likeness_quality_survey_get_progress (fixture->survey));
  g_assert_nonnull (likeness_quality_survey_get_cancellable (fixture->survey));
  likeness_test_wait (likeness_quality_survey_get_is_done (fixture->survey));
  g_assert_null (likeness_quality_survey_get_progress (fixture->survey));
  g_assert_cmpuint (fixture->n_changed, ==, 3);

  expected = likeness_quality_measure (fixture->root, config, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (expected->n_subjects, ==, 2);
  for (guint i = 0; i < expected->n_subjects; i++)
    {
      LikenessQualitySummary summary;

      likeness_quality_summarise_subject (expected, i, &summary);
      g_assert_cmpfloat (get_quality (fixture, i).psnr, ==,
                         summary.methods[LIKENESS_QUALITY_BILINEAR].psnr.value);
      g_assert_cmpfloat (get_quality (fixture, i).ssim, ==,
                         summary.methods[LIKENESS_QUALITY_BILINEAR].ssim.value);
    }
  g_assert_true (isnan (get_quality (fixture, 2).ssim));
  g_assert_cmpuint (fixture->n_failed, ==, 0);

  /* Once is enough. */
  likeness_quality_survey_start (fixture->survey);
  g_assert_null (likeness_quality_survey_get_progress (fixture->survey));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  likeness_quality_survey_set_dataset (fixture->survey, fixture->dataset);
  likeness_quality_survey_start (fixture->survey);
  g_cancellable_cancel (likeness_quality_survey_get_cancellable (fixture->survey));
  likeness_test_wait (likeness_quality_survey_get_progress (fixture->survey) == NULL);
  g_assert_false (likeness_quality_survey_get_is_done (fixture->survey));
  g_assert_true (isnan (get_quality (fixture, 0).ssim));
  g_assert_cmpuint (fixture->n_failed, ==, 0);

  /* And begun anew. */
  likeness_quality_survey_start (fixture->survey);
  likeness_test_wait (likeness_quality_survey_get_is_done (fixture->survey));
}

static void
test_another (Fixture *fixture, gconstpointer data)
{
  likeness_quality_survey_set_dataset (fixture->survey, fixture->dataset);
  likeness_quality_survey_start (fixture->survey);
  likeness_quality_survey_set_dataset (fixture->survey, NULL);
  g_assert_null (likeness_quality_survey_get_progress (fixture->survey));
  likeness_test_finalize (g_steal_pointer (&fixture->survey));
  g_assert_true (isnan (get_quality (fixture, 0).ssim));
  fixture->survey = likeness_quality_survey_new ();
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (LikenessDataset) dataset = NULL;

  likeness_test_tree_add (root, (const char *const[]){"a_1.png", "b_1.png", NULL});
  dataset = likeness_test_scan (root);
  likeness_quality_survey_set_dataset (fixture->survey, dataset);
  likeness_quality_survey_start (fixture->survey);
  likeness_test_wait (likeness_quality_survey_get_progress (fixture->survey) == NULL);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  likeness_test_tree_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/quality-survey/equals-the-command-line", test_measured);
  TEST ("/quality-survey/cancelled", test_cancelled);
  TEST ("/quality-survey/another-data-set", test_another);
  TEST ("/quality-survey/nothing-to-measure", test_nothing);
#undef TEST
  return g_test_run ();
}
