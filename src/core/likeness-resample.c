/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image.h"

#include <math.h>
#include <string.h>

/* Bits after the point of a coefficient: 32 less 8 of the pixel and 2 for overshoot. */
#define PRECISION_BITS (32 - 8 - 2)

typedef double (*Filter) (double x);

/* For each output position the first source position, how many, and their weights. */
typedef struct
{
  int n_weights; /* room per output position */
  int *first;
  int *count;
  gint32 *weights;
} Kernel;

static double
box_filter (double x)
{
  return x > -0.5 && x <= 0.5 ? 1.0 : 0.0;
}

static double
triangle_filter (double x)
{
  return fabs (x) < 1.0 ? 1.0 - fabs (x) : 0.0;
}

static void
kernel_clear (Kernel *self)
{
  g_clear_pointer (&self->first, g_free);
  g_clear_pointer (&self->count, g_free);
  g_clear_pointer (&self->weights, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Kernel, kernel_clear)

static void
fill_weights (const double *exact, int count, double sum, gint32 *weights)
{
  for (int i = 0; i < count; i++)
    weights[i] = (gint32)floor (0.5 + exact[i] / sum * (1 << PRECISION_BITS));
}

static void
kernel_init (Kernel *self, int source, int target, Filter filter, double radius)
{
  double scale = (double)source / target;
  double stretch = MAX (scale, 1.0);
  double support = radius * stretch;
  g_autofree double *exact = NULL;

  self->n_weights = (int)ceil (support) * 2 + 1;
  self->first = g_new (int, target);
  self->count = g_new (int, target);
  self->weights = g_new0 (gint32, (gsize)target * self->n_weights);
  exact = g_new (double, self->n_weights);

  for (int position = 0; position < target; position++)
    {
      double center = (position + 0.5) * scale;
      int first = MAX ((int)(center - support + 0.5), 0);
      int end = MIN ((int)(center + support + 0.5), source);
      double sum = 0;

      for (int i = 0; i < end - first; i++)
        {
          exact[i] = filter ((first + i - center + 0.5) * (1.0 / stretch));
          sum += exact[i];
        }
      self->first[position] = first;
      self->count[position] = end - first;
      fill_weights (exact, end - first, sum,
                    self->weights + (gsize)position * self->n_weights);
    }
}

static guint8
round_to_byte (gint32 value)
{
  return CLAMP (value >> PRECISION_BITS, 0, 255);
}

/* One output pixel from @count source pixels that lie @step bytes apart. */
static void
weigh (const guint8 *source, gsize step, int count, const gint32 *weights, guint8 *target)
{
  gint32 red = 1 << (PRECISION_BITS - 1), green = red, blue = red;

  for (int i = 0; i < count; i++, source += step)
    {
      red += source[0] * weights[i];
      green += source[1] * weights[i];
      blue += source[2] * weights[i];
    }
  target[0] = round_to_byte (red);
  target[1] = round_to_byte (green);
  target[2] = round_to_byte (blue);
}

static LikenessImage *
resize_width (const LikenessImage *self, int width, Filter filter, double radius)
{
  LikenessImage *result = likeness_image_new (width, self->height);
  g_auto (Kernel) kernel = {0};

  kernel_init (&kernel, self->width, width, filter, radius);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < width; x++)
      weigh (self->pixels + ((gsize)y * self->width + kernel.first[x]) * 3, 3,
             kernel.count[x], kernel.weights + (gsize)x * kernel.n_weights,
             result->pixels + ((gsize)y * width + x) * 3);
  return result;
}

static LikenessImage *
resize_height (const LikenessImage *self, int height, Filter filter, double radius)
{
  LikenessImage *result = likeness_image_new (self->width, height);
  gsize stride = (gsize)self->width * 3;
  g_auto (Kernel) kernel = {0};

  kernel_init (&kernel, self->height, height, filter, radius);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < self->width; x++)
      weigh (self->pixels + kernel.first[y] * stride + x * 3, stride, kernel.count[y],
             kernel.weights + (gsize)y * kernel.n_weights,
             result->pixels + y * stride + x * 3);
  return result;
}

static LikenessImage *
resize (const LikenessImage *self, int width, int height, Filter filter, double radius)
{
  g_autoptr (LikenessImage) wide = NULL;

  if (self->width != width)
    wide = resize_width (self, width, filter, radius);
  if (self->height != height)
    return resize_height (wide != NULL ? wide : self, height, filter, radius);
  if (wide == NULL)
    {
      wide = likeness_image_new (width, height);
      memcpy (wide->pixels, self->pixels, (gsize)width * height * 3);
    }
  return g_steal_pointer (&wide);
}

LikenessImage *
likeness_image_resize_box (const LikenessImage *self, int width, int height)
{
  return resize (self, width, height, box_filter, 0.5);
}

LikenessImage *
likeness_image_resize_bilinear (const LikenessImage *self, int width, int height)
{
  return resize (self, width, height, triangle_filter, 1.0);
}
