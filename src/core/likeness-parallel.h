/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Does the items @begin to @end - 1; called from several threads at once. */
typedef void (*LikenessParallelFunc) (gsize begin, gsize end, gpointer data);

/**
 * likeness_parallel_for:
 * @n: items, in all
 * @chunk: items handed to a thread at a time, more than 0
 * @threads: at most so many, the calling one with them; 0: one a processor, 2 to 8
 * @func: called until every item is done or @cancellable is cancelled
 *
 * Spreads work over threads of its own and returns when it is done.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED where it was cancelled
 */
gboolean likeness_parallel_for (gsize n,
                                gsize chunk,
                                guint threads,
                                LikenessParallelFunc func,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
