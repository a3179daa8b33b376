/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-trainer.h"

G_BEGIN_DECLS

/** What a run needs before its trainer can start, made on a worker thread. */
typedef struct
{
  LikenessTrainerJob *job;
  GPtrArray *history; /* nullable: LikenessEvent, what a resumed run told before */
} LikenessTrainingRequest;

void likeness_training_request_free (LikenessTrainingRequest *self);

/**
 * likeness_training_request_new_async:
 * @config: (nullable): of a new run; copied
 * @run: (nullable): the run to go on with instead
 * @extend: with @run: epochs more
 * @device: (nullable): with @run: to go on with instead of its own
 *
 * Scans and freezes the faces, and reads the log of @run.
 */
void likeness_training_request_new_async (const LikenessRunConfig *config,
                                          const char *run,
                                          guint extend,
                                          const char *device,
                                          LikenessProgress *progress,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
LikenessTrainingRequest *
likeness_training_request_new_finish (GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessTrainingRequest, likeness_training_request_free)

G_END_DECLS
