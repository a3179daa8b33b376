/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines of a table (RFC 4180): UTF-8, C locale, ended by the caller with a newline. */

/** Appends a field, after a comma where the line has one already; bytes that are no text
 * are escaped as in JSON (likeness_json_escape()), %NULL is empty. */
void likeness_csv_append_bytes (GString *lines, const char *bytes);
/** Appends a comma and a number with full precision; one that means nothing is empty. */
void likeness_csv_append_number (GString *lines, double value);

/**
 * likeness_csv_save:
 *
 * Writes @lines to the file @name in the folder @directory, which is made where it is
 * missing.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_NOT_WRITABLE
 */
gboolean likeness_csv_save (const GString *lines,
                            const char *directory,
                            const char *name,
                            GError **error);

G_END_DECLS
