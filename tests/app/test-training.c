/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-training.h"

#include <glib/gstdio.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-outcome-loader.h"
#include "likeness-script-trust.h"
#include "likeness-session.h"
#include "likeness-test-run.h"
#include "likeness-test-script.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"
#include "likeness-torch.h"
#include "likeness-train-words.h"
#include "likeness-trust-hint.h"

/* More than any of these tests waits for. */
#define MANY_EPOCHS 1000

typedef struct
{
  char *root;
  char *data;
  LikenessSession *session;
  LikenessTraining *training; /* the session's */
  guint n_ended;
  GString *states; /* every state, in order */
} Fixture;

static void
ended_cb (Fixture *self)
{
  self->n_ended++;
}

static void
state_cb (Fixture *self)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (LIKENESS_TYPE_TRAINING_STATE);
  LikenessTrainingState state = likeness_training_get_state (self->training);

  g_string_append_printf (self->states, "%s ",
                          g_enum_get_value (states, (int)state)->value_nick);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = likeness_test_tree_new ();
  self->data = g_build_filename (self->root, "faces", NULL);
  likeness_test_run_draw (self->data, GPOINTER_TO_INT (data));
  self->session = likeness_session_new ();
  self->training = likeness_session_get_training (self->session);
  self->states = g_string_new (NULL);
  g_signal_connect_swapped (self->training, "ended", G_CALLBACK (ended_cb), self);
  g_signal_connect_swapped (self->training, "notify::state", G_CALLBACK (state_cb), self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_test_finalize (self->session);
  g_string_free (self->states, TRUE);
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->data);
}

static void
start (Fixture *self, guint epochs)
{
  g_autoptr (LikenessRunConfig) config
      = likeness_test_run_make_config (self->data, epochs);

  likeness_training_start (self->training, config);
  g_assert_true (likeness_training_get_active (self->training));
}

static void
wait_for_end (Fixture *self, LikenessTrainingState state)
{
  const GError *error;

  likeness_test_wait (!likeness_training_get_active (self->training));
  error = likeness_training_get_error (self->training);
  if (state != LIKENESS_TRAINING_FAILED)
    g_assert_no_error (error);
  g_assert_cmpint (likeness_training_get_state (self->training), ==, state);
}

static void
assert_words (char *words, const char *expected)
{
  g_assert_cmpstr (words, ==, expected);
  g_free (words);
}

static void
test_run (Fixture *self, gconstpointer data)
{
  LikenessTraining *training = self->training;
  const LikenessRunSummary *summary = NULL;
  g_autofree char *chart = NULL;
  g_autofree char *weights = NULL;

  start (self, 2);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
  g_assert_cmpstr (self->states->str, ==, "preparing running finished ");
  g_assert_cmpuint (self->n_ended, ==, 1);
  summary = likeness_training_get_summary (training);
  g_assert_cmpuint (summary->epochs->len, ==, 2);
  g_assert_cmpuint (summary->best_epoch, >=, 1);
  g_assert_nonnull (summary->sentence);
  g_assert_cmpuint (summary->start->n_train, ==, 24);
  g_assert_cmpuint (likeness_run_summary_get_baseline (summary)->rank1.n, ==, 8);
  g_assert_cmpuint (likeness_run_summary_get_last (summary)->top1.n, ==, 8);
  chart = likeness_run_chart_describe (likeness_training_get_chart (training),
                                       LIKENESS_RUN_CHART_ACCURACY);
  g_assert_nonnull (strstr (chart, "Val "));
  g_assert_nonnull (strstr (chart, "Batches "));

  weights = g_build_filename (likeness_training_get_run (training), "best.pt", NULL);
  g_assert_true (g_file_test (weights, G_FILE_TEST_EXISTS));
  /* What Results shows now. */
  g_assert_cmpstr (likeness_session_get_run (self->session), ==,
                   likeness_training_get_run (training));

  assert_words (likeness_train_words_title (training), "Finished after 2 epochs");
  assert_words (likeness_train_words_epoch (training), "2 of 2");
  assert_words (likeness_train_words_batch (training), "");
  g_assert_cmpfloat (likeness_train_words_fraction (training), ==, 1);
  likeness_training_clear (training);
  g_assert_cmpint (likeness_training_get_state (training), ==, LIKENESS_TRAINING_IDLE);
  g_assert_null (likeness_training_get_summary (training)->start);
  g_assert_null (likeness_training_get_run (training));
}

static void
test_pause (Fixture *self, gconstpointer data)
{
  LikenessTraining *training = self->training;

  start (self, MANY_EPOCHS);
  /* There is nothing to pause yet. */
  likeness_training_pause (training);
  likeness_test_wait (likeness_training_get_state (training)
                      == LIKENESS_TRAINING_RUNNING);
  likeness_training_pause (training);
  likeness_test_wait (likeness_training_get_state (training) == LIKENESS_TRAINING_PAUSED);
  assert_words (likeness_train_words_title (training), "Paused");
  likeness_training_continue (training);
  likeness_test_wait (likeness_training_get_summary (training)->epochs->len >= 1);
  likeness_training_stop (training);
  wait_for_end (self, LIKENESS_TRAINING_STOPPED);
  g_assert_cmpstr (self->states->str, ==,
                   "preparing running pausing paused running stopping stopped ");
  g_assert_nonnull (likeness_session_get_run (self->session));
}

static void
test_stop_while_paused (Fixture *self, gconstpointer data)
{
  LikenessTraining *training = self->training;

  start (self, MANY_EPOCHS);
  likeness_test_wait (likeness_training_get_state (training)
                      == LIKENESS_TRAINING_RUNNING);
  likeness_training_pause (training);
  likeness_test_wait (likeness_training_get_state (training) == LIKENESS_TRAINING_PAUSED);
  likeness_training_stop (training);
  wait_for_end (self, LIKENESS_TRAINING_STOPPED);
}

/* Nothing was made, so there is nothing to look at. */
static void
test_stop_at_once (Fixture *self, gconstpointer data)
{
  start (self, MANY_EPOCHS);
  likeness_training_stop (self->training);
  wait_for_end (self, LIKENESS_TRAINING_STOPPED);
  g_assert_cmpuint (self->n_ended, ==, 1);
  g_assert_null (likeness_training_get_run (self->training));
  g_assert_null (likeness_session_get_run (self->session));
  assert_words (likeness_train_words_title (self->training),
                "Stopped before the first epoch");
}

static void
test_extend (Fixture *self, gconstpointer data)
{
  LikenessTraining *training = self->training;
  g_autofree char *run = NULL;
  g_autofree char *chart = NULL;
  LikenessChart curves;

  start (self, 1);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
  run = g_strdup (likeness_training_get_run (training));
  likeness_training_resume (training, run, 1);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
  g_assert_cmpuint (likeness_training_get_summary (training)->epochs->len, ==, 2);
  g_assert_cmpstr (likeness_training_get_run (training), ==, run);
  /* The curve of the first sitting goes on. */
  likeness_run_chart_get (likeness_training_get_chart (training),
                          LIKENESS_RUN_CHART_SIMILARITY, &curves);
  g_assert_cmpuint (likeness_series_get_n_points (curves.curves[0].series), ==, 3);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessOutcome) outcome
      = likeness_outcome_loader_load_finish (result, user_data);

  g_assert_null (outcome);
}

static void
assert_untrusted (const GError *error, const char *run)
{
  g_autofree char *text = NULL;

  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED);
  text = likeness_trust_hint_describe (error, run);
  g_assert_nonnull (strstr (text, "“sr.pt”"));
  g_assert_nonnull (strstr (text, "likeness-cli evaluate --trust-script --run '"));
  g_assert_nonnull (strstr (text, run));
}

/* A program that only a run folder names runs neither to go on, nor to judge, nor when
 * the run that failed is begun anew with its settings. */
static void
test_untrusted (Fixture *self, gconstpointer data)
{
  LikenessTraining *training = self->training;
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autofree char *list = likeness_script_trust_get_path ();
  g_autofree char *run = NULL;
  g_autoptr (GError) error = NULL;

  config->super_resolution = g_build_filename (self->root, "sr.pt", NULL);
  config->trust_super_resolution = TRUE;
  likeness_test_script_write (config->super_resolution, LIKENESS_TEST_SCRIPT_BILINEAR);
  likeness_training_start (training, config);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
  run = g_strdup (likeness_training_get_run (training));
  likeness_training_resume (training, run, 1);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);

  g_assert_cmpint (g_unlink (list), ==, 0);
  likeness_training_resume (training, run, 1);
  wait_for_end (self, LIKENESS_TRAINING_FAILED);
  assert_untrusted (likeness_training_get_error (training),
                    likeness_training_get_run (training));
  likeness_training_start (training, likeness_training_get_config (training));
  wait_for_end (self, LIKENESS_TRAINING_FAILED);
  g_assert_error (likeness_training_get_error (training), LIKENESS_TORCH_ERROR,
                  LIKENESS_TORCH_ERROR_UNTRUSTED);
  likeness_outcome_loader_load_async (run, TRUE, NULL, NULL, loaded_cb, &error);
  likeness_test_wait (error != NULL);
  assert_untrusted (error, run);
}

static void
test_no_folder (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessRunConfig) config = NULL;
  g_autofree char *nowhere = g_build_filename (self->root, "nowhere", NULL);

  config = likeness_test_run_make_config (nowhere, 1);
  likeness_training_start (self->training, config);
  wait_for_end (self, LIKENESS_TRAINING_FAILED);
  g_assert_error (likeness_training_get_error (self->training), LIKENESS_ERROR,
                  LIKENESS_ERROR_NOT_FOUND);
  g_assert_null (likeness_session_get_run (self->session));
  /* A new start forgets it. */
  start (self, 1);
  g_assert_no_error (likeness_training_get_error (self->training));
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
}

static void
forget_device (const char *run)
{
  g_autofree char *path = g_build_filename (run, "config.json", NULL);
  g_autoptr (LikenessRunConfig) config = likeness_run_config_load (path, NULL);

  g_assert_nonnull (config);
  g_assert_true (likeness_run_config_set (config, "device", "cuda:999", NULL));
  g_assert_true (likeness_run_config_save (config, path, NULL));
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LikenessOutcome **outcome = user_data;
  g_autoptr (GError) error = NULL;

  *outcome = likeness_outcome_loader_load_finish (result, &error);
  g_assert_no_error (error);
}

/* A run that another computer's GPU has begun goes on and is judged here. */
static void
test_other_device (Fixture *self, gconstpointer data)
{
  LikenessTraining *training = self->training;
  g_autoptr (LikenessOutcome) outcome = NULL;
  g_autofree char *run = NULL;

  start (self, 1);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
  run = g_strdup (likeness_training_get_run (training));
  forget_device (run);
  likeness_outcome_loader_load_async (run, TRUE, NULL, NULL, kept_cb, &outcome);
  likeness_test_wait (outcome != NULL);

  likeness_training_resume (training, run, 2);
  wait_for_end (self, LIKENESS_TRAINING_FAILED);
  g_assert_error (likeness_training_get_error (training), LIKENESS_TORCH_ERROR,
                  LIKENESS_TORCH_ERROR_NO_DEVICE);
  g_assert_cmpstr (likeness_training_get_run (training), ==, run);
  likeness_training_resume_on_cpu (training);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
  g_assert_cmpuint (likeness_training_get_summary (training)->epochs->len, ==, 3);
}

static void
test_no_device (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);

  g_assert_true (likeness_run_config_set (config, "device", "cuda:999", NULL));
  likeness_training_start (self->training, config);
  wait_for_end (self, LIKENESS_TRAINING_FAILED);
  g_assert_error (likeness_training_get_error (self->training), LIKENESS_TORCH_ERROR,
                  LIKENESS_TORCH_ERROR_NO_DEVICE);
  g_assert_cmpstr (likeness_training_get_config (self->training)->device, ==, "cuda:999");
}

static void
test_disjoint (Fixture *self, gconstpointer data)
{
  const LikenessMetrics *metrics;

  start (self, 1);
  wait_for_end (self, LIKENESS_TRAINING_FINISHED);
  metrics
      = likeness_run_summary_get_last (likeness_training_get_summary (self->training));
  g_assert_cmpint (metrics->top1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_cmpint (metrics->sim_undefined, ==, LIKENESS_DEFINED);
}

/* A window that is closed lets go of a run that still has to end. */
static void
test_outlives (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessTraining) training = likeness_training_new ();
  g_autoptr (LikenessRunConfig) config
      = likeness_test_run_make_config (self->data, MANY_EPOCHS);
  GWeakRef alive;
  gboolean gone = FALSE;

  g_weak_ref_init (&alive, training);
  likeness_training_start (training, config);
  likeness_test_wait (likeness_training_get_state (training)
                      == LIKENESS_TRAINING_RUNNING);
  likeness_training_stop (training);
  g_clear_object (&training);
  while (!gone)
    {
      g_autoptr (LikenessTraining) still = g_weak_ref_get (&alive);

      gone = still == NULL;
      g_clear_object (&still);
      if (!gone)
        g_main_context_iteration (NULL, TRUE);
    }
  g_weak_ref_clear (&alive);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, disjoint, function)                                                    \
  g_test_add ("/training/" path, Fixture, GINT_TO_POINTER (disjoint), set_up, function,  \
              tear_down)
  ADD ("run/reaches-its-end", FALSE, test_run);
  ADD ("run/disjoint-people-have-no-accuracy", TRUE, test_disjoint);
  ADD ("pause/and-continue", FALSE, test_pause);
  ADD ("pause/stop-meanwhile", FALSE, test_stop_while_paused);
  ADD ("stop/before-anything-was-made", FALSE, test_stop_at_once);
  ADD ("resume/goes-on-with-the-curves", FALSE, test_extend);
  ADD ("resume/programs-that-nobody-agreed-to", FALSE, test_untrusted);
  ADD ("resume/on-another-device", FALSE, test_other_device);
  ADD ("failure/no-folder", FALSE, test_no_folder);
  ADD ("failure/no-device", FALSE, test_no_device);
  ADD ("lifetime/ends-after-its-owner", FALSE, test_outlives);
  return g_test_run ();
}
