/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-curve.h"

#include <math.h>

#define LINE_WIDTH 2.0
#define BAND_ALPHA 0.13
/* Up to so many points each one gets a dot: a single epoch is to be seen. */
#define MOST_DOTS 40

double
likeness_plot_place_x (const LikenessPlot *self, double x)
{
  return self->x + (x - self->x_low) / (self->x_high - self->x_low) * self->width;
}

double
likeness_plot_place_y (const LikenessPlot *self, double y)
{
  return self->y + (1 - likeness_axis_place (&self->y_axis, y)) * self->height;
}

void
likeness_chart_set_color (cairo_t *cr, guint32 color, double alpha)
{
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0,
                         (color & 0xff) / 255.0, alpha);
}

static double
get_x (const LikenessSeries *series, guint i)
{
  return g_array_index (series->x, double, i);
}

static double
get_y (const LikenessSeries *series, guint i)
{
  return g_array_index (series->y, double, i);
}

/* One stretch of the band without a gap: there along the low edge, back along the high
 * one. */
static void
fill_band (cairo_t *cr,
           const LikenessPlot *plot,
           const LikenessCurve *curve,
           guint from,
           guint to)
{
  const LikenessSeries *low = curve->band_low;
  const LikenessSeries *high = curve->band_high;

  cairo_new_path (cr);
  for (guint i = from; i < to; i++)
    cairo_line_to (cr, likeness_plot_place_x (plot, get_x (low, i)),
                   likeness_plot_place_y (plot, get_y (low, i)));
  for (guint i = to; i > from; i--)
    cairo_line_to (cr, likeness_plot_place_x (plot, get_x (high, i - 1)),
                   likeness_plot_place_y (plot, get_y (high, i - 1)));
  cairo_close_path (cr);
  cairo_fill (cr);
}

static void
paint_band (cairo_t *cr, const LikenessPlot *plot, const LikenessCurve *curve)
{
  guint n = MIN (likeness_series_get_n_points (curve->band_low),
                 likeness_series_get_n_points (curve->band_high));
  guint from = 0;

  likeness_chart_set_color (cr, curve->color, BAND_ALPHA);
  for (guint i = 0; i <= n; i++)
    {
      gboolean gap = i == n || !isfinite (get_y (curve->band_low, i))
                     || !isfinite (get_y (curve->band_high, i));

      if (gap && i - from >= 2)
        fill_band (cr, plot, curve, from, i);
      if (gap)
        from = i + 1;
    }
}

static void
trace_points (cairo_t *cr, const LikenessPlot *plot, const LikenessSeries *series)
{
  gboolean gap = TRUE;

  for (guint i = 0; i < likeness_series_get_n_points (series); i++)
    {
      double x = likeness_plot_place_x (plot, get_x (series, i));
      double y = likeness_plot_place_y (plot, get_y (series, i));

      if (isfinite (y))
        (gap ? cairo_move_to : cairo_line_to) (cr, x, y);
      gap = !isfinite (y);
    }
}

static void
trace_columns (cairo_t *cr, const LikenessPlot *plot, const LikenessSeries *series)
{
  guint n = MAX (1, (guint)plot->width);
  g_autofree LikenessColumn *columns = g_new (LikenessColumn, n);

  likeness_series_reduce (series, plot->x_low, plot->x_high, columns, n);
  for (guint i = 0; i < n; i++)
    {
      const LikenessColumn *column = &columns[i];
      double x = plot->x + (i + 0.5) * plot->width / n;

      if (isnan (column->low))
        continue;
      cairo_line_to (cr, x, likeness_plot_place_y (plot, column->first));
      cairo_line_to (cr, x, likeness_plot_place_y (plot, column->low));
      cairo_line_to (cr, x, likeness_plot_place_y (plot, column->high));
      cairo_line_to (cr, x, likeness_plot_place_y (plot, column->last));
    }
}

static void
paint_dots (cairo_t *cr, const LikenessPlot *plot, const LikenessSeries *series)
{
  for (guint i = 0; i < likeness_series_get_n_points (series); i++)
    if (isfinite (get_y (series, i)))
      {
        cairo_new_sub_path (cr);
        cairo_arc (cr, likeness_plot_place_x (plot, get_x (series, i)),
                   likeness_plot_place_y (plot, get_y (series, i)), LINE_WIDTH * 1.4, 0,
                   2 * G_PI);
      }
  cairo_fill (cr);
}

static void
paint_level (cairo_t *cr, const LikenessPlot *plot, const LikenessCurve *curve)
{
  double y = likeness_plot_place_y (plot, curve->level);

  cairo_move_to (cr, plot->x, y);
  cairo_line_to (cr, plot->x + plot->width, y);
  cairo_stroke (cr);
}

void
likeness_chart_curve_paint (cairo_t *cr,
                            const LikenessPlot *plot,
                            const LikenessCurve *curve)
{
  static const double dashes[] = {5, 4};
  guint n = curve->series != NULL ? likeness_series_get_n_points (curve->series) : 0;

  cairo_save (cr);
  if (curve->band_low != NULL && curve->band_high != NULL)
    paint_band (cr, plot, curve);

  likeness_chart_set_color (cr, curve->color,
                            curve->thin     ? 0.55
                            : curve->dashed ? 0.75
                                            : 1);
  cairo_set_line_width (cr, curve->thin     ? LINE_WIDTH * 0.5
                            : curve->dashed ? LINE_WIDTH * 0.75
                                            : LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, curve->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dashes, curve->dashed ? G_N_ELEMENTS (dashes) : 0, 0);

  if (curve->series == NULL)
    paint_level (cr, plot, curve);
  else
    {
      cairo_new_path (cr);
      if (n > plot->width)
        trace_columns (cr, plot, curve->series);
      else
        trace_points (cr, plot, curve->series);
      cairo_stroke (cr);
      /* A lone point is all there is to see, however faint. */
      if (n == 1 || (n <= MOST_DOTS && !curve->thin))
        paint_dots (cr, plot, curve->series);
    }
  cairo_restore (cr);
}
