/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <cairo.h>

#include "likeness-series.h"

G_BEGIN_DECLS

/** One curve of a chart. Borrowed. */
typedef struct
{
  const LikenessSeries *series; /* NULL with a finite level: a dashed horizontal line */
  double level;
  const LikenessSeries *band_low;  /* nullable: 95 % band */
  const LikenessSeries *band_high; /* nullable */
  const char *label;               /* for the legend, translated */
  guint32 color;                   /* 0xRRGGBB */
  gboolean dashed;
  gboolean thin; /* noise behind the others: a faint hair line without dots */
  gboolean hidden;
} LikenessCurve;

typedef struct
{
  const char *title;
  const char *x_label;
  double x_low, x_high; /* visible range */
  double y_low, y_high; /* of the data; rounded by the painter */
  const LikenessCurve *curves;
  guint n_curves;
  double mark_x; /* best epoch; NaN: none */
  const char *mark_label;
  const char *empty; /* said where there is no point yet */
} LikenessChart;

typedef struct
{
  guint32 foreground; /* 0xRRGGBB */
  guint32 background;
  double font_size; /* px */
  gboolean fill;    /* paint the background */
} LikenessChartStyle;

/** Where the plot's unit square lies, so that a hover layer can find its place. */
typedef struct
{
  double x, y, width, height;
  double y_low, y_high; /* after rounding */
} LikenessChartFrame;

/**
 * likeness_chart_paint:
 * @frame: (out) (optional)
 *
 * Draws a chart of @width x @height px: the one painter of the window, the report, PNG,
 * SVG and PDF.
 */
void likeness_chart_paint (cairo_t *cr,
                           const LikenessChart *chart,
                           const LikenessChartStyle *style,
                           double width,
                           double height,
                           LikenessChartFrame *frame);

G_END_DECLS
