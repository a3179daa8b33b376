/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-chart-readout.h"

G_BEGIN_DECLS

/**
 * likeness_readout_paint:
 * @frame: where likeness_chart_paint() has put the plot
 *
 * Draws, over a chart, a line at the readout's place, a dot on each curve and a small
 * table of the values.
 */
void likeness_readout_paint (cairo_t *cr,
                             const LikenessChart *chart,
                             const LikenessChartReadout *readout,
                             const LikenessChartStyle *style,
                             const LikenessChartFrame *frame);

G_END_DECLS
