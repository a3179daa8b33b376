/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessProgressView:
 *
 * What a long job does: its stage in words, a bar, how far and how long still, and
 * Cancel. It polls the job's #LikenessProgress while it is mapped.
 */
#define LIKENESS_TYPE_PROGRESS_VIEW (likeness_progress_view_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessProgressView, likeness_progress_view, LIKENESS, PROGRESS_VIEW, AdwBin)

/**
 * likeness_progress_view_show:
 * @progress: (nullable): %NULL lets go of the job
 * @cancellable: (nullable): cancelled by the button; without one there is no button
 */
void likeness_progress_view_show (LikenessProgressView *self,
                                  LikenessProgress *progress,
                                  GCancellable *cancellable);

G_END_DECLS
