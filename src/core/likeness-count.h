/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** 12345 as "12,345", whatever the locale: for the command line's fixed forms. (transfer
 * full) */
char *likeness_count_format (guint64 count) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
