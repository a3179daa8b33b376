/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-run-log.h"
#include "likeness-test-run.h"
#include "likeness-test-spy.h"
#include "likeness-test-tree.h"
#include "likeness-trainer-private.h"

/* Runs that are paused, stopped, taken up again, or that find something amiss. */

static void
test_nothing_left (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autoptr (GPtrArray) again = likeness_test_run_resume (self->run, 0);
  g_autoptr (GPtrArray) log = NULL;

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (strstr (likeness_test_run_get_last (again)->text, "Extend"));
  log = likeness_run_log_read (self->run, NULL);
  likeness_test_run_assert_ended (log, LIKENESS_EVENT_DONE);
}

/* A kill after the checkpoint and before the log's line. */
static void
test_log_behind_checkpoint (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 2);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autofree char *path = g_build_filename (self->run, "events.jsonl", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GPtrArray) again = NULL;
  char *line;

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  line = g_strrstr (contents, "{\"event\": \"epoch\"");
  g_assert_nonnull (line);
  *line = '\0';
  g_assert_true (g_file_set_contents (path, contents, -1, NULL));
  again = likeness_test_run_resume (self->run, 0);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_DONE);
  g_assert_cmpuint (likeness_test_run_count (again, LIKENESS_EVENT_EPOCH), ==, 1);
  likeness_test_run_assert_same (
      &likeness_test_run_find (again, LIKENESS_EVENT_EPOCH, 0)->metrics,
      &likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 1)->metrics);
}

static GPtrArray *
extend_and_stop (const char *run, guint extend, guint stop_at)
{
  g_autoptr (GError) error = NULL;
  LikenessTrainerJob *job
      = likeness_trainer_job_new_resume (run, extend, NULL, FALSE, NULL, NULL, &error);

  g_assert_no_error (error);
  return likeness_test_run_wait (job, likeness_test_run_stop_cb, &stop_at);
}

/* A run that ended early is over; extended, it gets as much patience as it had at first,
 * also where it is stopped and goes on once more. */
static void
test_extend_ended_early (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 20);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) over = NULL;
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  const LikenessEvent *epoch;
  guint n;

  config->early_stop = 2;
  config->lr_head = config->lr_backbone = 1e-9;
  events = likeness_test_run_train (config, self->run, NULL, NULL);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  n = likeness_test_run_count (events, LIKENESS_EVENT_EPOCH);
  g_assert_cmpuint (n, <, 20);
  over = likeness_test_run_resume (self->run, 0);
  likeness_test_run_assert_ended (over, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (strstr (likeness_test_run_get_last (over)->text, "Extend"));

  more = extend_and_stop (self->run, 5, n + 2);
  likeness_test_run_assert_ended (more, LIKENESS_EVENT_STOPPED);
  epoch = likeness_test_run_find (more, LIKENESS_EVENT_EPOCH, 0);
  g_assert_cmpuint (epoch->epoch, ==, n + 1);
  g_assert_cmpuint (epoch->epochs, ==, n + 5);
  rest = likeness_test_run_resume (self->run, 0);
  likeness_test_run_assert_ended (rest, LIKENESS_EVENT_DONE);
  g_assert_cmpuint (likeness_test_run_find (rest, LIKENESS_EVENT_EPOCH, 0)->epoch, ==,
                    n + 2);
}

/* More epochs than a config may have would make one that cannot be read again. */
static void
test_extend_too_far (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autoptr (GPtrArray) again = likeness_test_run_resume (self->run, 1000);
  g_autoptr (GPtrArray) more = NULL;

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (strstr (likeness_test_run_get_last (again)->text, "epochs_all"));
  more = likeness_test_run_resume (self->run, 1);
  likeness_test_run_assert_ended (more, LIKENESS_EVENT_DONE);
}

/* A log whose best epoch never was. */
static void
test_no_such_best (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autofree char *path = g_build_filename (self->run, "events.jsonl", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GString) changed = NULL;
  g_autoptr (GPtrArray) again = NULL;

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  changed = g_string_new (contents);
  g_assert_cmpuint (
      g_string_replace (changed, "\"best_epoch\": 1", "\"best_epoch\": 4000000000", 0), >,
      0);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  again = likeness_test_run_resume (self->run, 1);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_DONE);
  g_assert_cmpuint (likeness_test_run_get_last (again)->best_epoch, <=, 2);
}

/* A stranger's run: links of the names that a resumed run writes to lead elsewhere. */
static void
test_links (LikenessTestRun *self, gconstpointer disjoint)
{
  static const char *const names[] = {"last.pt", "best.pt", "epoch-2.pt"};
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autofree char *victim = g_build_filename (self->root, "victim", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) again = NULL;

  config->keep_checkpoints = 1;
  events = likeness_test_run_train (config, self->run, NULL, NULL);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  likeness_test_tree_write (self->root, "victim", "precious", -1);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *link = g_strconcat (self->run, "/", names[i], ".partial", NULL);

      g_assert_cmpint (symlink (victim, link), ==, 0);
    }
  again = likeness_test_run_resume (self->run, 1);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_DONE);
  g_assert_true (g_file_get_contents (victim, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "precious");
  likeness_test_run_assert_file (self->run, "epoch-2.pt", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->run, names[i], NULL);

      g_assert_false (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
    }
}

/* While a run is trained, nobody else trains it, and anybody reads it. */
static void
second_cb (LikenessTrainer *trainer, const LikenessEvent *event, gpointer user_data)
{
  const LikenessTestRun *self = user_data;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;

  if (event->type == LIKENESS_EVENT_BASELINE)
    likeness_trainer_pause (trainer);
  if (event->type != LIKENESS_EVENT_PAUSED)
    return;
  second = likeness_test_run_resume (self->run, 1);
  likeness_test_run_assert_ended (second, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (
      strstr (likeness_test_run_get_last (second)->text, "is being trained already"));
  log = likeness_run_log_read (self->run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (likeness_test_run_count (log, LIKENESS_EVENT_FAILED), ==, 0);
  likeness_trainer_continue (trainer);
}

static void
test_locked (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events
      = likeness_test_run_train (config, self->run, second_cb, self);
  g_autoptr (GPtrArray) again = NULL;

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_assert_cmpuint (likeness_test_run_count (events, LIKENESS_EVENT_PAUSED), ==, 1);
  again = likeness_test_run_resume (self->run, 1);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_DONE);
}

static gboolean
continue_cb (gpointer user_data)
{
  likeness_trainer_continue (user_data);
  return G_SOURCE_REMOVE;
}

static void
pause_cb (LikenessTrainer *trainer, const LikenessEvent *event, gpointer user_data)
{
  gboolean *asked = user_data;

  if (event->type == LIKENESS_EVENT_BATCH && !*asked)
    {
      *asked = TRUE;
      likeness_trainer_pause (trainer);
      g_assert_true (likeness_trainer_get_paused (trainer));
    }
  else if (event->type == LIKENESS_EVENT_PAUSED)
    g_timeout_add (1000, continue_cb, trainer);
}

/* The pause of a second is not in the run's time. */
static void
test_pause (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  gboolean asked = FALSE;
  g_autoptr (GPtrArray) events
      = likeness_test_run_train (config, self->run, pause_cb, &asked);
  const LikenessEvent *paused = likeness_test_run_find (events, LIKENESS_EVENT_PAUSED, 0);
  const LikenessEvent *resumed
      = likeness_test_run_find (events, LIKENESS_EVENT_RESUMED, 0);

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_assert_nonnull (paused);
  g_assert_nonnull (resumed);
  g_assert_cmpfloat (resumed->time - paused->time, <, 0.9);
}

static void
stop_in_pause_cb (LikenessTrainer *trainer,
                  const LikenessEvent *event,
                  gpointer user_data)
{
  if (event->type == LIKENESS_EVENT_BATCH)
    likeness_trainer_pause (trainer);
  else if (event->type == LIKENESS_EVENT_PAUSED)
    likeness_trainer_stop (trainer);
}

static void
test_stop_in_pause (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events
      = likeness_test_run_train (config, self->run, stop_in_pause_cb, NULL);

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_STOPPED);
  likeness_test_run_assert_file (self->run, "last.pt", TRUE);
}

static void
test_missing_face (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autofree char *face
      = g_build_filename (self->data, "train", "hr_images", "B_3.png", NULL);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  LikenessTrainerJob *job
      = likeness_trainer_job_new (config, self->run, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_remove (face), ==, 0);
  events = likeness_test_run_wait (job, NULL, NULL);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (
      strstr (likeness_test_run_get_last (events)->text, "faces/train/hr_images"));
  g_assert_nonnull (strstr (likeness_test_run_get_last (events)->text, "B_3.png"));
  /* With nothing learnt there is no run, and its name is free again. */
  g_assert_null (likeness_test_run_get_last (events)->run);
  g_assert_false (g_file_test (self->run, G_FILE_TEST_EXISTS));
}

static void
many_cb (LikenessTrainer *trainer, const LikenessEvent *event, gpointer user_data)
{
  LikenessFaceList *train = user_data;

  if (event->type == LIKENESS_EVENT_FAILED)
    train->n_subjects = 4;
}

/* A head whose checkpoints could not be read back is refused before anything is learnt:
 * a list that only says so stands for that many people. */
static void
test_too_many (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (LikenessFaceList) train = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  LikenessTrainerJob *job
      = likeness_trainer_job_new (config, self->run, NULL, NULL, &error);

  g_assert_no_error (error);
  train = likeness_face_list_ref (job->train);
  g_assert_cmpuint (train->n_subjects, ==, 4);
  train->n_subjects = 200000;
  events = likeness_test_run_wait (job, many_cb, train);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (strstr (likeness_test_run_get_last (events)->text, "200000 people"));
  g_assert_false (g_file_test (self->run, G_FILE_TEST_EXISTS));
}

static void
failed_cb (LikenessTrainer *trainer, const LikenessEvent *event, gpointer user_data)
{
  if (event->type == LIKENESS_EVENT_FAILED)
    g_propagate_error (user_data, g_error_copy (likeness_trainer_get_error (trainer)));
}

static void
test_existing_run (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) files = NULL;

  g_assert_cmpint (g_mkdir_with_parents (self->run, 0700), ==, 0);
  events = likeness_test_run_train (config, self->run, failed_cb, &error);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_FAILED);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EXISTS);
  files = likeness_test_tree_list (self->run);
  g_assert_cmpuint (g_strv_length (files), ==, 0);
}

/* Training goes well for an epoch and a step, as far as anybody can see. */
static gboolean
diverge (LikenessNet *net,
         const guint32 *indexes,
         const LikenessAugmentation *augmentations,
         gsize n,
         float lr_head,
         float lr_backbone,
         LikenessStepResult *result,
         GError **error)
{
  static guint n_steps;

  if (++n_steps < 5)
    return likeness_torch_load (NULL)->step (net, indexes, augmentations, n, lr_head,
                                             lr_backbone, result, error);
  g_set_error_literal (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NOT_FINITE,
                       "The loss is no longer a number.");
  return FALSE;
}

/* It says where, and what was learnt before is kept: a run can go on from there. */
static void
test_not_finite (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 2);
  g_autoptr (LikenessTestSpy) spy = likeness_test_spy_new (likeness_torch_load (NULL));
  g_autofree char *last = g_build_filename (self->run, "last.pt", NULL);
  g_autofree char *whole = g_build_filename (self->root, "whole", NULL);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) undisturbed = NULL;
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  g_autoptr (GError) error = NULL;
  const LikenessEvent *failed;

  spy->next.step = diverge;
  events = likeness_test_run_train_by (likeness_test_spy_get_table (), config, self->run);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_FAILED);
  failed = likeness_test_run_get_last (events);
  g_assert_cmpstr (failed->text, ==,
                   "In epoch 2, step 2 of 3: The loss is no longer a number.");
  g_assert_cmpstr (failed->run, ==, self->run);
  checkpoint = likeness_checkpoint_load (last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (checkpoint->epoch, ==, 1);

  rest = likeness_test_run_resume (self->run, 0);
  likeness_test_run_assert_ended (rest, LIKENESS_EVENT_DONE);
  undisturbed = likeness_test_run_train (config, whole, NULL, NULL);
  likeness_test_run_assert_same (
      &likeness_test_run_find (rest, LIKENESS_EVENT_EPOCH, 0)->metrics,
      &likeness_test_run_find (undisturbed, LIKENESS_EVENT_EPOCH, 1)->metrics);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, data, func)                                                            \
  g_test_add (path, LikenessTestRun, data, likeness_test_run_set_up, func,               \
              likeness_test_run_tear_down)
  ADD ("/trainer-interrupt/resume/nothing-left", NULL, test_nothing_left);
  ADD ("/trainer-interrupt/resume/log-behind-checkpoint", NULL,
       test_log_behind_checkpoint);
  ADD ("/trainer-interrupt/extend/ended-early", NULL, test_extend_ended_early);
  ADD ("/trainer-interrupt/extend/too-far", NULL, test_extend_too_far);
  ADD ("/trainer-interrupt/resume/no-such-best", NULL, test_no_such_best);
  ADD ("/trainer-interrupt/resume/links", NULL, test_links);
  ADD ("/trainer-interrupt/resume/locked", NULL, test_locked);
  ADD ("/trainer-interrupt/pause", NULL, test_pause);
  ADD ("/trainer-interrupt/stop-in-pause", NULL, test_stop_in_pause);
  ADD ("/trainer-interrupt/missing-face", NULL, test_missing_face);
  ADD ("/trainer-interrupt/too-many-people", NULL, test_too_many);
  ADD ("/trainer-interrupt/existing-run", NULL, test_existing_run);
  ADD ("/trainer-interrupt/not-finite", NULL, test_not_finite);
#undef ADD
  return g_test_run ();
}
