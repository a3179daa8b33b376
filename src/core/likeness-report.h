/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * likeness_report_write_html:
 * @run: a run folder with events; results, config and weights where they are there
 * @output: the file to write, replaced atomically
 *
 * One self-contained HTML file, well-formed XML too: what, data, settings, curves (SVG),
 * figures with n and interval, subjects worst first, failures with pictures, versions.
 * All text from files is escaped. What is missing beside the events is said in its place,
 * with the command that makes it. Blocks: call it on a worker.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_NOT_FOUND where @run is no run,
 *   %LIKENESS_ERROR_NOT_WRITABLE or %LIKENESS_ERROR_NO_SPACE for @output, or what
 *   likeness_run_log_read() gives
 */
gboolean likeness_report_write_html (const char *run,
                                     const char *output,
                                     GCancellable *cancellable,
                                     GError **error);

G_END_DECLS
