/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face-list.h"
#include "likeness-feed.h"
#include "likeness-progress.h"
#include "likeness-run-config.h"
#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * LikenessTrainerJob:
 *
 * Everything a run needs, frozen: a deep copy of the config and lists of paths and
 * labels.
 */
typedef struct
{
  LikenessRunConfig *config;
  LikenessFaceList *train;
  LikenessFaceList *val;
  LikenessFaceList *strangers; /* nullable */
  guint n_left_out; /* subjects that were to be strangers and are in train or val */
  char *run;        /* the run folder; made by the trainer, must not exist */
  gboolean resume;  /* go on from last.pt of run */
  guint extend;     /* with resume: epochs more */
  const LikenessTorch *torch; /* the verbs to train by; NULL: libtorch's */
} LikenessTrainerJob;

/**
 * likeness_trainer_job_new:
 * @run: (nullable): the folder to write; %NULL: a new one in the default place
 *
 * Scans the folders that @config names (train_dir and val_dir, or data; the strangers of
 * 09) and freezes their faces. Blocks: call it on a worker.
 */
LikenessTrainerJob *likeness_trainer_job_new (const LikenessRunConfig *config,
                                              const char *run,
                                              LikenessProgress *progress,
                                              GCancellable *cancellable,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/**
 * likeness_trainer_job_new_resume:
 * @extend: epochs more
 * @device: (nullable): to train on from now on; %NULL: the one that the run was begun on
 * @trust_script: whether its super-resolution model is run although the user has not
 *   agreed to it before (likeness-script-trust.h)
 *
 * For --resume: reads config.json of @run and freezes the same faces again.
 */
LikenessTrainerJob *
likeness_trainer_job_new_resume (const char *run,
                                 guint extend,
                                 const char *device,
                                 gboolean trust_script,
                                 LikenessProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_trainer_job_free (LikenessTrainerJob *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessTrainerJob, likeness_trainer_job_free)

/**
 * likeness_trainer_resolve_config:
 * @pairs: whether what is shown is not the best image
 * @n_faces: of the train set; 0: not known yet
 *
 * Puts numbers where @config says "the default for these weights" and takes out what has
 * no meaning, as the trainer does when it starts. Twice is as once.
 */
void likeness_trainer_resolve_config (LikenessRunConfig *config,
                                      gboolean pairs,
                                      guint n_faces);

/**
 * LikenessTrainer:
 *
 * One run on its own named thread. The last event on the feed is always DONE, STOPPED or
 * FAILED; after it the thread only ends. That event names the run's folder, unless the
 * run ended before it had anything to keep: then there is no folder.
 */
typedef struct _LikenessTrainer LikenessTrainer;

/**
 * likeness_trainer_start:
 * @job: (transfer full)
 * @feed: gets every event
 *
 * Never fails: what goes wrong comes as a FAILED event with likeness_trainer_get_error().
 */
LikenessTrainer *likeness_trainer_start (LikenessTrainerJob *job,
                                         LikenessFeed *feed) G_GNUC_WARN_UNUSED_RESULT;
void likeness_trainer_pause (LikenessTrainer *self);
void likeness_trainer_continue (LikenessTrainer *self);
/** Asks to stop at the next step; what there is is kept (last.pt is written). */
void likeness_trainer_stop (LikenessTrainer *self);
gboolean likeness_trainer_get_paused (LikenessTrainer *self);
/** After FAILED, on the feed's thread: (transfer none) (nullable). */
const GError *likeness_trainer_get_error (LikenessTrainer *self);
/** Stops, waits for the thread and frees. After the last event this takes no time. */
void likeness_trainer_free (LikenessTrainer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessTrainer, likeness_trainer_free)

G_END_DECLS
