/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-parts.h"

#include <math.h>

#include "likeness-random.h"

#define STEPS 44

/* How far the hair stands off the skull at @turn (0: right temple, pi: left temple). */
static double
stand_off (const LikenessSampleHair *hair, double turn)
{
  double up = sin (turn);

  return hair->side + (hair->top - hair->side) * up * up
         + hair->wave * 0.5 * sin (turn * 9.0);
}

/* The outer edge of the hair on top of the head. */
static void
outer_edge (const LikenessSamplePen *pen, double turn, double *x, double *y)
{
  const LikenessSamplePerson *p = pen->person;
  double off = stand_off (&p->hair, turn);

  *x = cos (turn) * (p->width + off);
  *y = -5.0 + sin (turn) * (p->crown_y + 5.0 - off);
}

/* The edge towards the face at @u (-1: left temple, 1: right temple). */
static double
inner_edge (const LikenessSamplePerson *p, double u)
{
  const LikenessSampleHair *hair = &p->hair;
  double a = fabs (u), y = p->hairline + hair->fringe;
  double from_part = (u - p->part) * (p->part < 0.0 ? 1.0 : -1.0);

  y += 5.0 * MIN (1.0, a * a / 0.64);
  if (a > 0.80)
    y += (hair->burns - y) * pow ((a - 0.80) / 0.20, 1.4);
  y -= hair->recede * exp (-pow ((a - 0.52) / 0.20, 2.0));
  if (from_part > 0.0)
    y += fabs (hair->sweep) * sin (MIN (1.0, from_part / 1.5) * G_PI) * (1.05 - a * 0.5);
  else if (hair->sweep != 0.0)
    y -= 2.0;
  if (hair->fringe > 6.0)
    y += 1.3 * sin (u * 21.0 + p->part * 9.0);
  y += hair->wave * 0.5 * sin (u * 11.0);
  /* Where none is left, the edge of the head is the hair's. */
  return MAX (y, -5.0 + (p->crown_y + 5.0 - hair->side) * sqrt (1.0 - 0.94 * a * a));
}

static void
trace_cap (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  double x, y;

  cairo_new_path (pen->cr);
  likeness_sample_pen_move (pen, p->width + p->hair.side * 0.6, p->hair.burns, -2.0);
  for (int i = 0; i <= STEPS; i++)
    {
      outer_edge (pen, G_PI * i / STEPS, &x, &y);
      likeness_sample_pen_line (pen, x, y, -3.0);
    }
  likeness_sample_pen_line (pen, -p->width - p->hair.side * 0.6, p->hair.burns, -2.0);
  for (int i = 0; i <= STEPS; i++)
    {
      double u = -1.0 + 2.0 * i / STEPS;

      x = u * p->width * 0.97;
      y = inner_edge (p, u);
      likeness_sample_pen_line (pen, x, y, likeness_sample_pen_depth (pen, x, y) * 0.8);
    }
  cairo_close_path (pen->cr);
}

/* Hair on the crown of somebody who lost it on top: a band above each ear. */
static void
draw_band (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;

  if (p->age < 0.4)
    return;
  for (int side = -1; side <= 1; side += 2)
    {
      double w = side * p->width;

      cairo_new_path (pen->cr);
      likeness_sample_pen_move (pen, w * 0.93, 2.0, 0.0);
      likeness_sample_pen_curve (pen, w * 0.90, -10.0, w * 0.90, -16.0, w * 0.88, -22.0,
                                 2.0);
      likeness_sample_pen_curve (pen, w * 1.02, -20.0, w * 1.09, -8.0, w * 1.07, 6.0,
                                 -4.0);
      cairo_close_path (pen->cr);
      likeness_sample_colour_use (p->hair_colour, pen->cr, 0.85);
      cairo_fill (pen->cr);
    }
}

/* Strands from the parting to the edge, over the current clip. */
static void
draw_strands (const LikenessSamplePen *pen,
              LikenessRandom *random,
              guint n,
              LikenessSampleColour colour,
              double alpha,
              double width)
{
  const LikenessSamplePerson *p = pen->person;

  cairo_new_path (pen->cr);
  for (guint i = 0; i < n; i++)
    {
      double turn = likeness_random_uniform (random) * G_PI;
      double inward = likeness_random_uniform (random);
      double start
          = p->part * p->width * 0.6 + likeness_random_between (random, -4.5, 4.5);
      double x, y, mid;

      outer_edge (pen, turn, &x, &y);
      y += inward * (inner_edge (p, CLAMP (x / p->width, -1.0, 1.0)) - y);
      x *= 1.0 - 0.10 * inward;
      mid = (start + x) / 2.0;
      likeness_sample_pen_move (pen, start, p->crown_y + 4.0 - p->hair.top * 0.5, 0.0);
      likeness_sample_pen_curve (pen, mid, p->crown_y - p->hair.top * 0.7, x,
                                 (y - 30.0) / 2.0, x, y + 4.0, 4.0);
    }
  cairo_set_line_width (pen->cr, width);
  likeness_sample_colour_use (colour, pen->cr, alpha);
  cairo_stroke (pen->cr);
}

/* Some thick, some thin, some dark, some light: the same in every picture of the person.
 */
static void
comb_hair (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessRandom random = likeness_random_new (p->grain, 3, 0, 0);
  LikenessSampleColour light = likeness_sample_colour_shade (p->hair_colour, 0.32);
  LikenessSampleColour dark = likeness_sample_colour_shade (p->hair_colour, -0.45);
  double alpha = 0.30 * p->hair.cover;

  for (guint i = 0; i < 4; i++)
    {
      draw_strands (pen, &random, 20, dark, alpha, 1.3 - 0.2 * i);
      draw_strands (pen, &random, 12, light, alpha, 1.2 - 0.2 * i);
    }
}

static void
draw_curl (const LikenessSamplePen *pen, double x, double y, double z, double radius)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessSampleColour light = likeness_sample_colour_shade (p->hair_colour, 0.22);
  LikenessSampleColour dark = likeness_sample_colour_shade (p->hair_colour, -0.40);
  double px, py;

  likeness_sample_pen_project (pen, x, y, z, &px, &py);
  likeness_sample_pen_ellipse (pen, px, py, radius, radius);
  likeness_sample_colour_use (p->hair_colour, pen->cr, 1.0);
  cairo_fill (pen->cr);
  cairo_set_line_width (pen->cr, radius * 0.28);
  cairo_new_path (pen->cr);
  cairo_arc (pen->cr, px, py, radius * 0.62, 3.6, 5.6);
  likeness_sample_colour_use (light, pen->cr, 0.40);
  cairo_stroke (pen->cr);
  cairo_arc (pen->cr, px, py, radius * 0.70, 0.4, 2.4);
  likeness_sample_colour_use (dark, pen->cr, 0.45);
  cairo_stroke (pen->cr);
}

/* Curls all over the cap, from its outer edge inwards. */
static void
draw_curls (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessRandom random = likeness_random_new (p->grain, 4, 0, 0);
  double size = p->hair.curl;

  for (int row = 0; row < 5; row++)
    for (int i = 0; i <= 20; i++)
      {
        double turn = G_PI * (i + 0.5 * (row % 2)) / 20.0;
        double jitter_x = (likeness_random_uniform (&random) - 0.5) * size;
        double jitter_y = (likeness_random_uniform (&random) - 0.5) * size;
        double radius = size * (0.75 + 0.5 * likeness_random_uniform (&random));
        double share = row / 4.0, x, y, edge;

        outer_edge (pen, turn, &x, &y);
        edge = inner_edge (p, CLAMP (x / p->width, -1.0, 1.0)) - size * 0.4;
        if (edge < y && row > 0)
          continue;
        y += share * (edge - y);
        x *= 1.0 - 0.06 * share;
        draw_curl (pen, x + jitter_x, y + jitter_y, 10.0 * share, radius);
      }
}

void
likeness_sample_draw_hair_behind (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  const LikenessSampleHair *hair = &p->hair;
  LikenessSampleColour colour = likeness_sample_colour_shade (p->hair_colour, -0.22);
  double wide = p->width + hair->back_width, x, y;

  if (hair->back <= 0.0)
    return;

  cairo_new_path (pen->cr);
  for (int i = 0; i <= STEPS; i++)
    {
      outer_edge (pen, G_PI * i / STEPS, &x, &y);
      likeness_sample_pen_line (pen, x, y, -6.0);
    }
  for (int side = -1; side <= 1; side += 2)
    for (int i = 0; i <= STEPS; i++)
      {
        /* Down on the left, then up on the right. */
        double t = side < 0 ? (double)i / STEPS : 1.0 - (double)i / STEPS;
        double bulge
            = p->width + hair->side
              + (wide - p->width - hair->side) * sin (MIN (1.0, t * 1.6) * G_PI / 2.0);

        y = -5.0 + t * (hair->back + 5.0);
        if (hair->back < 40.0)
          bulge -= (hair->curl > 0.0 ? 26.0 : 5.0) * pow (t, 3.0);
        x = side * (bulge + hair->wave * sin (t * 19.0 + side));
        likeness_sample_pen_line (pen, x, y, -8.0);
      }
  cairo_close_path (pen->cr);
  likeness_sample_colour_use (colour, pen->cr, 1.0);
  cairo_fill (pen->cr);
  if (hair->curl > 0.0)
    for (int side = -1; side <= 1; side += 2)
      for (int i = 0; i < 7; i++)
        draw_curl (pen, side * (wide - 2.0 - i % 2 * 3.0 - 0.45 * i * i),
                   -6.0 + i * hair->back / 7.0, -6.0, hair->curl);
}

/* Locks in front of the cheeks of long hair. */
static void
draw_locks (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  const LikenessSampleHair *hair = &p->hair;

  for (int side = -1; side <= 1; side += 2)
    {
      double out = p->width + hair->back_width, in = p->width - 2.5;

      cairo_new_path (pen->cr);
      likeness_sample_pen_move (pen, side * (p->width + hair->side), -8.0, -3.0);
      for (int i = 0; i <= STEPS; i++)
        {
          double t = (double)i / STEPS;

          likeness_sample_pen_line (
              pen,
              side
                  * (p->width + hair->side
                     + (out - p->width - hair->side) * sin (t * G_PI / 2)
                     + hair->wave * sin (t * 19.0 + side)),
              -8.0 + t * (hair->back + 6.0), -4.0);
        }
      for (int i = STEPS; i >= 0; i--)
        {
          double t = (double)i / STEPS;

          likeness_sample_pen_line (
              pen, side * (in - 1.5 * sin (t * G_PI) + hair->wave * 0.6 * sin (t * 17.0)),
              -14.0 + t * (hair->back + 10.0), 3.0);
        }
      cairo_close_path (pen->cr);
      likeness_sample_colour_use (likeness_sample_colour_shade (p->hair_colour, -0.08),
                                  pen->cr, 1.0);
      cairo_fill (pen->cr);
    }
}

void
likeness_sample_draw_hair (const LikenessSamplePen *pen)
{
  const LikenessSamplePerson *p = pen->person;
  LikenessSampleColour shade = likeness_sample_colour_shade (p->skin, -0.6);
  cairo_pattern_t *sheen;
  cairo_t *cr = pen->cr;
  double x, y;

  if (p->hair.cover <= 0.0)
    {
      draw_band (pen);
      return;
    }

  /* What the hair shades of the forehead. */
  cairo_save (cr);
  likeness_sample_pen_head (pen);
  cairo_clip (cr);
  cairo_translate (cr, 0.0, 1.6);
  trace_cap (pen);
  likeness_sample_colour_use (shade, cr, 0.30 * p->hair.cover);
  cairo_fill (cr);
  cairo_restore (cr);

  if (p->hair.back > 0.0 && p->hair.curl <= 0.0)
    draw_locks (pen);

  cairo_save (cr);
  trace_cap (pen);
  likeness_sample_colour_use (p->hair_colour, cr, p->hair.cover);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  likeness_sample_pen_project (pen, 0.0, p->crown_y, 6.0, &x, &y);
  sheen = cairo_pattern_create_radial (x + pen->scene->light_x * 16.0, y + 4.0, 2.0,
                                       x + pen->scene->light_x * 16.0, y + 4.0, 34.0);
  likeness_sample_colour_stop (likeness_sample_colour_shade (p->hair_colour, 0.5), sheen,
                               0.0, 0.34 * p->hair.cover);
  likeness_sample_colour_stop (p->hair_colour, sheen, 1.0, 0.0);
  cairo_set_source (cr, sheen);
  cairo_paint (cr);
  cairo_pattern_destroy (sheen);
  if (p->hair.curl <= 0.0)
    comb_hair (pen);
  cairo_restore (cr);
  if (p->hair.curl > 0.0)
    draw_curls (pen);
}
