/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-outcome.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * likeness_outcome_loader_load_async:
 * @run: the run folder
 * @anew: judge the weights again, whatever was written before
 *
 * Reads what the run wrote about itself on a worker thread. Where its results are missing
 * or belong to other weights than its best ones, those are judged on its data, which
 * takes a while; @progress and @cancellable are for that.
 */
void likeness_outcome_loader_load_async (const char *run,
                                         gboolean anew,
                                         LikenessProgress *progress,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
/** (transfer full) */
LikenessOutcome *
likeness_outcome_loader_load_finish (GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
