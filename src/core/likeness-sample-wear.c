/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-parts.h"

#include <math.h>

/* One lens, around the current origin. */
static void
trace_lens (const LikenessSamplePen *pen, double width, double height, double corner)
{
  cairo_t *cr = pen->cr;
  double w = width - corner, h = height - corner;

  if (pen->person->glasses == LIKENESS_SAMPLE_GLASSES_ROUND)
    {
      likeness_sample_pen_ellipse (pen, 0.0, 0.0, width, width * 0.92);
      return;
    }
  cairo_new_path (cr);
  cairo_arc (cr, w, -h, corner, -G_PI / 2.0, 0.0);
  cairo_arc (cr, w * 0.9, h, corner, 0.0, G_PI / 2.0);
  cairo_arc (cr, -w * 0.9, h, corner, G_PI / 2.0, G_PI);
  cairo_arc (cr, -w, -h, corner, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

void
likeness_sample_draw_glasses (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  double size = p->glasses_size, width = MIN (p->eye_x - 2.2, 13.0 * size);
  double height = (p->glasses == LIKENESS_SAMPLE_GLASSES_HALF ? 7.6 : 9.0) * size;
  gboolean dark = pen->scene->sunglasses;
  double line = p->glasses == LIKENESS_SAMPLE_GLASSES_HALF ? 1.5 : 2.0;
  cairo_t *cr = pen->cr;

  if (!dark && (p->glasses == LIKENESS_SAMPLE_GLASSES_NONE || pen->scene->glasses_off))
    return;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int side = -1; side <= 1; side += 2)
    {
      /* The bow, from the lens to the ear. */
      cairo_new_path (cr);
      likeness_sample_pen_move (pen, side * (p->eye_x + width - 0.5), -1.5, 22.0);
      likeness_sample_pen_line (pen, side * (p->width + 0.5), 0.0, -4.0);
      cairo_set_line_width (cr, line);
      likeness_sample_colour_use (p->frame, cr, 0.95);
      cairo_stroke (cr);

      likeness_sample_pen_lean (pen, side * p->eye_x, 1.2, 4.0);
      cairo_scale (cr, side, 1.0);
      trace_lens (pen, width, height, 4.0 * size);
      if (dark)
        cairo_set_source_rgba (cr, 0.05, 0.05, 0.07, 0.90);
      else
        cairo_set_source_rgba (cr, 0.86, 0.93, 1.0, 0.10);
      cairo_fill_preserve (cr);
      if (p->glasses == LIKENESS_SAMPLE_GLASSES_HALF)
        {
          /* A rim above alone; the rest is a glint. */
          cairo_set_source_rgba (cr, 0.9, 0.95, 1.0, 0.35);
          cairo_set_line_width (cr, 0.7);
          cairo_stroke (cr);
          cairo_move_to (cr, -width, -height * 0.2);
          cairo_curve_to (cr, -width, -height * 1.2, width, -height * 1.2, width,
                          -height * 0.2);
          cairo_set_line_width (cr, line * 1.3);
        }
      else
        cairo_set_line_width (cr, line);
      likeness_sample_colour_use (p->frame, cr, 0.95);
      cairo_stroke (cr);
      cairo_restore (cr);
    }

  cairo_new_path (cr);
  likeness_sample_pen_move (pen, -p->eye_x + width, 0.0, 32.5);
  likeness_sample_pen_curve (pen, -1.0, -3.0, 1.0, -3.0, p->eye_x - width, 0.0, 33.5);
  cairo_set_line_width (cr, line);
  likeness_sample_colour_use (p->frame, cr, 0.95);
  cairo_stroke (cr);
}

/* A knitted cap down to the forehead. */
void
likeness_sample_draw_hat (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessSampleColour wool = pen->scene->hat_colour;
  LikenessSampleColour shade = likeness_sample_colour_shade (wool, -0.30);
  double w = p->width + 4.0, brim = p->hairline + 10.0, top = p->crown_y - 8.0;
  cairo_t *cr = pen->cr;

  if (!pen->scene->hat)
    return;

  cairo_new_path (cr);
  likeness_sample_pen_move (pen, -w, brim, -2.0);
  likeness_sample_pen_curve (pen, -w, top * 0.8, -w * 0.62, top, 0.0, top, -2.0);
  likeness_sample_pen_curve (pen, w * 0.62, top, w, top * 0.8, w, brim, -2.0);
  likeness_sample_pen_curve (pen, w * 0.6, brim + 3.0, -w * 0.6, brim + 3.0, -w, brim,
                             16.0);
  cairo_close_path (cr);
  likeness_sample_colour_use (wool, cr, 1.0);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  cairo_set_line_width (cr, 1.0);
  likeness_sample_colour_use (shade, cr, 0.45);
  for (int i = -6; i <= 6; i++)
    {
      cairo_new_path (cr);
      likeness_sample_pen_move (pen, i * 2.0, top, 0.0);
      likeness_sample_pen_curve (pen, i * w / 7.0, top * 0.9, i * w / 6.2, brim - 8.0,
                                 i * w / 6.4, brim + 3.0, 8.0);
      cairo_stroke (cr);
    }
  cairo_restore (cr);

  /* The turned-up edge. */
  cairo_new_path (cr);
  likeness_sample_pen_move (pen, -w - 1.0, brim + 1.0, -2.0);
  likeness_sample_pen_curve (pen, -w * 0.6, brim + 4.0, w * 0.6, brim + 4.0, w + 1.0,
                             brim + 1.0, 16.0);
  likeness_sample_pen_line (pen, w + 0.6, brim - 8.0, -2.0);
  likeness_sample_pen_curve (pen, w * 0.6, brim - 4.5, -w * 0.6, brim - 4.5, -w - 0.6,
                             brim - 8.0, 16.0);
  cairo_close_path (cr);
  likeness_sample_colour_use (likeness_sample_colour_shade (wool, -0.12), cr, 1.0);
  cairo_fill_preserve (cr);
  likeness_sample_colour_use (shade, cr, 0.5);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}
