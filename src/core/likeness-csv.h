/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table of comma-separated values (RFC 4180), grown field by field; the writer ends
 * each line itself. */

/** A name from the disk, through likeness_json_escape(); quoted where it must be. %NULL
 * is an empty field. */
void likeness_csv_add_bytes (GString *lines, const char *bytes);

/** The shortest text that reads back as the same double; what is not finite is an empty
 * field. */
void likeness_csv_add_number (GString *lines, double value);

/** Replaces the file in one step; %LIKENESS_ERROR_NOT_WRITABLE names it. */
gboolean likeness_csv_save (const GString *lines, const char *path, GError **error);
/** The same as @name in the folder @directory, which is made where it is missing. */
gboolean likeness_csv_save_in (const GString *lines,
                               const char *directory,
                               const char *name,
                               GError **error);

G_END_DECLS
