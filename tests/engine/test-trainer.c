/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "likeness-checkpoint.h"
#include "likeness-error.h"
#include "likeness-run-log.h"
#include "likeness-test-run.h"
#include "likeness-test-tree.h"
#include "likeness-trainer-private.h"

typedef struct
{
  char *root;
  char *data;
  char *run;
} Fixture;

static void
set_up (Fixture *self, gconstpointer disjoint)
{
  self->root = likeness_test_tree_new ();
  self->data = g_build_filename (self->root, "faces", NULL);
  self->run = g_build_filename (self->root, "runs", "first", NULL);
  likeness_test_run_draw (self->data, GPOINTER_TO_INT (disjoint));
}

static void
tear_down (Fixture *self, gconstpointer disjoint)
{
  likeness_test_tree_remove (self->root);
  g_free (self->root);
  g_free (self->data);
  g_free (self->run);
}

static void
assert_same_metrics (const LikenessMetrics *a, const LikenessMetrics *b)
{
  g_autofree char *left = likeness_test_run_print (a);
  g_autofree char *right = likeness_test_run_print (b);

  g_assert_cmpstr (left, ==, right);
}

static void
assert_file (const char *run, const char *name, gboolean exists)
{
  g_autofree char *path = g_build_filename (run, name, NULL);

  g_assert_cmpint (g_file_test (path, G_FILE_TEST_IS_REGULAR), ==, exists);
}

static guint
count_type (GPtrArray *events, LikenessEventType type)
{
  guint n = 0;

  while (likeness_test_run_find (events, type, n) != NULL)
    n++;
  return n;
}

/* What every run tells, in which order, and what it leaves behind. */
static void
test_run (Fixture *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 2);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GError) error = NULL;
  const LikenessEvent *start = likeness_test_run_find (events, LIKENESS_EVENT_START, 0);
  const LikenessEvent *base = likeness_test_run_find (events, LIKENESS_EVENT_BASELINE, 0);
  const LikenessEvent *batch = likeness_test_run_find (events, LIKENESS_EVENT_BATCH, 0);
  const LikenessEvent *epoch = likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 1);
  double time = 0;

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_assert_cmpuint (start->n_classes, ==, 4);
  g_assert_cmpuint (start->n_train, ==, 24);
  g_assert_cmpuint (start->n_val, ==, 8);
  g_assert_cmpuint (start->n_parameters, ==, 1244744);
  g_assert_cmpstr (start->run, ==, self->run);
  g_assert_cmpuint (base->metrics.rank1.n, ==, 8);
  g_assert_cmpint (base->metrics.top1_undefined, ==, LIKENESS_UNDEFINED_NO_HEAD);
  g_assert_cmpuint (base->metrics.strangers_subjects, ==, 2);
  g_assert_cmpuint (base->metrics.strangers_n, ==, 6);
  g_assert_cmpuint (batch->batches, ==, 3);
  g_assert_cmpuint (batch->stage, ==, 2);
  g_assert_true (isfinite (batch->loss));
  g_assert_cmpuint (epoch->epoch, ==, 2);
  g_assert_cmpuint (epoch->epochs, ==, 2);
  g_assert_cmpuint (epoch->metrics.top1.n, ==, 8);
  g_assert_cmpuint (epoch->metrics.train_top1.n, ==, 24);
  g_assert_true (isfinite (epoch->loss));
  g_assert_cmpfloat (epoch->images_per_second, >, 0);
  g_assert_nonnull (likeness_test_run_get_last (events)->text);
  g_assert_cmpuint (likeness_test_run_get_last (events)->best_epoch, >=, 1);
  for (guint i = 0; i < events->len; i++)
    {
      const LikenessEvent *event = events->pdata[i];

      g_assert_cmpfloat (event->time, >=, time);
      time = event->time;
    }

  assert_file (self->run, "best.pt", TRUE);
  assert_file (self->run, "last.pt", TRUE);
  assert_file (self->run, "config.json", TRUE);
  assert_file (self->run, "best.pt.partial", FALSE);
  log = likeness_run_log_read (self->run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (log->len, ==,
                    events->len - count_type (events, LIKENESS_EVENT_BATCH));
  assert_same_metrics (&epoch->metrics,
                       &likeness_test_run_find (log, LIKENESS_EVENT_EPOCH, 1)->metrics);
}

static void
stop_cb (LikenessTrainer *trainer, const LikenessEvent *event, gpointer user_data)
{
  guint *epoch = user_data;

  if (event->type == LIKENESS_EVENT_BATCH && event->epoch == *epoch)
    likeness_trainer_stop (trainer);
}

static GPtrArray *
resume (const char *run, guint extend)
{
  g_autoptr (GError) error = NULL;
  LikenessTrainerJob *job
      = likeness_trainer_job_new_resume (run, extend, FALSE, NULL, NULL, &error);

  g_assert_no_error (error);
  return likeness_test_run_wait (job, NULL, NULL);
}

/* One seed, one thread count: one result, whether the run was interrupted or not, and
 * whether the faces were decoded for it or lay in the cache, as they do after the first.
 */
static void
test_same_bits (Fixture *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 3);
  g_autofree char *second = g_build_filename (self->root, "second", NULL);
  g_autofree char *third = g_build_filename (self->root, "third", NULL);
  g_autoptr (GPtrArray) first_events
      = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autoptr (GPtrArray) second_events
      = likeness_test_run_train (config, second, NULL, NULL);
  g_autoptr (GPtrArray) stopped_events = NULL;
  g_autoptr (GPtrArray) resumed_events = NULL;
  g_autoptr (GPtrArray) log = NULL;
  guint stop_at = 2;

  likeness_test_run_assert_ended (first_events, LIKENESS_EVENT_DONE);
  likeness_test_run_assert_ended (second_events, LIKENESS_EVENT_DONE);
  stopped_events = likeness_test_run_train (config, third, stop_cb, &stop_at);
  likeness_test_run_assert_ended (stopped_events, LIKENESS_EVENT_STOPPED);
  g_assert_cmpuint (count_type (stopped_events, LIKENESS_EVENT_EPOCH), ==, 1);
  assert_file (third, "last.pt", TRUE);
  resumed_events = resume (third, 0);
  likeness_test_run_assert_ended (resumed_events, LIKENESS_EVENT_DONE);
  log = likeness_run_log_read (third, NULL);
  g_assert_cmpuint (count_type (log, LIKENESS_EVENT_EPOCH), ==, 3);
  g_assert_cmpuint (count_type (log, LIKENESS_EVENT_BASELINE), ==, 1);
  for (guint i = 0; i < 3; i++)
    {
      const LikenessEvent *event
          = likeness_test_run_find (first_events, LIKENESS_EVENT_EPOCH, i);

      assert_same_metrics (
          &event->metrics,
          &likeness_test_run_find (second_events, LIKENESS_EVENT_EPOCH, i)->metrics);
      assert_same_metrics (
          &event->metrics,
          &likeness_test_run_find (log, LIKENESS_EVENT_EPOCH, i)->metrics);
      g_assert_cmpfloat (event->loss, ==,
                         likeness_test_run_find (log, LIKENESS_EVENT_EPOCH, i)->loss);
      g_assert_cmpuint (
          event->best_epoch, ==,
          likeness_test_run_find (log, LIKENESS_EVENT_EPOCH, i)->best_epoch);
    }
}

static double
get_first_loss (GPtrArray *events)
{
  return likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 0)->loss;
}

/* The seed decides which faces are shown when and how; the number of threads does not: it
 * only adds numbers up in another order. */
static void
test_seed_and_threads (Fixture *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autofree char *second = g_build_filename (self->root, "second", NULL);
  g_autofree char *third = g_build_filename (self->root, "third", NULL);
  g_autoptr (GPtrArray) first_events
      = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autoptr (GPtrArray) second_events = NULL;
  g_autoptr (GPtrArray) third_events = NULL;
  double loss = get_first_loss (first_events);

  config->threads = 2;
  second_events = likeness_test_run_train (config, second, NULL, NULL);
  likeness_test_run_assert_ended (second_events, LIKENESS_EVENT_DONE);
  config->seed++;
  third_events = likeness_test_run_train (config, third, NULL, NULL);
  likeness_test_run_assert_ended (third_events, LIKENESS_EVENT_DONE);
  g_test_message ("loss %.9g, with two threads %.9g, with another seed %.9g", loss,
                  get_first_loss (second_events), get_first_loss (third_events));
  g_assert_cmpfloat_with_epsilon (get_first_loss (second_events), loss, 1e-4 * loss);
  g_assert_cmpfloat (fabs (get_first_loss (third_events) - loss), >, 1e-3 * loss);
}

/* From weights: a head on frozen faces first, then all layers; then some more. */
static void
test_two_stages (Fixture *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autofree char *tuned = g_build_filename (self->root, "tuned", NULL);
  g_autofree char *best = g_build_filename (tuned, "best.pt", NULL);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) stopped = NULL;
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  g_autofree char *untouched = NULL;
  g_autofree char *stopped_run = g_build_filename (self->root, "stopped", NULL);
  g_autoptr (GError) error = NULL;
  const LikenessEvent *base, *epoch;
  guint stop_at = 3;

  events = likeness_test_run_train (config, self->run, NULL, NULL);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_clear_pointer (&events, g_ptr_array_unref);

  untouched = g_build_filename (self->run, "best.pt", NULL);
  g_assert_true (likeness_run_config_set (config, "edgeface", untouched, &error));
  config->epochs_head = 2;
  config->epochs_all = 2;
  config->batch = 8;
  events = likeness_test_run_train (config, tuned, NULL, NULL);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  base = likeness_test_run_find (events, LIKENESS_EVENT_BASELINE, 0);
  for (guint i = 0; i < 2; i++)
    {
      epoch = likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, i);
      g_assert_cmpuint (epoch->stage, ==, 1);
      g_assert_cmpfloat (epoch->metrics.sim, ==, base->metrics.sim);
      g_assert_cmpuint (epoch->metrics.rank1.k, ==, base->metrics.rank1.k);
      g_assert_cmpint (epoch->metrics.top1_undefined, ==, LIKENESS_DEFINED);
      g_assert_cmpfloat (epoch->lr_head, ==, 1e-3);
      g_assert_cmpfloat (epoch->lr_backbone, ==, 0);
    }
  epoch = likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 2);
  g_assert_cmpuint (epoch->stage, ==, 2);
  g_assert_cmpfloat (epoch->metrics.sim, !=, base->metrics.sim);

  checkpoint = likeness_checkpoint_load (best, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (checkpoint->epoch, ==,
                   likeness_test_run_get_last (events)->best_epoch);
  g_assert_cmpuint (checkpoint->n_classes, ==, 4);
  g_assert_cmpstr (checkpoint->subjects[3], ==, "D");

  /* Stopped in the first epoch of all layers, resumed: as if nothing had happened. */
  stopped = likeness_test_run_train (config, stopped_run, stop_cb, &stop_at);
  likeness_test_run_assert_ended (stopped, LIKENESS_EVENT_STOPPED);
  rest = resume (stopped_run, 0);
  likeness_test_run_assert_ended (rest, LIKENESS_EVENT_DONE);
  for (guint i = 0; i < 2; i++)
    assert_same_metrics (
        &likeness_test_run_find (rest, LIKENESS_EVENT_EPOCH, i)->metrics,
        &likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 2 + i)->metrics);

  more = resume (tuned, 1);
  likeness_test_run_assert_ended (more, LIKENESS_EVENT_DONE);
  epoch = likeness_test_run_find (more, LIKENESS_EVENT_EPOCH, 0);
  g_assert_cmpuint (epoch->epoch, ==, 5);
  g_assert_cmpuint (epoch->epochs, ==, 5);
}

static void
test_nothing_left (Fixture *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autoptr (GPtrArray) again = resume (self->run, 0);
  g_autoptr (GPtrArray) log = NULL;

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_FAILED);
  g_assert_nonnull (strstr (likeness_test_run_get_last (again)->text, "Extend"));
  log = likeness_run_log_read (self->run, NULL);
  likeness_test_run_assert_ended (log, LIKENESS_EVENT_DONE);
}

/* A kill after the checkpoint and before the log's line. */
static void
test_log_behind_checkpoint (Fixture *self, gconstpointer disjoint)
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
  again = resume (self->run, 0);
  likeness_test_run_assert_ended (again, LIKENESS_EVENT_DONE);
  g_assert_cmpuint (count_type (again, LIKENESS_EVENT_EPOCH), ==, 1);
  assert_same_metrics (
      &likeness_test_run_find (again, LIKENESS_EVENT_EPOCH, 0)->metrics,
      &likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 1)->metrics);
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
test_pause (Fixture *self, gconstpointer disjoint)
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
test_stop_in_pause (Fixture *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (GPtrArray) events
      = likeness_test_run_train (config, self->run, stop_in_pause_cb, NULL);

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_STOPPED);
  assert_file (self->run, "last.pt", TRUE);
}

static void
test_missing_face (Fixture *self, gconstpointer disjoint)
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
failed_cb (LikenessTrainer *trainer, const LikenessEvent *event, gpointer user_data)
{
  if (event->type == LIKENESS_EVENT_FAILED)
    g_propagate_error (user_data, g_error_copy (likeness_trainer_get_error (trainer)));
}

static void
test_existing_run (Fixture *self, gconstpointer disjoint)
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

/* Other people in val: accuracy is undefined, similarity is measured. */
static void
test_disjoint (Fixture *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 2);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  const LikenessEvent *base = likeness_test_run_find (events, LIKENESS_EVENT_BASELINE, 0);
  const LikenessEvent *epoch = likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 1);

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_assert_cmpint (epoch->metrics.top1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_cmpint (epoch->metrics.rank1_undefined, ==, LIKENESS_UNDEFINED_DISJOINT);
  g_assert_true (isnan (epoch->metrics.top1.value));
  g_assert_true (isfinite (epoch->metrics.sim));
  g_assert_cmpfloat (epoch->metrics.sim, !=, base->metrics.sim);
  g_assert_cmpuint (epoch->metrics.val.n_genuine, ==, 8);
}

int
main (int argc, char **argv)
{
  gpointer disjoint = GINT_TO_POINTER (TRUE);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, data, func) g_test_add (path, Fixture, data, set_up, func, tear_down)
  ADD ("/trainer/run", NULL, test_run);
  ADD ("/trainer/same-bits", NULL, test_same_bits);
  ADD ("/trainer/seed-matters-threads-do-not", NULL, test_seed_and_threads);
  ADD ("/trainer/two-stages", NULL, test_two_stages);
  ADD ("/trainer/resume/nothing-left", NULL, test_nothing_left);
  ADD ("/trainer/resume/log-behind-checkpoint", NULL, test_log_behind_checkpoint);
  ADD ("/trainer/pause", NULL, test_pause);
  ADD ("/trainer/stop-in-pause", NULL, test_stop_in_pause);
  ADD ("/trainer/missing-face", NULL, test_missing_face);
  ADD ("/trainer/existing-run", NULL, test_existing_run);
  ADD ("/trainer/disjoint", disjoint, test_disjoint);
#undef ADD
  return g_test_run ();
}
