/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-readout-painter.h"

#include <glib/gi18n.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "likeness-format.h"

#define RADIUS 6.0

static void
set_color (cairo_t *cr, guint32 color, double alpha)
{
  cairo_set_source_rgba (cr, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0,
                         (color & 0xff) / 255.0, alpha);
}

static void
trace_box (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - RADIUS, y + RADIUS, RADIUS, -G_PI / 2, 0);
  cairo_arc (cr, x + width - RADIUS, y + height - RADIUS, RADIUS, 0, G_PI / 2);
  cairo_arc (cr, x + RADIUS, y + height - RADIUS, RADIUS, G_PI / 2, G_PI);
  cairo_arc (cr, x + RADIUS, y + RADIUS, RADIUS, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_place (cairo_t *cr,
            const LikenessChart *chart,
            const LikenessChartReadout *readout,
            const LikenessChartStyle *style,
            const LikenessChartFrame *frame,
            double at)
{
  set_color (cr, style->foreground, 0.5);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (at) + 0.5, frame->y);
  cairo_line_to (cr, floor (at) + 0.5, frame->y + frame->height);
  cairo_stroke (cr);
  for (guint i = 0; i < readout->n_lines; i++)
    {
      const LikenessReadoutLine *line = &readout->lines[i];
      double share = (line->y - frame->y_low) / (frame->y_high - frame->y_low);

      if (line->curve->series == NULL || line->curve->thin)
        continue;
      cairo_arc (cr, at, frame->y + frame->height * (1 - share), 4.5, 0, 2 * G_PI);
      set_color (cr, style->background, 1);
      cairo_fill_preserve (cr);
      set_color (cr, line->curve->color, 1);
      cairo_set_line_width (cr, 2);
      cairo_stroke (cr);
    }
}

/* A curve's own value, then in the same row what it was before any training. */
static char *
format_lines (const LikenessChartReadout *readout)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *place = NULL;

  if (readout->x == floor (readout->x))
    place = readout->x == 0 ? g_strdup (_ ("Before training"))
                            : g_strdup_printf (_ ("Epoch %.0f"), readout->x);
  else
    place = g_strdup_printf (_ ("Epoch %.2f"), readout->x);
  g_string_append_printf (text, "<b>%s</b>", place);
  for (guint i = 0; i < readout->n_lines; i++)
    {
      const LikenessReadoutLine *line = &readout->lines[i];
      g_autofree char *value = likeness_format_score (line->y);
      g_autofree char *label = g_markup_escape_text (line->curve->label, -1);

      g_string_append_printf (text, "\n<span color=\"#%06x\">%s</span>  %s  %s",
                              line->curve->color, line->curve->dashed ? "┄" : "━", value,
                              label);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
draw_table (cairo_t *cr,
            const LikenessChartReadout *readout,
            const LikenessChartStyle *style,
            const LikenessChartFrame *frame,
            double at)
{
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  g_autofree char *text = format_lines (readout);
  double pad = style->font_size * 0.6;
  double x;
  int width, height;

  pango_font_description_set_absolute_size (font, style->font_size * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_markup (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  x = at + 10;
  if (x + width + 2 * pad > frame->x + frame->width)
    x = at - 10 - width - 2 * pad;
  x = round (MAX (x, 2));

  trace_box (cr, x + 0.5, frame->y + 4.5, width + 2 * pad, height + 2 * pad);
  set_color (cr, style->background, 0.94);
  cairo_fill_preserve (cr);
  set_color (cr, style->foreground, 0.25);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  set_color (cr, style->foreground, 1);
  cairo_move_to (cr, round (x + pad), round (frame->y + 4 + pad));
  pango_cairo_show_layout (cr, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
}

void
likeness_readout_paint (cairo_t *cr,
                        const LikenessChart *chart,
                        const LikenessChartReadout *readout,
                        const LikenessChartStyle *style,
                        const LikenessChartFrame *frame)
{
  double range = chart->x_high - chart->x_low;
  double at = frame->x + (readout->x - chart->x_low) / range * frame->width;

  draw_place (cr, chart, readout, style, frame, at);
  draw_table (cr, readout, style, frame, at);
}
