/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-parts.h"

#include <math.h>

#include "likeness-random.h"

/* From one temple down around the chin to the other, the cheeks and the mouth left bare.
 */
static void
trace_full (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  double w = p->width + 3.0, low = p->chin_y + 4.0, top = p->mouth_y - 5.5;

  cairo_new_path (pen->cr);
  likeness_sample_pen_move (pen, -w, 4.0, 0.0);
  likeness_sample_pen_line (pen, -w, low, 0.0);
  likeness_sample_pen_line (pen, 0.0, low + 4.0, 8.0);
  likeness_sample_pen_line (pen, w, low, 0.0);
  likeness_sample_pen_line (pen, w, 4.0, 0.0);
  likeness_sample_pen_curve (pen, p->width - 3.0, 22.0, p->mouth_width + 10.0, top - 2.0,
                             p->mouth_width + 4.0, top - 3.0, 12.0);
  likeness_sample_pen_curve (pen, p->mouth_width * 0.5, top - 3.0, 3.0, top, 0.0,
                             top + 1.0, 26.0);
  likeness_sample_pen_curve (pen, -3.0, top, -p->mouth_width * 0.5, top - 3.0,
                             -p->mouth_width - 4.0, top - 3.0, 26.0);
  likeness_sample_pen_curve (pen, -p->mouth_width - 10.0, top - 2.0, -p->width + 3.0,
                             22.0, -w, 4.0, 12.0);
  cairo_close_path (pen->cr);
}

static void
trace_moustache (const LikenessSamplePen *pen, double thick)
{
  const LikenessSamplePerson *p = pen->person;
  double half = p->mouth_width + 1.0, low = p->mouth_y - p->upper_lip * 0.5;

  likeness_sample_pen_move (pen, 0.0, low - thick - 1.0, 27.0);
  likeness_sample_pen_curve (pen, half * 0.4, low - thick - 3.0, half * 0.9, low - 3.0,
                             half + 1.0, low + 1.5, 23.0);
  likeness_sample_pen_curve (pen, half * 0.7, low + 0.5, half * 0.3, low - 0.5, 0.0, low,
                             25.0);
  likeness_sample_pen_curve (pen, -half * 0.3, low - 0.5, -half * 0.7, low + 0.5,
                             -half - 1.0, low + 1.5, 23.0);
  likeness_sample_pen_curve (pen, -half * 0.9, low - 3.0, -half * 0.4, low - thick - 3.0,
                             0.0, low - thick - 1.0, 25.0);
  cairo_close_path (pen->cr);
}

static void
trace_goatee (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  double half = p->mouth_width, top = p->mouth_y, low = p->chin_y + 2.0;

  cairo_new_path (pen->cr);
  trace_moustache (pen, 3.0);
  likeness_sample_pen_move (pen, -half - 1.0, top, 22.0);
  likeness_sample_pen_curve (pen, -half - 2.0, low - 4.0, -half * 0.6, low, 0.0, low,
                             15.0);
  likeness_sample_pen_curve (pen, half * 0.6, low, half + 2.0, low - 4.0, half + 1.0, top,
                             15.0);
  likeness_sample_pen_curve (pen, half - 1.0, top + p->lower_lip + 3.0, half * 0.5,
                             top + p->lower_lip + 3.5, 0.0, top + p->lower_lip + 2.5,
                             22.0);
  likeness_sample_pen_curve (pen, -half * 0.5, top + p->lower_lip + 3.5, -half + 1.0,
                             top + p->lower_lip + 3.0, -half - 1.0, top, 22.0);
  cairo_close_path (pen->cr);
}

/* Short hairs over the current clip, the same in every picture of the person: dark ones,
 * then half as many light ones. */
static void
draw_bristles (const LikenessSamplePen *pen, guint n, double length, double alpha)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessRandom random = likeness_random_new (p->grain, 2, 0, 0);
  cairo_t *cr = pen->cr;

  cairo_set_line_width (cr, 0.7);
  cairo_new_path (cr);
  for (guint i = 0; i < n; i++)
    {
      double x = likeness_random_between (&random, -1.0, 1.0) * p->width;
      double y = 6.0 + likeness_random_uniform (&random) * (p->chin_y - 4.0);
      double z = likeness_sample_pen_depth (pen, x, y);

      likeness_sample_pen_move (pen, x, y, z);
      likeness_sample_pen_line (pen, x + x * 0.03, y + length, z);
      if (i == n * 2 / 3)
        {
          likeness_sample_colour_use (likeness_sample_colour_shade (p->hair_colour, -0.4),
                                      cr, alpha);
          cairo_stroke (cr);
        }
    }
  likeness_sample_colour_use (likeness_sample_colour_shade (p->hair_colour, 0.25), cr,
                              alpha);
  cairo_stroke (cr);
}

void
likeness_sample_draw_beard (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  cairo_t *cr = pen->cr;

  if (p->beard == LIKENESS_SAMPLE_BEARD_NONE)
    return;

  cairo_save (cr);
  likeness_sample_pen_head (pen);
  cairo_clip (cr);
  cairo_new_path (cr);
  if (p->beard == LIKENESS_SAMPLE_BEARD_MOUSTACHE)
    trace_moustache (pen, 4.5);
  else if (p->beard == LIKENESS_SAMPLE_BEARD_GOATEE)
    trace_goatee (pen);
  else
    trace_full (pen);

  if (p->beard == LIKENESS_SAMPLE_BEARD_STUBBLE)
    {
      likeness_sample_colour_use (
          likeness_sample_colour_mix (p->hair_colour, p->skin, 0.35), cr,
          0.30 * pen->scene->beard);
      cairo_fill_preserve (cr);
      cairo_clip (cr);
      draw_bristles (pen, 420, 0.9, 0.34 * pen->scene->beard);
    }
  else
    {
      likeness_sample_colour_use (p->hair_colour, cr, 0.90);
      cairo_fill_preserve (cr);
      cairo_clip (cr);
      draw_bristles (pen, 320, 3.2, 0.30);
    }
  cairo_restore (cr);
}
