/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

#include "likeness-run-chart.h"

G_BEGIN_DECLS

/**
 * likeness_chart_export:
 * @path: ends in .png, .svg, .pdf or .csv, which says what is written; an existing file
 *   is replaced
 *
 * Writes one chart as a picture on white, or its points as a table: one line a point, in
 * the C locale.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_USAGE for another ending, or
 *   %LIKENESS_ERROR_NOT_WRITABLE
 */
gboolean likeness_chart_export (LikenessRunChart *chart,
                                LikenessRunChartKind kind,
                                const char *path,
                                GError **error);

G_END_DECLS
