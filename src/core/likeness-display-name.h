/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * likeness_display_name:
 * @name: a file or subject name as it stands on disk: any bytes but NUL
 *
 * Makes a name fit to be shown on one line: bytes that are not UTF-8 and control
 * characters (a newline is legal in a file name) become U+FFFD.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *likeness_display_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
