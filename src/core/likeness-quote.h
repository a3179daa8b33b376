/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * likeness_quote:
 * @text: a name out of somebody's file; any bytes
 *
 * Returns: (transfer full): what a message may show of it: UTF-8, at most 100 characters,
 *   none of which moves a terminal's cursor
 */
char *likeness_quote (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
