/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * likeness_aligned_try_new0:
 * @type: of what an element is
 * @n: how many
 *
 * Zeros that begin where a line of the cache does, as the kernels' vectors and tiles then
 * do too: across two lines each would take twice as long.
 *
 * Returns: (nullable) (transfer full): free with free(); %NULL where there is no memory
 */
#define likeness_aligned_try_new0(type, n)                                               \
  ((type *)likeness_aligned_try_alloc0 ((n), sizeof (type)))
gpointer likeness_aligned_try_alloc0 (gsize n, gsize size) G_GNUC_WARN_UNUSED_RESULT;

/** The same, and the program ends where there is no memory, as with g_new0(). */
#define likeness_aligned_new0(type, n)                                                   \
  ((type *)likeness_aligned_alloc0 ((n), sizeof (type)))
gpointer likeness_aligned_alloc0 (gsize n, gsize size) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
