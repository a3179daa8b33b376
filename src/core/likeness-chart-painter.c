/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-painter.h"

#include <math.h>
#include <pango/pangocairo.h>

#include "likeness-chart-curve.h"

/* Everything is measured in the font's size, so that large text keeps its room. */
#define GAP(painter) ((painter)->style->font_size * 0.5)
#define SWATCH(painter) ((painter)->style->font_size * 1.4)

typedef struct
{
  cairo_t *cr;
  const LikenessChart *chart;
  const LikenessChartStyle *style;
  double width, height;
  PangoLayout *layout;
  LikenessPlot plot;
  LikenessAxis x_axis;
} Painter;

typedef enum
{
  START,
  MIDDLE,
  END,
} Align;

static void
set_text (Painter *self, const char *text, gboolean bold)
{
  PangoFontDescription *font
      = pango_font_description_from_string (bold ? "Sans Bold" : "Sans");

  pango_font_description_set_absolute_size (font, self->style->font_size * PANGO_SCALE);
  pango_layout_set_font_description (self->layout, font);
  pango_layout_set_text (self->layout, text, -1);
  pango_font_description_free (font);
}

static double
measure_text (Painter *self, const char *text, gboolean bold)
{
  int width;

  set_text (self, text, bold);
  pango_layout_get_pixel_size (self->layout, &width, NULL);
  return width;
}

/* @y is the middle of the line. */
static void
draw_text (Painter *self,
           const char *text,
           gboolean bold,
           double x,
           double y,
           Align align,
           double alpha)
{
  int width;
  int height;

  set_text (self, text, bold);
  pango_layout_get_pixel_size (self->layout, &width, &height);
  if (align != START)
    x -= align == MIDDLE ? width / 2.0 : width;
  likeness_chart_set_color (self->cr, self->style->foreground, alpha);
  cairo_move_to (self->cr, round (x), round (y - height / 2.0));
  pango_cairo_show_layout (self->cr, self->layout);
}

/* Draws, or with @draw FALSE only measures, title and legend. Returns the height they
 * take. */
static double
lay_out_legend (Painter *self, gboolean draw)
{
  double line = self->style->font_size * 1.6;
  double x = GAP (self);
  double y = line / 2 + GAP (self) / 2;

  if (self->chart->title != NULL)
    {
      if (draw)
        draw_text (self, self->chart->title, TRUE, x, y, START, 1);
      x += measure_text (self, self->chart->title, TRUE) + 3 * GAP (self);
    }
  for (guint i = 0; i < self->chart->n_curves; i++)
    {
      const LikenessCurve *curve = &self->chart->curves[i];
      double width
          = SWATCH (self) + GAP (self) + measure_text (self, curve->label, FALSE);

      if (curve->hidden)
        continue;
      if (x + width > self->width - GAP (self) && x > GAP (self))
        {
          x = GAP (self);
          y += line;
        }
      if (draw)
        {
          static const double dashes[] = {5, 4};

          likeness_chart_set_color (self->cr, curve->color, 1);
          cairo_set_line_width (self->cr, curve->thin ? 1.2 : 2.5);
          cairo_set_dash (self->cr, dashes, curve->dashed ? 2 : 0, 0);
          cairo_move_to (self->cr, x, y);
          cairo_line_to (self->cr, x + SWATCH (self), y);
          cairo_stroke (self->cr);
          cairo_set_dash (self->cr, NULL, 0, 0);
          draw_text (self, curve->label, FALSE, x + SWATCH (self) + GAP (self), y, START,
                     0.85);
        }
      x += width + 2.5 * GAP (self);
    }
  return y + line / 2 + GAP (self) / 2;
}

static void
format_tick (char *text, gsize size, double value, const LikenessAxis *axis)
{
  char format[16];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (axis->decimals, 9));
  /* A rounded zero has no sign. */
  g_ascii_formatd (text, size, format, fabs (value) < axis->step / 2 ? 0.0 : value);
}

static guint
count_ticks (const LikenessAxis *axis)
{
  return (guint)round ((axis->high - axis->low) / axis->step) + 1;
}

static double
measure_y_labels (Painter *self)
{
  double widest = 0;

  for (guint i = 0; i < count_ticks (&self->plot.y_axis); i++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      format_tick (text, sizeof text, self->plot.y_axis.low + i * self->plot.y_axis.step,
                   &self->plot.y_axis);
      widest = MAX (widest, measure_text (self, text, FALSE));
    }
  return widest;
}

static void
lay_out (Painter *self)
{
  LikenessPlot *plot = &self->plot;
  double line = self->style->font_size * 1.6;
  double left;

  plot->y = lay_out_legend (self, FALSE) + GAP (self);
  plot->height = MAX (1, self->height - plot->y - 2 * line - GAP (self) / 2);
  plot->y_axis
      = likeness_axis_new (self->chart->y_low, self->chart->y_high,
                           CLAMP ((guint)(plot->height / (1.5 * line)) + 1, 2, 11));
  left = measure_y_labels (self) + 2.5 * GAP (self);
  plot->x = left;
  plot->width = MAX (1, self->width - left - 2 * GAP (self));
  self->x_axis = likeness_axis_new (self->chart->x_low, self->chart->x_high,
                                    CLAMP ((guint)(plot->width / (5 * line)) + 1, 2, 12));
  /* Epochs are whole: no tick stands between them. */
  if (self->x_axis.step < 1)
    self->x_axis = (LikenessAxis){self->chart->x_low, self->chart->x_high, 1, 0};
  plot->x_low = self->chart->x_low;
  plot->x_high = self->chart->x_high > self->chart->x_low ? self->chart->x_high
                                                          : self->chart->x_low + 1;
}

static void
stroke_hair (Painter *self, double x1, double y1, double x2, double y2, double alpha)
{
  likeness_chart_set_color (self->cr, self->style->foreground, alpha);
  cairo_set_line_width (self->cr, 1);
  cairo_move_to (self->cr, floor (x1) + 0.5, floor (y1) + 0.5);
  cairo_line_to (self->cr, floor (x2) + 0.5, floor (y2) + 0.5);
  cairo_stroke (self->cr);
}

static void
draw_axes (Painter *self)
{
  const LikenessPlot *plot = &self->plot;
  double line = self->style->font_size * 1.6;
  double bottom = plot->y + plot->height;
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < count_ticks (&plot->y_axis); i++)
    {
      double value = plot->y_axis.low + i * plot->y_axis.step;
      double y = likeness_plot_place_y (plot, value);

      stroke_hair (self, plot->x, y, plot->x + plot->width, y, i == 0 ? 0.35 : 0.12);
      format_tick (text, sizeof text, value, &plot->y_axis);
      draw_text (self, text, FALSE, plot->x - GAP (self), y, END, 0.7);
    }
  for (guint i = 0; i < count_ticks (&self->x_axis); i++)
    {
      double value = self->x_axis.low + i * self->x_axis.step;
      double x = likeness_plot_place_x (plot, value);

      if (value < plot->x_low || value > plot->x_high + 1e-9)
        continue;
      stroke_hair (self, x, bottom, x, bottom + 4, 0.35);
      format_tick (text, sizeof text, value, &self->x_axis);
      draw_text (self, text, FALSE, x, bottom + line * 0.6, MIDDLE, 0.7);
    }
  if (self->chart->x_label != NULL)
    draw_text (self, self->chart->x_label, FALSE, plot->x + plot->width / 2,
               bottom + line * 1.5, MIDDLE, 0.7);
}

static void
draw_mark (Painter *self)
{
  const LikenessPlot *plot = &self->plot;
  static const double dashes[] = {2, 3};
  double x = likeness_plot_place_x (plot, self->chart->mark_x);
  gboolean left = x > plot->x + plot->width * 0.7;

  cairo_set_dash (self->cr, dashes, G_N_ELEMENTS (dashes), 0);
  stroke_hair (self, x, plot->y, x, plot->y + plot->height, 0.6);
  cairo_set_dash (self->cr, NULL, 0, 0);
  if (self->chart->mark_label != NULL)
    draw_text (self, self->chart->mark_label, FALSE, x + (left ? -1 : 1) * GAP (self),
               plot->y + plot->height - self->style->font_size * 0.8, left ? END : START,
               0.8);
}

static void
draw_curves (Painter *self)
{
  const LikenessPlot *plot = &self->plot;

  cairo_save (self->cr);
  /* A little room, so that a line along an edge keeps its width. */
  cairo_rectangle (self->cr, plot->x - 4, plot->y - 4, plot->width + 8, plot->height + 8);
  cairo_clip (self->cr);
  for (guint i = 0; i < self->chart->n_curves; i++)
    if (!self->chart->curves[i].hidden)
      likeness_chart_curve_paint (self->cr, plot, &self->chart->curves[i]);
  cairo_restore (self->cr);
}

void
likeness_chart_paint (cairo_t *cr,
                      const LikenessChart *chart,
                      const LikenessChartStyle *style,
                      double width,
                      double height,
                      LikenessChartFrame *frame)
{
  Painter self
      = {.cr = cr, .chart = chart, .style = style, .width = width, .height = height};

  cairo_save (cr);
  self.layout = pango_cairo_create_layout (cr);
  if (style->fill)
    {
      likeness_chart_set_color (cr, style->background, 1);
      cairo_rectangle (cr, 0, 0, width, height);
      cairo_fill (cr);
    }
  lay_out (&self);
  lay_out_legend (&self, TRUE);
  draw_axes (&self);
  draw_curves (&self);
  if (isfinite (chart->mark_x))
    draw_mark (&self);
  /* Between two lines of the grid, not on one. */
  if (chart->n_curves == 0 && chart->empty != NULL)
    {
      const LikenessAxis *axis = &self.plot.y_axis;
      double middle = axis->low + axis->step * (count_ticks (axis) / 2 - 0.5);

      draw_text (&self, chart->empty, FALSE, self.plot.x + self.plot.width / 2,
                 likeness_plot_place_y (&self.plot, middle), MIDDLE, 0.6);
    }

  if (frame != NULL)
    *frame = (LikenessChartFrame){self.plot.x,          self.plot.y,
                                  self.plot.width,      self.plot.height,
                                  self.plot.y_axis.low, self.plot.y_axis.high};
  g_object_unref (self.layout);
  cairo_restore (cr);
}
