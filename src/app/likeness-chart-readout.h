/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-chart-painter.h"

G_BEGIN_DECLS

#define LIKENESS_READOUT_MOST_LINES 12

/** One curve's value at a readout. */
typedef struct
{
  const LikenessCurve *curve; /* borrowed from the chart */
  double x;
  double y;
} LikenessReadoutLine;

/** What a chart says at one place. */
typedef struct
{
  double x;
  guint n_lines;
  LikenessReadoutLine lines[LIKENESS_READOUT_MOST_LINES];
} LikenessChartReadout;

/**
 * likeness_chart_readout_find:
 * @x: in the chart's units
 * @readout: (out caller-allocates)
 *
 * The points nearest to @x: of a thick curve where there is one, and then what every
 * other curve says within half an epoch of it. Pure.
 *
 * Returns: %FALSE where the chart has no point
 */
gboolean likeness_chart_readout_find (const LikenessChart *chart,
                                      double x,
                                      LikenessChartReadout *readout);

/**
 * likeness_chart_readout_step:
 * @x: where a readout stands; NaN: nowhere yet
 * @direction: 1: the next point to the right, -1: to the left
 *
 * Returns: the x of that point, @x where there is none
 */
double likeness_chart_readout_step (const LikenessChart *chart, double x, int direction);

G_END_DECLS
