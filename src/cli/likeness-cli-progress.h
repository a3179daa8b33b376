/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessCliProgress:
 *
 * Shows a progress on standard error while the main loop runs: a bar with rate and time
 * left on a terminal, a line every few seconds otherwise.
 */
typedef struct _LikenessCliProgress LikenessCliProgress;

LikenessCliProgress *
likeness_cli_progress_new (LikenessProgress *progress) G_GNUC_WARN_UNUSED_RESULT;
/** Takes the bar away until it is drawn again, so that a line can be printed. */
void likeness_cli_progress_hide (LikenessCliProgress *self);
/** Clears the bar. */
void likeness_cli_progress_free (LikenessCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessCliProgress, likeness_cli_progress_free)

G_END_DECLS
