/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-cli.h"
#include "likeness-trainer.h"

G_BEGIN_DECLS

/**
 * LikenessCliTrainLog:
 *
 * What `train` prints while a run goes on: for people one line an epoch on standard
 * output and the rest on standard error; with --json the lines of `events.jsonl`.
 */
typedef struct _LikenessCliTrainLog LikenessCliTrainLog;

LikenessCliTrainLog *
likeness_cli_train_log_new (LikenessCli *cli) G_GNUC_WARN_UNUSED_RESULT;
/** @job: the run's faces; read only, and only until the trainer has it. */
void likeness_cli_train_log_begin (LikenessCliTrainLog *self,
                                   const LikenessTrainerJob *job);
void likeness_cli_train_log_add (LikenessCliTrainLog *self, const LikenessEvent *event);
void likeness_cli_train_log_free (LikenessCliTrainLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessCliTrainLog, likeness_cli_train_log_free)

G_END_DECLS
