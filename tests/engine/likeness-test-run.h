/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-event.h"
#include "likeness-trainer.h"

G_BEGIN_DECLS

/**
 * likeness_test_run_draw:
 * @folder: (transfer none): made below the test's tree
 * @disjoint: whether val has other subjects than train
 *
 * A paired data set small enough to learn in seconds: coloured squares that tell four
 * subjects apart, 6 train and 2 val faces each, and two strangers with 3 in test.
 */
void likeness_test_run_draw (const char *folder, gboolean disjoint);

/** One thread, float32, from scratch, @epochs of all layers, batches of 8. (transfer
 * full) */
LikenessRunConfig *likeness_test_run_make_config (const char *data,
                                                  guint epochs) G_GNUC_WARN_UNUSED_RESULT;

/** A tree with that data set in it, and where a run is to go. */
typedef struct
{
  char *root;
  char *data;
  char *run;
} LikenessTestRun;

/** As g_test_add() wants them; @disjoint: whether val has other subjects. */
void likeness_test_run_set_up (LikenessTestRun *self, gconstpointer disjoint);
void likeness_test_run_tear_down (LikenessTestRun *self, gconstpointer disjoint);

/** What a test does when an event comes; @trainer is the running one. */
typedef void (*LikenessTestRunFunc) (LikenessTrainer *trainer,
                                     const LikenessEvent *event,
                                     gpointer user_data);

/**
 * likeness_test_run_wait:
 * @job: (transfer full)
 * @func: (nullable)
 *
 * Trains until the last event.
 *
 * Returns: (transfer full) (element-type LikenessEvent): every event, in order
 */
GPtrArray *likeness_test_run_wait (LikenessTrainerJob *job,
                                   LikenessTestRunFunc func,
                                   gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

/** The same for a new run of @config in @run. */
GPtrArray *likeness_test_run_train (const LikenessRunConfig *config,
                                    const char *run,
                                    LikenessTestRunFunc func,
                                    gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;

/** The same for a run that was stopped, @extend epochs longer. */
GPtrArray *likeness_test_run_resume (const char *run,
                                     guint extend) G_GNUC_WARN_UNUSED_RESULT;

/** Both by the verbs of @torch. */
GPtrArray *likeness_test_run_train_by (const LikenessTorch *torch,
                                       const LikenessRunConfig *config,
                                       const char *run) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *likeness_test_run_resume_by (const LikenessTorch *torch,
                                        const char *run,
                                        guint extend) G_GNUC_WARN_UNUSED_RESULT;

/** A LikenessTestRunFunc: stops in the first batch told of the epoch @user_data (a guint)
 * points to. */
void likeness_test_run_stop_cb (LikenessTrainer *trainer,
                                const LikenessEvent *event,
                                gpointer user_data);

/** The @n-th event of @type (from 0), or %NULL. */
const LikenessEvent *
likeness_test_run_find (GPtrArray *events, LikenessEventType type, guint n);

/** How many events are of @type. */
guint likeness_test_run_count (GPtrArray *events, LikenessEventType type);

/** All digits of @metrics as text. (transfer full) */
char *likeness_test_run_print (const LikenessMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT;
/** That every digit is the same. */
void likeness_test_run_assert_same (const LikenessMetrics *a, const LikenessMetrics *b);
/** Whether the run folder @run has a file @name. */
void likeness_test_run_assert_file (const char *run, const char *name, gboolean exists);

/** The last event of a run. */
const LikenessEvent *likeness_test_run_get_last (GPtrArray *events);
/** That the last event is of @type; a failure nobody expected is told. */
void likeness_test_run_assert_ended (GPtrArray *events, LikenessEventType type);

G_END_DECLS
