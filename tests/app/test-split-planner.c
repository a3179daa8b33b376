/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-planner.h"

#include "likeness-dataset-scanner.h"
#include "likeness-error.h"
#include "likeness-manifest.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

#define N_FACES 10

typedef struct
{
  char *root;
  char *target;
  LikenessDataset *dataset;
  LikenessSplitPlanner *planner;
  guint n_changed;
  gboolean answered;
  gboolean written;
  GError *error;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
commit_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->answered = TRUE;
  fixture->written = likeness_split_planner_commit_finish (
      LIKENESS_SPLIT_PLANNER (source), result, &fixture->error);
}

/* Three people with ten faces each, and one with three. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *source = NULL;

  fixture->root = likeness_test_tree_new ();
  source = g_build_filename (fixture->root, "faces", NULL);
  fixture->target = g_build_filename (fixture->root, "result", NULL);
  for (int i = 0; i < N_FACES; i++)
    {
      g_autofree char *a = g_strdup_printf ("faces/a/%d.png", i);
      g_autofree char *b = g_strdup_printf ("faces/b/%d.png", i);
      g_autofree char *c = g_strdup_printf ("faces/c/%d.png", i);
      g_autofree char *d = g_strdup_printf ("faces/d/%d.png", i % 3);
      const char *const paths[] = {a, b, c, d, NULL};

      likeness_test_tree_add (fixture->root, paths);
    }
  fixture->dataset = likeness_dataset_scanner_scan (source, NULL, NULL, &error);
  g_assert_no_error (error);
  fixture->planner = likeness_split_planner_new ();
  g_signal_connect_swapped (fixture->planner, "changed", G_CALLBACK (changed_cb),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_error (&fixture->error);
  likeness_split_planner_set_dataset (fixture->planner, NULL, 0);
  /* Its tasks hold it until they have answered. */
  likeness_test_wait (G_OBJECT (fixture->planner)->ref_count == 1);
  likeness_test_finalize (fixture->planner);
  g_object_unref (fixture->dataset);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
  g_free (fixture->target);
}

static const LikenessSplitPlan *
plan (Fixture *fixture)
{
  likeness_split_planner_set_dataset (fixture->planner, fixture->dataset, ~0u);
  likeness_test_wait (likeness_split_planner_get_can_commit (fixture->planner));
  return likeness_split_planner_get_plan (fixture->planner);
}

static void
test_plan (Fixture *fixture, gconstpointer data)
{
  const LikenessSplitPlan *made = plan (fixture);
  LikenessCommitSize size = likeness_split_planner_get_size (fixture->planner);

  g_assert_cmpuint (made->n_subjects, ==, 3);
  g_assert_cmpuint (made->train, ==, 24);
  g_assert_cmpuint (made->val, ==, 6);
  g_assert_cmpuint (made->n_drops, ==, 1);
  g_assert_cmpstr (made->drops[0].subject, ==, "d");
  g_assert_cmpuint (size.files, ==, 30);
  g_assert_null (likeness_split_planner_get_progress (fixture->planner));
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  LikenessPlanOptions options;
  const LikenessSplitPlan *made = NULL;

  plan (fixture);
  /* Many changes in one go lead to the last one's plan, and to few plans. */
  fixture->n_changed = 0;
  for (int percent = 60; percent >= 50; percent--)
    {
      likeness_plan_options_init (&options);
      options.ratio = percent / 100.0;
      options.minimum = 2;
      likeness_split_planner_set_options (fixture->planner, &options);
    }
  likeness_test_wait (likeness_split_planner_get_can_commit (fixture->planner));
  made = likeness_split_planner_get_plan (fixture->planner);
  g_assert_cmpuint (made->n_subjects, ==, 4);
  g_assert_cmpuint (made->train + made->val, ==, 33);
  g_assert_cmpuint (made->wanted_train, ==, 17); /* round (0.5 * 33) = 16.5 upwards */
  g_assert_cmpuint (fixture->n_changed, ==, 1);
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  LikenessPlanOptions options;

  plan (fixture);
  likeness_plan_options_init (&options);
  options.minimum = 100;
  likeness_split_planner_set_options (fixture->planner, &options);
  likeness_test_wait (likeness_split_planner_get_error (fixture->planner) != NULL);
  g_assert_error (likeness_split_planner_get_error (fixture->planner), LIKENESS_ERROR,
                  LIKENESS_ERROR_TOO_FEW);
  g_assert_false (likeness_split_planner_get_can_commit (fixture->planner));

  options.minimum = 5;
  likeness_split_planner_set_options (fixture->planner, &options);
  likeness_test_wait (likeness_split_planner_get_can_commit (fixture->planner));
  g_assert_null (likeness_split_planner_get_error (fixture->planner));
}

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (LikenessManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;
  const LikenessCommitOptions options
      = {.target = fixture->target, .layout = LIKENESS_LAYOUT_FOLDERS};

  plan (fixture);
  likeness_split_planner_commit_async (fixture->planner, &options, progress, NULL,
                                       commit_cb, fixture);
  g_assert_false (likeness_split_planner_get_can_commit (fixture->planner));
  likeness_test_wait (fixture->answered);
  g_assert_no_error (fixture->error);
  g_assert_true (fixture->written);
  manifest = likeness_manifest_load (fixture->target, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (manifest->files->len, ==, 30);
  g_assert_true (likeness_split_planner_get_can_commit (fixture->planner));
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const LikenessCommitOptions options
      = {.target = fixture->target, .layout = LIKENESS_LAYOUT_FOLDERS};

  plan (fixture);
  g_cancellable_cancel (cancellable);
  likeness_split_planner_commit_async (fixture->planner, &options, progress, cancellable,
                                       commit_cb, fixture);
  likeness_test_wait (fixture->answered);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->target, G_FILE_TEST_EXISTS));
}

/* A pin is part of the next plan, and what moved is known until the one after. */
static void
test_pins (Fixture *fixture, gconstpointer data)
{
  const LikenessSplitPlan *made = plan (fixture);
  gsize n_faces;
  const LikenessPlanFace *faces
      = likeness_split_planner_get_faces (fixture->planner, &n_faces);
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  gsize face = 0;
  guint n_moved = 0;

  while (made->assignments[face] != LIKENESS_ASSIGNMENT_TRAIN)
    face++;
  for (gsize i = 0; i < n_faces; i++)
    g_assert_false (likeness_split_planner_get_moved (fixture->planner, i));

  likeness_split_planner_set_pin (fixture->planner, face, LIKENESS_PIN_VAL);
  likeness_test_wait (likeness_split_planner_get_can_commit (fixture->planner));
  made = likeness_split_planner_get_plan (fixture->planner);
  g_assert_cmpint (made->assignments[face], ==, LIKENESS_ASSIGNMENT_VAL);
  g_assert_true (likeness_split_planner_get_moved (fixture->planner, face));
  for (gsize i = 0; i < n_faces; i++)
    n_moved += likeness_split_planner_get_moved (fixture->planner, i);
  /* Another face took its place. */
  g_assert_cmpuint (n_moved, ==, 2);
  g_assert_cmpint (likeness_split_planner_get_pin (fixture->planner, face), ==,
                   LIKENESS_PIN_VAL);
  text = likeness_split_planner_dup_pins (fixture->planner);
  expected = g_strdup_printf ("val\t%s\n", faces[face].path);
  g_assert_cmpstr (text, ==, expected);

  /* They stay as long as the folder does, and go with it. */
  plan (fixture);
  g_assert_cmpuint (likeness_split_planner_get_n_pins (fixture->planner), ==, 1);
  likeness_split_planner_clear_pins (fixture->planner);
  likeness_test_wait (likeness_split_planner_get_can_commit (fixture->planner));
  made = likeness_split_planner_get_plan (fixture->planner);
  g_assert_cmpint (made->assignments[face], ==, LIKENESS_ASSIGNMENT_TRAIN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                              \
  g_test_add ("/split-planner/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("plan/after-reading", test_plan);
  ADD ("plan/last-options-count", test_options);
  ADD ("plan/error-and-back", test_error);
  ADD ("plan/pins", test_pins);
  ADD ("commit/writes-the-plan", test_commit);
  ADD ("commit/cancelled-writes-nothing", test_cancel);
  return g_test_run ();
}
