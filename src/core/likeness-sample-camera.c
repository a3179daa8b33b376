/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-parts.h"

#include <math.h>

#include "likeness-random.h"

#define SIDE 112.0 /* units of the picture */

void
likeness_sample_draw_backdrop (const LikenessSamplePen *pen)
{
  const LikenessSampleScene *s = pen->scene;
  LikenessRandom random = likeness_random_new (s->grain, 1, 0, 0);
  double x = cos (s->wall_turn) * SIDE * 0.6, y = sin (s->wall_turn) * SIDE * 0.6;
  cairo_pattern_t *wall = cairo_pattern_create_linear (SIDE / 2.0 - x, SIDE / 2.0 - y,
                                                       SIDE / 2.0 + x, SIDE / 2.0 + y);
  cairo_t *cr = pen->cr;

  likeness_sample_colour_stop (s->wall, wall, 0.0, 1.0);
  likeness_sample_colour_stop (s->wall_far, wall, 1.0, 1.0);
  cairo_set_source (cr, wall);
  cairo_paint (cr);
  cairo_pattern_destroy (wall);

  /* Things out of focus. */
  for (guint i = 0; i < s->shapes; i++)
    {
      LikenessSampleColour colour = likeness_sample_colour_from_hsv (
          likeness_random_uniform (&random), 0.5 * likeness_random_uniform (&random),
          likeness_random_uniform (&random));
      double at_x = likeness_random_uniform (&random) * SIDE;
      double at_y = likeness_random_uniform (&random) * SIDE;
      double width = 8.0 + likeness_random_uniform (&random) * 34.0;
      double height
          = i % 2 ? width : width * (0.4 + 2.0 * likeness_random_uniform (&random));

      likeness_sample_pen_glow (pen, at_x, at_y, width, height, colour, 0.75);
    }
}

void
likeness_sample_draw_light (const LikenessSamplePen *pen)
{
  const LikenessSampleScene *s = pen->scene;
  double x = s->light_x * 46.0, y = s->light_y * 52.0;
  cairo_pattern_t *light
      = cairo_pattern_create_linear (56.0 + x, 60.0 + y, 56.0 - x, 60.0 - y);
  LikenessSampleColour dark = likeness_sample_colour_from_rgb (0x0c0a12);

  likeness_sample_colour_stop (s->lamp, light, 0.0, 0.34 * s->light);
  likeness_sample_colour_stop (s->lamp, light, 0.42, 0.04 * s->light);
  likeness_sample_colour_stop (dark, light, 0.50, 0.06 * s->light);
  likeness_sample_colour_stop (dark, light, 1.0, 0.66 * s->light);
  cairo_save (pen->cr);
  cairo_set_operator (pen->cr, CAIRO_OPERATOR_ATOP);
  cairo_set_source (pen->cr, light);
  cairo_paint (pen->cr);
  cairo_restore (pen->cr);
  cairo_pattern_destroy (light);
}

/* One pass of a blur along rows (@step 3) or columns: weights of a bell, edges repeated.
 */
static void
blur_line (float *line, float *copy, int n, int step, const float *weights, int reach)
{
  for (int i = 0; i < n; i++)
    copy[i] = line[i * step];
  for (int i = 0; i < n; i++)
    {
      float sum = 0.0f;

      for (int k = -reach; k <= reach; k++)
        sum += weights[ABS (k)] * copy[CLAMP (i + k, 0, n - 1)];
      line[i * step] = sum;
    }
}

static void
blur (float *pixels, int side, double deviation)
{
  int reach = MIN (7, (int)ceil (deviation * 2.5));
  float weights[8], total = 0.0f;
  g_autofree float *copy = g_new (float, side);

  if (deviation < 0.15)
    return;
  for (int k = 0; k <= reach; k++)
    {
      weights[k] = (float)exp (-k * k / (2.0 * deviation * deviation));
      total += k ? 2.0f * weights[k] : weights[k];
    }
  for (int k = 0; k <= reach; k++)
    weights[k] /= total;
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < side; i++)
      blur_line (pixels + (gsize)i * side * 3 + c, copy, side, 3, weights, reach);
  for (int c = 0; c < 3; c++)
    for (int i = 0; i < side; i++)
      blur_line (pixels + (gsize)i * 3 + c, copy, side, side * 3, weights, reach);
}

/* Reduces the drawing by whole pixels and turns it into light: 0 to 1, three a pixel. */
static float *
reduce (cairo_surface_t *surface, int side)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int scale = cairo_image_surface_get_width (surface) / side;
  float *pixels = g_new (float, (gsize)side *side * 3);

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        guint sum[3] = {0, 0, 0};

        for (int j = 0; j < scale; j++)
          for (int i = 0; i < scale; i++)
            {
              guint32 pixel;

              memcpy (&pixel,
                      data + (gsize)(y * scale + j) * stride + (x * scale + i) * 4, 4);
              sum[0] += (pixel >> 16) & 0xff;
              sum[1] += (pixel >> 8) & 0xff;
              sum[2] += pixel & 0xff;
            }
        for (int c = 0; c < 3; c++)
          pixels[((gsize)y * side + x) * 3 + c] = sum[c] / (255.0f * scale * scale);
      }
  return pixels;
}

static double
shadow_at (const LikenessSampleScene *s, double x, double y)
{
  double across = (x - 56.0) * cos (s->shadow_turn) + (y - 56.0) * sin (s->shadow_turn);

  return 1.0 - s->shadow * CLAMP ((across - s->shadow_edge) / 9.0 + 0.5, 0.0, 1.0);
}

LikenessImage *
likeness_sample_develop (cairo_surface_t *surface, const LikenessSampleScene *s, int side)
{
  g_autofree float *pixels = reduce (surface, side);
  LikenessImage *image = likeness_image_new (side, side);
  LikenessRandom random = likeness_random_new (s->grain, 2, 0, 0);
  double unit = SIDE / side;

  blur (pixels, side, s->blur / unit);
  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        float *p = pixels + ((gsize)y * side + x) * 3;
        double grey = 0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2];
        double shade = s->shadow > 0.0 ? shadow_at (s, x * unit, y * unit) : 1.0;
        /* The sum of two is bell-shaped enough for a grain of a few levels. */
        double grain = (likeness_random_uniform (&random)
                        + likeness_random_uniform (&random) - 1.0)
                       * 2.45 * s->noise;

        for (int c = 0; c < 3; c++)
          {
            double v = grey + (p[c] - grey) * s->saturation;

            v = v * s->exposure * s->gain[c] * shade;
            v = 0.5 + (v - 0.5) * s->contrast;
            v = v * 255.0 + grain + 0.5;
            image->pixels[((gsize)y * side + x) * 3 + c] = (guint8)CLAMP (v, 0.0, 255.0);
          }
      }
  return image;
}
