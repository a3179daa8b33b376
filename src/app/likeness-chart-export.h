/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-run-chart.h"

G_BEGIN_DECLS

/**
 * likeness_chart_export_async:
 * @chart: taken as it is now; it may grow on, or go
 * @path: ends in .png, .svg, .pdf or .csv, which says what is written; an existing file
 *   is replaced
 *
 * Writes one chart as a picture on white, or its points as a table: one line a point, in
 * the C locale. Drawn and written on a worker thread.
 */
void likeness_chart_export_async (const LikenessRunChart *chart,
                                  LikenessRunChartKind kind,
                                  const char *path,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/** %FALSE with %LIKENESS_ERROR_USAGE for another ending, or
 * %LIKENESS_ERROR_NOT_WRITABLE */
gboolean likeness_chart_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
