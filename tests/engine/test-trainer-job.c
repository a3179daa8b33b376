/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-error.h"
#include "likeness-test-run.h"
#include "likeness-test-tree.h"
#include "likeness-trainer-private.h"

typedef struct
{
  char *root;
  char *data;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = likeness_test_tree_new ();
  self->data = g_build_filename (self->root, "faces", NULL);
  likeness_test_run_draw (self->data, FALSE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->data);
}

static void
test_too_few (Fixture *self, gconstpointer data)
{
  g_autofree char *train = g_build_filename (self->data, "train", NULL);
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (train, 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (likeness_trainer_job_new (config, NULL, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW);
  g_clear_error (&error);

  g_clear_pointer (&config->from_scratch, g_free);
  g_assert_null (likeness_trainer_job_new (config, NULL, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
}

/* Two folders that name the splits find the strangers beside them, as one folder does. */
static void
test_directories (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (NULL, 1);
  g_autoptr (LikenessTrainerJob) job = NULL;
  g_autoptr (GError) error = NULL;

  config->train_dir = g_build_filename (self->data, "train", NULL);
  config->val_dir = g_build_filename (self->data, "val", NULL);
  job = likeness_trainer_job_new (config, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (job->train->n_faces, ==, 24);
  g_assert_cmpuint (job->val->n_faces, ==, 8);
  g_assert_cmpuint (job->strangers->n_faces, ==, 6);
  g_assert_cmpint (job->config->input, ==, LIKENESS_INPUT_LOW);
  g_assert_nonnull (job->run);
  g_clear_pointer (&job, likeness_trainer_job_free);

  /* Nobody in training is a stranger. */
  config->strangers = g_strdup (config->val_dir);
  job = likeness_trainer_job_new (config, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (job->strangers);
  g_assert_cmpuint (job->n_left_out, ==, 4);
}

/* What was left open stands in the run's config as it was used. */
static void
test_resolved_config (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (LikenessRunConfig) used = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *run = g_build_filename (self->root, "run", NULL);
  g_autofree char *path = g_build_filename (run, "config.json", NULL);
  g_autoptr (GError) error = NULL;

  config->precision = LIKENESS_PRECISION_AUTO;
  events = likeness_test_run_train (config, run, NULL, NULL);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  used = likeness_run_config_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (used->input, ==, LIKENESS_INPUT_LOW);
  g_assert_cmpint (used->precision, ==, LIKENESS_PRECISION_FLOAT32);
  g_assert_cmpfloat (used->lr_head, ==, 1e-3);
  g_assert_cmpfloat (used->lr_backbone, ==, 1e-3);
  g_assert_cmpint (used->loss, ==, LIKENESS_LOSS_SOFTMAX);
  g_assert_cmpfloat (used->scale, ==, 16);
  g_assert_cmpfloat (used->similarity_weight, ==, 0);
  g_assert_cmpint (used->head_init, ==, LIKENESS_HEAD_RANDOM);
  g_assert_cmpuint (used->batch, ==, 8);
  g_assert_cmpstr (used->device, ==, "cpu");
  g_assert_cmpstr (used->data, ==, self->data);
}

/* What is left to the trainer depends on the data; what was turned by hand stays. */
static void
test_resolve (void)
{
  static const struct
  {
    guint n_faces;
    const char *key; /* set by hand; NULL: nothing */
    const char *value;
    guint batch;
    guint epochs;
  } cases[] = {
      {10000, NULL, NULL, 32, 5},
      {1280, NULL, NULL, 32, 5},
      {1279, NULL, NULL, 64, 8},
      {640, NULL, NULL, 64, 8},
      {639, NULL, NULL, 32, 8},
      {160, NULL, NULL, 16, 8},
      {5, NULL, NULL, 8, 8},
      {0, NULL, NULL, 64, 8},
      {10000, "epochs_all", "8", 64, 8},
      {10000, "epochs_all", "3", 64, 3},
      {10000, "batch", "64", 64, 8},
      {10000, "preset", "quick", 64, 2},
      {160, "epochs_all", "8", 16, 8},
      {160, "batch", "64", 64, 8},
      {160, "batch", "50", 50, 8},
      {160, "batch", "128", 128, 8},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint pairs = 0; pairs < 2; pairs++)
      {
        g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();

        likeness_run_config_set (config, "edgeface", "weights.pt", NULL);
        if (cases[i].key != NULL)
          likeness_run_config_set (config, cases[i].key, cases[i].value, NULL);
        for (guint times = 0; times < 2; times++)
          likeness_trainer_resolve_config (config, pairs == 1, cases[i].n_faces);
        g_assert_cmpuint (config->batch, ==, cases[i].batch);
        g_assert_cmpuint (config->epochs_all, ==, cases[i].epochs);
        g_assert_cmpfloat (config->lr_head, ==, 1e-3);
        g_assert_cmpfloat (config->lr_backbone, ==, pairs == 1 ? 2e-4 : 1e-4);
        g_assert_cmpfloat (config->similarity_weight, ==, pairs == 1 ? 100 : 0);
      }
}

static LikenessMetrics
make_metrics (guint rank1, double sim, double impostor)
{
  LikenessMetrics metrics;

  likeness_metrics_clear (&metrics);
  metrics.rank1 = likeness_rate_new (rank1, 100);
  metrics.sim = sim;
  metrics.val.impostor_mean = impostor;
  return metrics;
}

static void
test_best (void)
{
  LikenessMetrics healthy = make_metrics (90, 0.53, 0.01);
  LikenessMetrics collapsed = make_metrics (3, 0.943, 0.863);
  LikenessMetrics nearer = make_metrics (90, 0.56, 0.01);

  g_assert_true (likeness_trainer_is_better (&healthy, &collapsed));
  g_assert_false (likeness_trainer_is_better (&collapsed, &healthy));
  /* Equal in rank-1: similarity decides nothing, the earlier one stays. */
  g_assert_false (likeness_trainer_is_better (&nearer, &healthy));
  nearer.top1 = likeness_rate_new (92, 100);
  healthy.top1 = likeness_rate_new (91, 100);
  g_assert_true (likeness_trainer_is_better (&nearer, &healthy));
  healthy.top1 = nearer.top1;
  nearer.val.eer = 0.05;
  healthy.val.eer = 0.06;
  g_assert_true (likeness_trainer_is_better (&nearer, &healthy));
  nearer.val.eer = healthy.val.eer;

  /* Strangers choose nothing, or their figures would be no check. */
  nearer.strangers_low_high.eer = 0.05;
  healthy.strangers_low_high.eer = 0.06;
  g_assert_false (likeness_trainer_is_better (&nearer, &healthy));
  g_assert_false (likeness_trainer_is_better (&healthy, &nearer));

  /* Disjoint: similarity, but never a collapsed network's. */
  healthy.rank1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  nearer.rank1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  collapsed.rank1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  g_assert_true (likeness_trainer_is_better (&nearer, &healthy));
  g_assert_false (likeness_trainer_is_better (&healthy, &nearer));
  g_assert_false (likeness_trainer_is_better (&collapsed, &healthy));
  collapsed.val.impostor_mean = 0.16;
  g_assert_false (likeness_trainer_is_better (&collapsed, &healthy));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/trainer-job/too-few", test_too_few);
  ADD ("/trainer-job/directories", test_directories);
  ADD ("/trainer/resolved-config", test_resolved_config);
#undef ADD
  g_test_add_func ("/trainer-job/resolve", test_resolve);
  g_test_add_func ("/trainer/best", test_best);
  return g_test_run ();
}
