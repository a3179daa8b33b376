/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * likeness_string_hash:
 * @string: a name out of somebody's file; any bytes
 *
 * For a #GHashTable in place of g_str_hash(), whose collisions can be written down: a
 * file of some megabytes would keep a table busy for hours. Differs from one process to
 * the next.
 */
guint likeness_string_hash (gconstpointer string);

G_END_DECLS
