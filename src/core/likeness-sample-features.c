/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-parts.h"

#include <math.h>

void
likeness_sample_draw_nose (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  const LikenessSampleScene *s = pen->scene;
  LikenessSampleColour dark = likeness_sample_colour_shade (p->skin, -0.50);
  LikenessSampleColour bright = likeness_sample_colour_shade (p->skin, 0.45);
  double length = p->nose_length, half = p->nose_width, bridge = p->nose_bridge;
  double away = s->light_x + s->yaw * 2.0 > 0.0 ? -1.0 : 1.0;
  cairo_t *cr = pen->cr;

  /* The bridge's flank on the side away from the light. */
  cairo_new_path (cr);
  likeness_sample_pen_move (pen, away * bridge, -3.0, 30.0);
  likeness_sample_pen_curve (pen, away * bridge * 0.8, length * 0.4, away * bridge,
                             length * 0.6, away * half * 0.8, length - 3.0, 34.0);
  likeness_sample_pen_curve (pen, away * (half + 2.0), length * 0.7,
                             away * (bridge + 3.5), length * 0.4, away * (bridge + 3.5),
                             -2.0, 29.0);
  cairo_close_path (cr);
  likeness_sample_colour_use (dark, cr, 0.20 + 0.12 * s->light);
  cairo_fill (cr);

  likeness_sample_pen_lean (pen, 0.0, length, 6.0);
  likeness_sample_pen_glow (pen, 0.0, 1.8, half + 3.0, 4.2, dark, 0.42);
  likeness_sample_pen_glow (pen, 0.0, -2.6, half * 0.62, 4.0, bright, 0.45);
  /* Nostrils and wings. */
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int side = -1; side <= 1; side += 2)
    {
      cairo_save (cr);
      cairo_scale (cr, side, 1.0);
      likeness_sample_pen_ellipse (pen, half * 0.48, 0.9, half * 0.26, 1.05);
      likeness_sample_colour_use (likeness_sample_colour_shade (dark, -0.5), cr, 0.80);
      cairo_fill (cr);
      cairo_move_to (cr, half * 0.72, -4.2);
      cairo_curve_to (cr, half * 1.12, -3.6, half * 1.2, 0.4, half * 0.78, 1.2);
      cairo_set_line_width (cr, 1.0);
      likeness_sample_colour_use (dark, cr, 0.50);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
  cairo_restore (cr);

  likeness_sample_pen_lean (pen, 0.0, length * 0.45, 5.0);
  likeness_sample_pen_glow (pen, 0.0, 0.0, bridge * 0.9, length * 0.5, bright, 0.30);
  cairo_restore (cr);
}

/* The line where the lips meet, as one side of a path: @drop lowers its middle. */
static void
trace_lip (cairo_t *cr, double half, double corner, double drop)
{
  cairo_curve_to (cr, -half * 0.5, drop, half * 0.5, drop, half, corner);
}

static void
draw_teeth (const LikenessSamplePen *pen, double half, double corner, double drop)
{
  cairo_t *cr = pen->cr;

  cairo_new_path (cr);
  cairo_move_to (cr, -half, corner);
  trace_lip (cr, half, corner, corner * 0.2);
  cairo_curve_to (cr, half * 0.6, drop * 1.2, -half * 0.6, drop * 1.2, -half, corner);
  cairo_close_path (cr);
  cairo_set_source_rgb (cr, 0.23, 0.07, 0.07);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  likeness_sample_pen_ellipse (pen, 0.0, corner * 0.3, half * 0.86, drop * 0.46);
  cairo_set_source_rgb (cr, 0.95, 0.93, 0.90);
  cairo_fill (cr);
  cairo_restore (cr);
}

void
likeness_sample_draw_mouth (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  const LikenessSampleScene *s = pen->scene;
  LikenessSampleColour lower = likeness_sample_colour_shade (p->lips, 0.08);
  LikenessSampleColour seam = likeness_sample_colour_shade (p->lips, -0.62);
  LikenessSampleColour dark = likeness_sample_colour_shade (p->skin, -0.5);
  double half = p->mouth_width * (1.0 + 0.16 * s->smile);
  double corner = -2.6 * s->smile, drop = 0.8 + 1.6 * MAX (0.0, s->smile);
  double gap = s->open * (3.0 + 2.5 * MAX (0.0, s->smile));
  double up = p->upper_lip * (1.0 - 0.2 * s->smile), low = p->lower_lip;
  cairo_t *cr = pen->cr;

  likeness_sample_pen_lean (pen, 0.0, p->mouth_y, 1.0);
  likeness_sample_pen_glow (pen, 0.0, low + gap + 3.0, half * 0.7, 2.6, dark, 0.36);

  /* Upper lip with its bow. */
  cairo_new_path (cr);
  cairo_move_to (cr, -half, corner);
  cairo_curve_to (cr, -half * 0.55, -up * 0.9 + corner * 0.4, -half * 0.28, -up - 0.4,
                  -half * 0.14, -up);
  cairo_curve_to (cr, -half * 0.06, -up + 0.3, half * 0.06, -up + 0.3, half * 0.14, -up);
  cairo_curve_to (cr, half * 0.28, -up - 0.4, half * 0.55, -up * 0.9 + corner * 0.4, half,
                  corner);
  cairo_curve_to (cr, half * 0.5, drop, -half * 0.5, drop, -half, corner);
  cairo_close_path (cr);
  likeness_sample_colour_use (p->lips, cr, 0.94);
  cairo_fill (cr);

  /* Lower lip. */
  cairo_move_to (cr, -half, corner);
  trace_lip (cr, half, corner, drop + gap);
  cairo_curve_to (cr, half * 0.6, low * 1.2 + gap + 0.6, -half * 0.6,
                  low * 1.2 + gap + 0.6, -half, corner);
  cairo_close_path (cr);
  likeness_sample_colour_use (lower, cr, 0.94);
  cairo_fill (cr);
  likeness_sample_pen_glow (pen, 0.0, drop + gap + low * 0.42, half * 0.42, low * 0.34,
                            likeness_sample_colour_shade (p->lips, 0.55), 0.34);

  if (gap > 0.8)
    draw_teeth (pen, half * 0.93, corner + 0.2, drop + gap);
  cairo_new_path (cr);
  cairo_move_to (cr, -half - 0.6, corner - 0.2);
  trace_lip (cr, half + 0.6, corner - 0.2, drop);
  cairo_set_line_width (cr, 1.0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  likeness_sample_colour_use (seam, cr, 0.8);
  cairo_stroke (cr);
  cairo_restore (cr);
}
