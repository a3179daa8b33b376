/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-parts.h"

#include <math.h>

#include "likeness-random.h"

static void
draw_ears (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessSampleColour rim = likeness_sample_colour_shade (p->skin, -0.10);
  LikenessSampleColour deep = likeness_sample_colour_shade (p->skin, -0.36);

  /* Long hair covers them. */
  if (p->hair.back > 0.0 && p->hair.side > 2.0)
    return;

  for (int side = -1; side <= 1; side += 2)
    {
      double x, y;

      likeness_sample_pen_project (pen, side * (p->width - 1.0 + p->ear_out * 0.5),
                                   p->ear_size * 0.55, -6.0, &x, &y);
      cairo_save (pen->cr);
      cairo_translate (pen->cr, x, y);
      cairo_rotate (pen->cr, pen->scene->roll + side * (0.10 + 0.03 * p->ear_out));
      likeness_sample_pen_ellipse (pen, 0.0, 0.0, 3.6 + p->ear_out * 0.5, p->ear_size);
      likeness_sample_colour_use (rim, pen->cr, 1.0);
      cairo_fill (pen->cr);
      likeness_sample_pen_ellipse (pen, side * 0.4, 0.3, 1.8 + p->ear_out * 0.25,
                                   p->ear_size * 0.62);
      likeness_sample_colour_use (deep, pen->cr, 0.55);
      cairo_fill (pen->cr);
      cairo_restore (pen->cr);
    }
}

void
likeness_sample_draw_body (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  const LikenessSampleScene *s = pen->scene;
  LikenessSampleColour neck = likeness_sample_colour_shade (p->skin, -0.26);
  LikenessSampleColour seam = likeness_sample_colour_shade (s->cloth, -0.35);
  double half = p->jaw * 0.74, x, y;
  cairo_t *cr = pen->cr;

  /* The body does not turn with the head: it hangs below where the head is. */
  likeness_sample_pen_project (pen, 0.0, p->mouth_y, -8.0, &x, &y);
  cairo_new_path (cr);
  cairo_move_to (cr, x - half, y);
  cairo_curve_to (cr, x - half, y + 16.0, x - half, y + 24.0, x - half - 9.0, y + 40.0);
  cairo_line_to (cr, x + half + 9.0, y + 40.0);
  cairo_curve_to (cr, x + half, y + 24.0, x + half, y + 16.0, x + half, y);
  cairo_close_path (cr);
  likeness_sample_colour_use (neck, cr, 1.0);
  cairo_fill (cr);
  draw_ears (pen);

  /* Shoulders, with a round or a pointed neckline. */
  y += 21.0;
  cairo_move_to (cr, x - half - 4.0, y + 1.0);
  if (s->collar < 0.5)
    cairo_curve_to (cr, x - half, y + 14.0, x + half, y + 14.0, x + half + 4.0, y + 1.0);
  else
    {
      cairo_line_to (cr, x, y + 20.0);
      cairo_line_to (cr, x + half + 4.0, y + 1.0);
    }
  cairo_curve_to (cr, x + half + 16.0, y + 6.0, x + 52.0, y + 7.0, x + 70.0, y + 20.0);
  cairo_line_to (cr, x + 70.0, y + 60.0);
  cairo_line_to (cr, x - 70.0, y + 60.0);
  cairo_line_to (cr, x - 70.0, y + 20.0);
  cairo_curve_to (cr, x - 52.0, y + 7.0, x - half - 16.0, y + 6.0, x - half - 4.0,
                  y + 1.0);
  cairo_close_path (cr);
  likeness_sample_colour_use (s->cloth, cr, 1.0);
  cairo_fill_preserve (cr);
  likeness_sample_colour_use (seam, cr, 0.7);
  cairo_set_line_width (cr, 1.4);
  cairo_stroke (cr);
}

/* The round of the head: darker towards its rim, warmer on the cheeks. */
static void
model_head (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  cairo_t *cr = pen->cr;
  LikenessSampleColour dark
      = likeness_sample_colour_mix (likeness_sample_colour_shade (p->skin, -0.55),
                                    likeness_sample_colour_from_rgb (0x6a2a1c), 0.25);
  LikenessSampleColour blush = likeness_sample_colour_mix (
      p->skin, likeness_sample_colour_from_rgb (0xc8503f), 0.55);
  LikenessSampleColour bright = likeness_sample_colour_shade (p->skin, 0.35);
  cairo_pattern_t *round = cairo_pattern_create_radial (0.0, 0.0, 0.45, 0.0, 0.0, 1.08);
  double x, y;

  likeness_sample_pen_project (pen, 0.0, 4.0, 12.0, &x, &y);
  likeness_sample_colour_stop (dark, round, 0.0, 0.0);
  likeness_sample_colour_stop (dark, round, 0.55, 0.10);
  likeness_sample_colour_stop (dark, round, 1.0, 0.62);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, p->width * 1.06, 58.0);
  cairo_set_source (cr, round);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (round);

  for (int side = -1; side <= 1; side += 2)
    {
      likeness_sample_pen_lean (pen, side * (p->eye_x + 3.0), p->nose_length * 0.72, 0.0);
      likeness_sample_pen_glow (pen, 0.0, 0.0, 12.0, 10.0, blush, 0.34);
      likeness_sample_pen_glow (pen, 0.0, -4.0, 8.0, 4.0, bright, 0.22);
      cairo_restore (cr);
    }
  likeness_sample_pen_lean (pen, 0.0, p->brow_y - 12.0, 0.0);
  likeness_sample_pen_glow (pen, 0.0, 0.0, 20.0, 11.0, bright, 0.28);
  cairo_restore (cr);
  likeness_sample_pen_lean (pen, 0.0, p->chin_y - 6.0, 2.0);
  likeness_sample_pen_glow (pen, 0.0, 0.0, p->chin * 0.6, 5.0, bright, 0.22);
  cairo_restore (cr);
}

/* What years leave: from the nose to the mouth, on the forehead, beside the eyes. */
static void
draw_lines (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessSampleColour ink = likeness_sample_colour_shade (p->skin, -0.48);
  double fold = 0.10 + 0.50 * MAX (0.0, p->age - 0.2) + 0.12 * pen->scene->smile;
  cairo_t *cr = pen->cr;

  cairo_set_line_width (cr, 1.1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  likeness_sample_colour_use (ink, cr, CLAMP (fold, 0.0, 0.55));
  for (int side = -1; side <= 1; side += 2)
    {
      double x = side * (p->nose_width + 2.0), y = p->nose_length - 1.0;
      double end = side * (p->mouth_width + 4.0);
      double z = likeness_sample_pen_depth (pen, x, y);

      cairo_new_path (cr);
      likeness_sample_pen_move (pen, x, y, z);
      likeness_sample_pen_curve (pen, x + side * 4.0, y + 3.0, end, p->mouth_y - 7.0, end,
                                 p->mouth_y - 2.0, z - 2.0);
      cairo_stroke (cr);
    }
  if (p->age < 0.5)
    return;

  cairo_set_line_width (cr, 0.8);
  likeness_sample_colour_use (ink, cr, 0.55 * (p->age - 0.4));
  for (int i = 0; i < 3; i++)
    {
      double y = p->brow_y - 7.0 - 4.5 * i, z = likeness_sample_pen_depth (pen, 0.0, y);

      cairo_new_path (cr);
      likeness_sample_pen_move (pen, -13.0 + i, y + 0.6, z - 3.0);
      likeness_sample_pen_curve (pen, -5.0, y - 1.2, 5.0, y - 1.2, 13.0 - i, y + 0.6,
                                 z - 1.5);
      cairo_stroke (cr);
    }
}

static void
draw_spots (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessSampleColour spot = likeness_sample_colour_mix (
      p->skin, likeness_sample_colour_from_rgb (0x7a3f22), 0.62);
  LikenessRandom random = likeness_random_new (p->grain, 1, 0, 0);

  for (guint i = 0; i < p->freckles; i++)
    {
      double x = (likeness_random_uniform (&random) - 0.5) * 44.0;
      double y = 5.0 + likeness_random_uniform (&random) * (p->nose_length - 2.0)
                 - fabs (x) * 0.1;

      likeness_sample_pen_lean (pen, x, y, 0.0);
      likeness_sample_pen_ellipse (pen, 0.0, 0.0, 0.75, 0.65);
      likeness_sample_colour_use (spot, pen->cr, 0.55);
      cairo_fill (pen->cr);
      cairo_restore (pen->cr);
    }
  if (p->mole)
    {
      likeness_sample_pen_lean (pen, p->mole_x, p->mole_y, 0.0);
      likeness_sample_pen_ellipse (pen, 0.0, 0.0, 1.35, 1.25);
      likeness_sample_colour_use (likeness_sample_colour_shade (spot, -0.5), pen->cr,
                                  0.85);
      cairo_fill (pen->cr);
      cairo_restore (pen->cr);
    }
}

void
likeness_sample_draw_head (const LikenessSamplePen *pen)
{
  cairo_t *cr = pen->cr;

  likeness_sample_pen_head (pen);
  likeness_sample_colour_use (pen->person->skin, cr, 1.0);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  model_head (pen);
  draw_spots (pen);
  draw_lines (pen);
  cairo_restore (cr);
}
