/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>

#include "likeness-error.h"
#include "likeness-evaluator.h"
#include "likeness-run-log.h"
#include "likeness-test-run.h"
#include "likeness-test-tree.h"
#include "likeness-types.h"

typedef struct
{
  char *root;
  char *data;
  char *run;
  char *best;
  GPtrArray *events;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (LikenessRunConfig) config = NULL;

  self->root = likeness_test_tree_new ();
  self->data = g_build_filename (self->root, "faces", NULL);
  self->run = g_build_filename (self->root, "run", NULL);
  self->best = g_build_filename (self->run, "best.pt", NULL);
  likeness_test_run_draw (self->data, FALSE);
  config = likeness_test_run_make_config (self->data, 2);
  self->events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_assert_nonnull (likeness_test_run_find (self->events, LIKENESS_EVENT_DONE, 0));
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  likeness_test_tree_remove (self->root);
  g_ptr_array_unref (self->events);
  g_free (self->root);
  g_free (self->data);
  g_free (self->run);
  g_free (self->best);
}

/* A run: its best epoch's numbers to the digit, and the untouched network's beside them.
 */
static void
test_run (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessResults) results
      = likeness_evaluator_run (self->run, NULL, NULL, FALSE, NULL, NULL, &error);
  const LikenessEvent *done
      = likeness_test_run_find (self->events, LIKENESS_EVENT_DONE, 0);
  const LikenessEvent *best
      = likeness_test_run_find (self->events, LIKENESS_EVENT_EPOCH, done->best_epoch - 1);
  guint correct = 0;
  guint baseline = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (results->epoch, ==, done->best_epoch);
  likeness_test_run_assert_same (&results->metrics, &best->metrics);
  g_assert_true (results->has_baseline);
  likeness_test_run_assert_same (
      &results->baseline,
      &likeness_test_run_find (self->events, LIKENESS_EVENT_BASELINE, 0)->metrics);
  g_assert_cmpuint (results->n_faces, ==, 8);
  g_assert_cmpuint (results->n_subjects, ==, 4);
  for (guint i = 0; i < results->n_faces; i++)
    {
      correct += results->faces[i].correct;
      baseline += results->faces[i].baseline_correct;
    }
  g_assert_cmpuint (correct, ==, results->metrics.rank1.k);
  g_assert_cmpuint (baseline, ==, results->baseline.rank1.k);
  g_assert_cmpstr (results->input, ==, "low");
}

/* The same weights by name: our own checkpoint brings its head along. */
static void
test_weights (Fixture *self, gconstpointer unused)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  const LikenessEvent *done
      = likeness_test_run_find (self->events, LIKENESS_EVENT_DONE, 0);
  const LikenessEvent *best
      = likeness_test_run_find (self->events, LIKENESS_EVENT_EPOCH, done->best_epoch - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessResults) results = NULL;

  g_clear_pointer (&config->from_scratch, g_free);
  config->edgeface = g_strdup (self->best);
  results = likeness_evaluator_run (NULL, config, NULL, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (results->has_baseline);
  likeness_test_run_assert_same (&results->metrics, &best->metrics);
}

/* A folder of nothing but people: no gallery, yet verification stands. */
static void
test_unsplit (Fixture *self, gconstpointer unused)
{
  g_autofree char *folder = g_build_filename (self->data, "test", NULL);
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (folder, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessResults) results = NULL;

  g_clear_pointer (&config->from_scratch, g_free);
  config->edgeface = g_strdup (self->best);
  results = likeness_evaluator_run (NULL, config, NULL, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (results->metrics.rank1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_cmpint (results->metrics.top1_undefined, ==, LIKENESS_UNDEFINED_NO_HEAD);
  g_assert_cmpuint (results->metrics.val.n_genuine, ==, 2 * 3 * 2);
  g_assert_true (isfinite (results->metrics.sim));
}

static void
test_cancel (Fixture *self, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (
      likeness_evaluator_run (self->run, NULL, NULL, FALSE, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static double
get_cosine (const float *a, const float *b)
{
  double dot = 0, aa = 0, bb = 0;

  for (int i = 0; i < LIKENESS_EMBEDDING_SIZE; i++)
    {
      dot += (double)a[i] * b[i];
      aa += (double)a[i] * a[i];
      bb += (double)b[i] * b[i];
    }
  return dot / sqrt (aa * bb);
}

static double
get_length (const float *a)
{
  double sum = 0;

  for (int i = 0; i < LIKENESS_EMBEDDING_SIZE; i++)
    sum += (double)a[i] * a[i];
  return sqrt (sum);
}

static void
test_embed (Fixture *self, gconstpointer unused)
{
  g_autofree char *a = g_build_filename (self->data, "val/hr_images/A_6.png", NULL);
  g_autofree char *b = g_build_filename (self->data, "val/hr_images/B_6.png", NULL);
  const char *paths[] = {a, b, a};
  g_autofree float *unit = g_new0 (float, 3 * LIKENESS_EMBEDDING_SIZE);
  g_autofree float *raw = g_new0 (float, 3 * LIKENESS_EMBEDDING_SIZE);
  g_autofree float *reduced = g_new0 (float, LIKENESS_EMBEDDING_SIZE);
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (likeness_run_config_set (config, "edgeface", self->best, NULL));
  g_assert_true (
      likeness_evaluator_embed (config, paths, 3, FALSE, unit, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (
      likeness_evaluator_embed (config, paths, 3, TRUE, raw, NULL, NULL, &error));
  config->input = 12;
  g_assert_true (
      likeness_evaluator_embed (config, paths, 1, FALSE, reduced, NULL, NULL, &error));
  for (int i = 0; i < 3; i++)
    {
      const float *row = unit + i * LIKENESS_EMBEDDING_SIZE;

      g_assert_cmpfloat_with_epsilon (get_length (row), 1, 1e-6);
      g_assert_cmpfloat_with_epsilon (get_cosine (row, raw + i * LIKENESS_EMBEDDING_SIZE),
                                      1, 1e-6);
    }
  /* Rows in the order of the arguments. */
  g_assert_cmpfloat_with_epsilon (get_cosine (unit, unit + 2 * LIKENESS_EMBEDDING_SIZE),
                                  1, 1e-6);
  g_assert_cmpfloat (get_cosine (unit, unit + LIKENESS_EMBEDDING_SIZE), <, 0.9999);
  g_assert_cmpfloat (get_cosine (unit, reduced), <, 0.999999);

  paths[1] = "/nowhere/at-all.png";
  g_assert_false (
      likeness_evaluator_embed (config, paths, 3, FALSE, unit, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
}

/* 16 real people at 12 pixels; every number was computed with PyTorch, timm's EdgeNeXt,
 * Pillow and NumPy from the same files. */
static void
test_real_faces (void)
{
  const char *assets = likeness_test_get_assets ();
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();
  g_autoptr (LikenessResults) results = NULL;
  g_autoptr (GError) error = NULL;
  const LikenessVerification *val;

  if (assets == NULL)
    {
      g_test_skip ("LIKENESS_ASSETS names no folder of real faces and weights");
      return;
    }
  config->data = g_build_filename (assets, "frontal_only", "test", NULL);
  config->edgeface = g_build_filename (assets, "weights", "edgeface_xxs_q.pt", NULL);
  config->input = 12;
  results = likeness_evaluator_run (NULL, config, NULL, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  val = &results->metrics.val;
  g_assert_cmpuint (results->metrics.sim_n, ==, 206);
  g_assert_cmpfloat_with_epsilon (results->metrics.sim, 0.327575, 2e-5);
  g_assert_cmpuint (val->n_genuine, ==, 2476);
  g_assert_cmpuint (val->n_impostor, ==, 39754);
  g_assert_cmpfloat_with_epsilon (val->genuine_mean, 0.221284, 2e-5);
  g_assert_cmpfloat_with_epsilon (val->impostor_mean, 0.008896, 2e-5);
  g_assert_cmpfloat_with_epsilon (val->impostor_p999, 0.292131, 2e-4);
  g_assert_cmpfloat_with_epsilon (val->d_prime, 2.1629, 1e-3);
  g_assert_cmpfloat_with_epsilon (val->eer, 0.142195, 5e-4);
  g_assert_cmpfloat_with_epsilon (val->tar_1e2.tar, 0.572294, 1e-3);
  g_assert_cmpfloat_with_epsilon (val->tar_1e2.threshold, 0.201697, 1e-4);
  g_assert_cmpuint (val->tar_1e2.false_accepts, ==, 397);
  g_assert_cmpfloat_with_epsilon (val->tar_1e3.tar, 0.297658, 1e-3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/evaluator/run", test_run);
  ADD ("/evaluator/weights", test_weights);
  ADD ("/evaluator/unsplit", test_unsplit);
  ADD ("/evaluator/cancel", test_cancel);
  ADD ("/evaluator/embed", test_embed);
#undef ADD
  g_test_add_func ("/evaluator/real-faces", test_real_faces);
  return g_test_run ();
}
