/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-parts.h"

#include <math.h>

/* The opening between the lids; drawn for a right-hand eye, mirrored for the other. */
static void
trace_lids (cairo_t *cr, double width, double up, double down)
{
  cairo_new_path (cr);
  cairo_move_to (cr, -width, 0.5);
  cairo_curve_to (cr, -width * 0.55, -up * 1.35, width * 0.45, -up * 1.45, width, -0.4);
  cairo_curve_to (cr, width * 0.5, down * 1.3, -width * 0.5, down * 1.35, -width, 0.5);
  cairo_close_path (cr);
}

static void
draw_ball (const LikenessSamplePen *pen, double open, int side)
{
  const LikenessSamplePerson *p = pen->person;
  const LikenessSampleScene *s = pen->scene;
  cairo_t *cr = pen->cr;
  LikenessSampleColour white = likeness_sample_colour_mix (
      likeness_sample_colour_from_rgb (0xf2efea), p->skin, 0.12);
  LikenessSampleColour rim = likeness_sample_colour_shade (p->iris, -0.55);
  double iris = MIN (3.5, p->eye_width * 0.5);
  double x = side * s->gaze_x, y = -0.3 + s->gaze_y;

  cairo_save (cr);
  cairo_clip (cr);
  likeness_sample_colour_use (white, cr, 1.0);
  cairo_paint (cr);
  likeness_sample_pen_ellipse (pen, x, y, iris, iris);
  likeness_sample_colour_use (rim, cr, 1.0);
  cairo_fill (cr);
  likeness_sample_pen_ellipse (pen, x, y + 0.2, iris * 0.82, iris * 0.82);
  likeness_sample_colour_use (p->iris, cr, 1.0);
  cairo_fill (cr);
  likeness_sample_pen_ellipse (pen, x, y, iris * 0.46, iris * 0.46);
  cairo_set_source_rgb (cr, 0.04, 0.03, 0.03);
  cairo_fill (cr);
  /* The upper lid's shadow on the ball, and the lamp's reflection. */
  likeness_sample_pen_glow (pen, 0.0, -open * 1.15, p->eye_width, open * 0.9,
                            likeness_sample_colour_from_rgb (0x1b0f0c), 0.55);
  likeness_sample_pen_ellipse (pen, x + side * s->light_x * 1.2, y - 1.1, 0.8, 0.8);
  cairo_set_source_rgba (cr, 1.0, 1.0, 1.0, 0.85);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_eye (const LikenessSamplePen *pen, int side)
{
  const LikenessSamplePerson *p = pen->person;
  const LikenessSampleScene *s = pen->scene;
  LikenessSampleColour lash = likeness_sample_colour_shade (
      likeness_sample_colour_mix (p->hair_colour,
                                  likeness_sample_colour_from_rgb (0x1a0f0c), 0.75),
      -0.2);
  LikenessSampleColour deep = likeness_sample_colour_shade (p->skin, -0.55);
  double squeeze = 1.0 - 0.18 * MAX (0.0, s->smile);
  double up = p->eye_height * s->lids * squeeze, down = p->eye_height * 0.62 * squeeze;
  cairo_t *cr = pen->cr;

  if (s->lids < 0.5)
    down *= 0.6;
  likeness_sample_pen_lean (pen, side * p->eye_x, 0.0, -1.5);
  cairo_scale (cr, side, 1.0);
  likeness_sample_pen_glow (pen, -1.5, -3.0, p->eye_width + 6.0, p->eye_height + 5.0,
                            deep, p->socket + 0.12);
  likeness_sample_pen_glow (pen, -1.0, down + 1.8, p->eye_width, 3.0, deep,
                            0.10 + 0.28 * p->age);
  cairo_rotate (cr, p->eye_tilt);

  trace_lids (cr, p->eye_width, up, down);
  draw_ball (pen, up, side);

  /* Lids: a dark upper edge, a faint lower one, the fold above. */
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_new_path (cr);
  cairo_move_to (cr, -p->eye_width, 0.5);
  cairo_curve_to (cr, -p->eye_width * 0.55, -up * 1.35, p->eye_width * 0.45, -up * 1.45,
                  p->eye_width + 0.5, -0.7);
  cairo_set_line_width (cr, p->lash);
  likeness_sample_colour_use (lash, cr, 0.92);
  cairo_stroke (cr);
  cairo_move_to (cr, p->eye_width, -0.4);
  cairo_curve_to (cr, p->eye_width * 0.5, down * 1.3, -p->eye_width * 0.5, down * 1.35,
                  -p->eye_width, 0.5);
  cairo_set_line_width (cr, 0.7);
  likeness_sample_colour_use (deep, cr, 0.6);
  cairo_stroke (cr);
  cairo_move_to (cr, -p->eye_width + 1.0, -up * 0.5 - 1.8);
  cairo_curve_to (cr, -p->eye_width * 0.4, -p->eye_height * 1.3 - 2.2, p->eye_width * 0.5,
                  -p->eye_height * 1.4 - 2.0, p->eye_width + 1.0, -2.2);
  cairo_set_line_width (cr, 0.9);
  likeness_sample_colour_use (deep, cr, 0.5);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
likeness_sample_draw_eyes (const LikenessSamplePen *pen)
{
  draw_eye (pen, -1);
  draw_eye (pen, 1);
}

void
likeness_sample_draw_brows (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessSampleColour ink = likeness_sample_colour_shade (p->hair_colour, -0.18);
  double raise = pen->scene->brow_raise, thick = p->brow_thickness, w = p->brow_width;
  cairo_t *cr = pen->cr;

  for (int side = -1; side <= 1; side += 2)
    {
      likeness_sample_pen_lean (pen, side * (p->eye_x + 0.5), p->brow_y - raise, 0.5);
      cairo_scale (cr, side, 1.0);
      cairo_rotate (cr, p->brow_tilt);
      cairo_new_path (cr);
      cairo_move_to (cr, -w + 1.0, thick * 0.5);
      cairo_curve_to (cr, -w * 0.9, -thick * 0.6, -w * 0.2, -thick * 0.7 - p->brow_arch,
                      w * 0.3, -thick * 0.4 - p->brow_arch);
      cairo_curve_to (cr, w * 0.7, -p->brow_arch * 0.8, w * 0.9, 0.0, w, 1.6);
      cairo_curve_to (cr, w * 0.8, 0.6, w * 0.6, thick * 0.5 - p->brow_arch * 0.7,
                      w * 0.2, thick * 0.45 - p->brow_arch * 0.8);
      cairo_curve_to (cr, -w * 0.3, thick * 0.4 - p->brow_arch * 0.6, -w * 0.7,
                      thick * 0.4, -w + 1.0, thick * 0.5);
      cairo_close_path (cr);
      likeness_sample_colour_use (ink, cr, 0.85);
      cairo_fill_preserve (cr);
      cairo_set_line_width (cr, 0.8);
      likeness_sample_colour_use (ink, cr, 0.35);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
}
