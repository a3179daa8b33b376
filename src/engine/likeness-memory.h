/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * likeness_memory_get_free:
 * @root: where /proc and /sys are found: "/", or a test's own tree
 *
 * What this process can have without swapping and without being killed for it: the least
 * of what the system has available, what the control groups it is in have left (a
 * container's limit; versions 1 and 2), and what is left of its address space
 * (ulimit -v).
 *
 * Returns: bytes, at least 1; 0 where the system does not say
 */
double likeness_memory_get_free (const char *root);

/** Bytes of main memory in all; 0 where the system does not say. */
double likeness_memory_get_total (const char *root);

G_END_DECLS
