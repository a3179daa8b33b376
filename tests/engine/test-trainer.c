/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>

#include "likeness-checkpoint.h"
#include "likeness-run-log.h"
#include "likeness-test-run.h"

/* What every run tells, in which order, and what it leaves behind. */
static void
test_run (LikenessTestRun *self, gconstpointer disjoint)
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

  likeness_test_run_assert_file (self->run, "best.pt", TRUE);
  likeness_test_run_assert_file (self->run, "last.pt", TRUE);
  likeness_test_run_assert_file (self->run, "config.json", TRUE);
  likeness_test_run_assert_file (self->run, "best.pt.partial", FALSE);
  log = likeness_run_log_read (self->run, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (log->len, ==,
                    events->len - likeness_test_run_count (events, LIKENESS_EVENT_BATCH));
  likeness_test_run_assert_same (
      &epoch->metrics, &likeness_test_run_find (log, LIKENESS_EVENT_EPOCH, 1)->metrics);
}

/* One seed, one thread count: one result, whether the run was interrupted or not, and
 * whether the faces were decoded for it or lay in the cache, as they do after the first.
 */
static void
test_same_bits (LikenessTestRun *self, gconstpointer disjoint)
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
  stopped_events
      = likeness_test_run_train (config, third, likeness_test_run_stop_cb, &stop_at);
  likeness_test_run_assert_ended (stopped_events, LIKENESS_EVENT_STOPPED);
  g_assert_cmpuint (likeness_test_run_count (stopped_events, LIKENESS_EVENT_EPOCH), ==,
                    1);
  likeness_test_run_assert_file (third, "last.pt", TRUE);
  resumed_events = likeness_test_run_resume (third, 0);
  likeness_test_run_assert_ended (resumed_events, LIKENESS_EVENT_DONE);
  log = likeness_run_log_read (third, NULL);
  g_assert_cmpuint (likeness_test_run_count (log, LIKENESS_EVENT_EPOCH), ==, 3);
  g_assert_cmpuint (likeness_test_run_count (log, LIKENESS_EVENT_BASELINE), ==, 1);
  for (guint i = 0; i < 3; i++)
    {
      const LikenessEvent *event
          = likeness_test_run_find (first_events, LIKENESS_EVENT_EPOCH, i);

      likeness_test_run_assert_same (
          &event->metrics,
          &likeness_test_run_find (second_events, LIKENESS_EVENT_EPOCH, i)->metrics);
      likeness_test_run_assert_same (
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
test_seed_and_threads (LikenessTestRun *self, gconstpointer disjoint)
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

/* Stage 1 sees the faces mirrored as well, though they are embedded once. */
static void
test_head_sees_mirrored (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 2);
  g_autofree char *second = g_build_filename (self->root, "second", NULL);
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) plain_events = NULL;
  double losses[2];

  config->epochs_head = 2;
  config->epochs_all = 0;
  config->augment = TRUE;
  events = likeness_test_run_train (config, self->run, NULL, NULL);
  config->augment = FALSE;
  plain_events = likeness_test_run_train (config, second, NULL, NULL);
  for (guint i = 0; i < 2; i++)
    {
      losses[0] = likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, i)->loss;
      losses[1] = likeness_test_run_find (plain_events, LIKENESS_EVENT_EPOCH, i)->loss;
      g_test_message ("losses %g and %g", losses[0], losses[1]);
      g_assert_cmpfloat (fabs (losses[0] - losses[1]), >, 1e-4 * losses[1]);
      g_assert_cmpfloat_with_epsilon (losses[0], losses[1], 0.2 * losses[1]);
    }
}

/* From weights: a head on frozen faces first, then all layers; then some more. */
static void
test_two_stages (LikenessTestRun *self, gconstpointer disjoint)
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
  stopped = likeness_test_run_train (config, stopped_run, likeness_test_run_stop_cb,
                                     &stop_at);
  likeness_test_run_assert_ended (stopped, LIKENESS_EVENT_STOPPED);
  rest = likeness_test_run_resume (stopped_run, 0);
  likeness_test_run_assert_ended (rest, LIKENESS_EVENT_DONE);
  for (guint i = 0; i < 2; i++)
    likeness_test_run_assert_same (
        &likeness_test_run_find (rest, LIKENESS_EVENT_EPOCH, i)->metrics,
        &likeness_test_run_find (events, LIKENESS_EVENT_EPOCH, 2 + i)->metrics);

  more = likeness_test_run_resume (tuned, 1);
  likeness_test_run_assert_ended (more, LIKENESS_EVENT_DONE);
  epoch = likeness_test_run_find (more, LIKENESS_EVENT_EPOCH, 0);
  g_assert_cmpuint (epoch->epoch, ==, 5);
  g_assert_cmpuint (epoch->epochs, ==, 5);
}

/* Other people in val: accuracy is undefined, similarity is measured. */
static void
test_disjoint (LikenessTestRun *self, gconstpointer disjoint)
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

/* Nothing gets better at rates this small. What counts is how long that has been so since
 * all layers learn. */
static void
test_early_stop (LikenessTestRun *self, gconstpointer disjoint)
{
  static const struct
  {
    guint early_stop;
    guint epochs_head;
    guint epochs_all;
    guint ended;
  } cases[] = {{0, 0, 2, 2}, {1, 0, 3, 2}, {2, 2, 3, 4}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *run = g_strdup_printf ("%s-%u", self->run, i);
      g_autoptr (LikenessRunConfig) config
          = likeness_test_run_make_config (self->data, cases[i].epochs_all);
      g_autoptr (GPtrArray) events = NULL;

      config->epochs_head = cases[i].epochs_head;
      config->early_stop = cases[i].early_stop;
      config->lr_head = 1e-30;
      config->lr_backbone = 1e-30;
      events = likeness_test_run_train (config, run, NULL, NULL);
      likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
      g_assert_cmpuint (likeness_test_run_get_last (events)->best_epoch, ==, 1);
      g_assert_cmpuint (likeness_test_run_count (events, LIKENESS_EVENT_EPOCH), ==,
                        cases[i].ended);
    }
}

int
main (int argc, char **argv)
{
  gpointer disjoint = GINT_TO_POINTER (TRUE);

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, data, func)                                                            \
  g_test_add (path, LikenessTestRun, data, likeness_test_run_set_up, func,               \
              likeness_test_run_tear_down)
  ADD ("/trainer/run", NULL, test_run);
  ADD ("/trainer/same-bits", NULL, test_same_bits);
  ADD ("/trainer/seed-matters-threads-do-not", NULL, test_seed_and_threads);
  ADD ("/trainer/head-sees-mirrored", NULL, test_head_sees_mirrored);
  ADD ("/trainer/two-stages", NULL, test_two_stages);
  ADD ("/trainer/disjoint", disjoint, test_disjoint);
  ADD ("/trainer/early-stop", NULL, test_early_stop);
#undef ADD
  return g_test_run ();
}
