/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-axis.h"
#include "likeness-chart-painter.h"

G_BEGIN_DECLS

/** The plot area in px and what its edges mean. */
typedef struct
{
  double x, y, width, height;
  double x_low, x_high;
  LikenessAxis y_axis;
} LikenessPlot;

/** Where @x, @y of the data lie, in px. */
double likeness_plot_place_x (const LikenessPlot *self, double x);
double likeness_plot_place_y (const LikenessPlot *self, double y);

/** Sets @color (0xRRGGBB) with @alpha as the source. */
void likeness_chart_set_color (cairo_t *cr, guint32 color, double alpha);

/**
 * likeness_chart_curve_paint:
 *
 * Draws one curve: its band, then its line, or its level. Few points are joined and
 * dotted; more points than pixels are drawn as one vertical extent a pixel column.
 */
void likeness_chart_curve_paint (cairo_t *cr,
                                 const LikenessPlot *plot,
                                 const LikenessCurve *curve);

G_END_DECLS
