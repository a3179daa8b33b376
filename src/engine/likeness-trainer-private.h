/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <pthread.h>

#include "likeness-checkpoint.h"
#include "likeness-embeddings.h"
#include "likeness-enlarger.h"
#include "likeness-run-log.h"
#include "likeness-trainer.h"
#include "likeness-verdict.h"

G_BEGIN_DECLS

struct _LikenessTrainer
{
  /* Owned; not changed after the start */
  LikenessTrainerJob *job;
  LikenessFeed *feed;
  GCancellable *cancellable;
  GThread *thread;

  /* What is asked for; ThreadSanitizer sees through a pthread mutex alone */
  pthread_mutex_t mutex;
  pthread_cond_t condition;
  gboolean pause;
  gboolean stop;

  /* Written by the worker before FAILED is pushed */
  GError *error;

  /* The worker's own from here on */
  int lock; /* on the run's folder; -1: none */
  LikenessRunLog *log;
  gboolean made_folder; /* by this trainer */
  double time_before;   /* of the run's earlier sittings */
  gint64 started;
  gint64 paused; /* microseconds spent in pauses */

  const LikenessTorch *torch;
  const LikenessVariant *variant;
  LikenessNet *net;
  LikenessMeasure *measure;
  LikenessEmbeddings *untouched;  /* by the network that the run began with */
  float *frozen;                  /* embedded train faces, for stage 1: a row each, or
                                   * where they are augmented a mirrored one after it */
  LikenessCheckpoint *checkpoint; /* NULL: nothing to go on from */
  char **subject_names;           /* of the classes, UTF-8 */
  char *device;                   /* for people */
  int cuda_device;
  double measure_seconds; /* the last measurement's */
  double told;            /* when the last BATCH event went out; -1: never */
  int path;               /* LikenessPath that was told last; -1: none */

  gboolean has_baseline;
  LikenessMetrics baseline;
  GArray *epochs; /* LikenessMetrics of epochs 1, 2, ... */
  guint best_epoch;
  guint rested; /* the epoch after which it was over, and then went on all the same */
  LikenessVerdict verdict;
};

/** Seconds of the run, pauses left out. */
double likeness_trainer_get_time (LikenessTrainer *self);

/** Completes @event (transfer full) with what every event tells, logs and pushes it. */
gboolean
likeness_trainer_emit (LikenessTrainer *self, LikenessEvent *event, GError **error);

/** A STAGE event with the translated @text. */
gboolean
likeness_trainer_emit_stage (LikenessTrainer *self, const char *text, GError **error);

/** Between two steps: waits where a pause is asked for; %G_IO_ERROR_CANCELLED on stop. */
gboolean likeness_trainer_check (LikenessTrainer *self, guint epoch, GError **error);

/** Whether steps in bfloat16 are so much faster than those in float32 that its rounding
 * is worth it: by a tenth. */
gboolean likeness_trainer_is_bfloat16_worth_it (double float32_seconds,
                                                double bfloat16_seconds);

/** Where the config leaves the precision open: float32, or bfloat16 where a short trial
 * shows it to be clearly faster. A trial that fails decides for float32. */
gboolean likeness_trainer_choose_precision (LikenessTrainer *self, GError **error);

/** Opens what the run needs and measures the untouched network. */
gboolean likeness_trainer_prepare (LikenessTrainer *self, GError **error);

/** Whether metrics @a are those of a better network than @b's. */
gboolean likeness_trainer_is_better (const LikenessMetrics *a, const LikenessMetrics *b);

/** Whether the epochs that were learnt are enough, as no better one has come for long. */
gboolean likeness_trainer_is_to_stop_early (const LikenessTrainer *self);

/** All epochs after @epoch. */
gboolean likeness_trainer_learn (LikenessTrainer *self, guint epoch, GError **error);

/** Writes last.pt, best.pt where @best, and the epoch's own where the config keeps some:
 * each under another name first. */
gboolean likeness_trainer_save (LikenessTrainer *self,
                                guint stage,
                                guint epoch,
                                const LikenessMetrics *metrics,
                                gboolean best,
                                GError **error);

/** Reads last.pt and the log of the run that is resumed. */
gboolean likeness_trainer_restore (LikenessTrainer *self, GError **error);

/** Epochs that the run has in all. */
guint likeness_trainer_count_epochs (const LikenessTrainer *self);

G_END_DECLS
