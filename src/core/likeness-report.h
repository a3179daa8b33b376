/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * likeness_report_write_html:
 * @run: a run folder with events and results
 * @output: the file to write, replaced atomically
 *
 * One self-contained HTML file: what, data, settings, curves (SVG), figures with n and
 * interval, subjects worst first, failures with pictures, versions. All text from files
 * is escaped.
 */
gboolean likeness_report_write_html (const char *run,
                                     const char *output,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
