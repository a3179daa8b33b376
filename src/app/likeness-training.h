/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib-object.h>

#include "likeness-progress.h"
#include "likeness-run-chart.h"
#include "likeness-run-config.h"
#include "likeness-run-summary.h"
#include "likeness-training-state.h"

G_BEGIN_DECLS

/**
 * LikenessTraining:
 *
 * The run of one window: freezes the faces on a worker thread, starts the trainer, and
 * keeps on the main thread what there is to show of it. It stays alive until its trainer
 * has ended, whoever lets go of it.
 *
 * Property: "state". Signals: "changed" after every step of news, "ended" once a run has
 * finished, was stopped or has failed.
 */
#define LIKENESS_TYPE_TRAINING (likeness_training_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTraining, likeness_training, LIKENESS, TRAINING, GObject)

LikenessTraining *likeness_training_new (void) G_GNUC_WARN_UNUSED_RESULT;

LikenessTrainingState likeness_training_get_state (LikenessTraining *self);
/** Whether a run is under way, paused or not. */
gboolean likeness_training_get_active (LikenessTraining *self);
/** (transfer none) (nullable): the sentence of the preparation that goes on. */
const char *likeness_training_get_stage (LikenessTraining *self);
/** (transfer none) (nullable): while the folder is read. */
LikenessProgress *likeness_training_get_progress (LikenessTraining *self);
/** (transfer none) (nullable): the last BATCH or EPOCH event. */
const LikenessEvent *likeness_training_get_event (LikenessTraining *self);
/** (transfer none): where the run stands; empty before one, and good until the next news.
 */
const LikenessRunSummary *likeness_training_get_summary (LikenessTraining *self);
/** (transfer none) (nullable): after FAILED. */
const GError *likeness_training_get_error (LikenessTraining *self);
/** (transfer none) (nullable): what is or was trained, as it was asked for. */
const LikenessRunConfig *likeness_training_get_config (LikenessTraining *self);
/** (transfer none) (nullable): the run folder; %NULL until the trainer has made it. */
const char *likeness_training_get_run (LikenessTraining *self);
/** (transfer none): the curves; grows until the next start. */
LikenessRunChart *likeness_training_get_chart (LikenessTraining *self);

/** Begins a new run. Only while none is active. */
void likeness_training_start (LikenessTraining *self, const LikenessRunConfig *config);
/**
 * likeness_training_resume:
 * @run: a run folder
 * @extend: epochs more than it was to have
 *
 * Goes on where @run ended; its curves come back from its log.
 */
void likeness_training_resume (LikenessTraining *self, const char *run, guint extend);
/** Goes on, as it was asked to last, with the run that has ended: on the processor from
 * now on. Only where likeness_training_get_run() names one. */
void likeness_training_resume_on_cpu (LikenessTraining *self);
void likeness_training_pause (LikenessTraining *self);
void likeness_training_continue (LikenessTraining *self);
/** Asks to stop at the next step; what there is is kept. */
void likeness_training_stop (LikenessTraining *self);
/** Forgets a run that has ended: idle again. */
void likeness_training_clear (LikenessTraining *self);

G_END_DECLS
