/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-file-calls.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessStaging:
 *
 * A folder in the making: written as the hidden sibling `.NAME.likeness-XXXXXX` of its
 * target, and moved there in one step once it is complete. While it is written it is
 * locked, so that what a killed process left can be told from what a living one writes.
 */
typedef struct _LikenessStaging LikenessStaging;

/**
 * likeness_staging_resolve:
 * @target: a folder that may exist or not; its parent must
 *
 * Returns: (transfer full): the absolute path with all links followed, or %NULL with
 *   %LIKENESS_ERROR_NOT_FOUND (no parent), _NOT_A_FOLDER, _EXISTS (a dangling link) or
 * _BAD_TARGET
 */
char *likeness_staging_resolve (const char *target,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_staging_new:
 * @target: as likeness_staging_resolve() gives it
 * @replace: whether an existing target is replaced by likeness_staging_finish()
 *
 * First puts right what a killed process left of an earlier try at this target: a partial
 * folder is removed, an old target that was moved away is moved back. Then makes the
 * hidden folder.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_EXISTS, _NOT_A_FOLDER,
 *   _NOT_WRITABLE or _NO_SPACE
 */
LikenessStaging *likeness_staging_new (const char *target,
                                       gboolean replace,
                                       const LikenessFileCalls *calls,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The open hidden folder. */
int likeness_staging_get_folder (const LikenessStaging *self);

/**
 * likeness_staging_finish:
 *
 * Makes everything durable, moves the folder to its target in one step, and removes the
 * old target where it was replaced. After %FALSE the target is as it was.
 */
gboolean likeness_staging_finish (LikenessStaging *self,
                                  LikenessProgress *progress,
                                  GCancellable *cancellable,
                                  GError **error);

/** Seconds that likeness_staging_finish() waited for the disk. */
double likeness_staging_get_sync_seconds (const LikenessStaging *self);

/** Removes the hidden folder, unless it was finished, and frees @self. */
void likeness_staging_close (LikenessStaging *self, LikenessProgress *progress);

G_END_DECLS
