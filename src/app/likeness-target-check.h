/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-leftover.h"

G_BEGIN_DECLS

/** What stands in the way of a new folder at some place. */
typedef struct
{
  gboolean exists;
  guint64 free_bytes;   /* 0: not known */
  GPtrArray *leftovers; /* (element-type LikenessLeftover): beside it, of any target */
} LikenessTargetCheck;

void likeness_target_check_free (LikenessTargetCheck *self);

/**
 * likeness_target_check_async:
 * @target: path, bytes; the folders above it may not be there yet
 *
 * Looks on a worker thread.
 */
void likeness_target_check_async (const char *target,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/** (transfer full): or %NULL where it was cancelled. */
LikenessTargetCheck *likeness_target_check_finish (GAsyncResult *result, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_target_propose_async:
 * @root: of the source, absolute, bytes
 *
 * Looks for a free place on a worker thread: beside the source or, where nothing can be
 * written there, in the user's own data.
 */
void likeness_target_propose_async (const char *root,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/** (transfer full): or %NULL where it was cancelled. */
char *likeness_target_propose_finish (GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full): the first place of all, whether it is free or not. */
char *likeness_target_propose_first (const char *root) G_GNUC_WARN_UNUSED_RESULT;

/** Clears @leftovers away on a worker thread; the answer is a boolean. */
void likeness_target_check_clear_async (GPtrArray *leftovers,
                                        LikenessProgress *progress,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
gboolean likeness_target_check_clear_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessTargetCheck, likeness_target_check_free)

G_END_DECLS
