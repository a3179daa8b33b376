/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-quality.h"

#include <math.h>

#define PEAK 255.0
#define WINDOW LIKENESS_IMAGE_QUALITY_LEAST_SIZE
#define RADIUS (WINDOW / 2)
#define SIGMA 1.5
#define C1 ((0.01 * PEAK) * (0.01 * PEAK))
#define C2 ((0.03 * PEAK) * (0.03 * PEAK))
#define LANES 2

/* In float, a variance would be lost in the square of a bright mean. */
typedef double Lanes
    __attribute__ ((vector_size (LANES * sizeof (double)), aligned (8), may_alias));

/* What is smoothed. The formula needs the two variances only as their sum. */
enum
{
  PLANE_X,
  PLANE_Y,
  PLANE_SQUARES, /* x² + y² */
  PLANE_PRODUCT, /* x y */
  N_PLANES
};

/* The last WINDOW rows, smoothed along the row: @rows[row % WINDOW][plane][x]. */
typedef struct
{
  int width;  /* windows in a row */
  int stride; /* the same, up to whole lanes */
  double weights[RADIUS + 1];
  double *source; /* N_PLANES of one row, before smoothing */
  double *rows;
} Smoother;

static int
get_source_stride (const Smoother *self)
{
  return self->stride + WINDOW - 1;
}

static void
smoother_init (Smoother *self, int width)
{
  double sum = 0;

  self->width = width - WINDOW + 1;
  self->stride = (self->width + LANES - 1) / LANES * LANES;
  for (int i = 0; i <= RADIUS; i++)
    {
      self->weights[i] = exp (-i * i / (2 * SIGMA * SIGMA));
      sum += i == 0 ? self->weights[i] : 2 * self->weights[i];
    }
  for (int i = 0; i <= RADIUS; i++)
    self->weights[i] /= sum;
  self->source = g_new0 (double, (gsize)get_source_stride (self) * N_PLANES);
  self->rows = g_new0 (double, (gsize)self->stride *WINDOW *N_PLANES);
}

static void
smoother_clear (Smoother *self)
{
  g_free (self->source);
  g_free (self->rows);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Smoother, smoother_clear)

static double *
get_row (const Smoother *self, int row, int plane)
{
  return self->rows + ((gsize)(row % WINDOW) * N_PLANES + plane) * self->stride;
}

static double
get_luma (const guint8 *pixel)
{
  return (19595 * pixel[0] + 38470 * pixel[1] + 7471 * pixel[2] + 32768) >> 16;
}

static void
smooth_row (Smoother *self, const guint8 *x, const guint8 *y, int width, int row)
{
  gsize stride = get_source_stride (self);

  for (int i = 0; i < width; i++)
    {
      double a = get_luma (x + (gsize)i * 3), b = get_luma (y + (gsize)i * 3);

      self->source[i] = a;
      self->source[stride + i] = b;
      self->source[PLANE_SQUARES * stride + i] = a * a + b * b;
      self->source[PLANE_PRODUCT * stride + i] = a * b;
    }
  for (int plane = 0; plane < N_PLANES; plane++)
    {
      const double *source = self->source + plane * stride + RADIUS;
      double *target = get_row (self, row, plane);

      for (int i = 0; i < self->stride; i += LANES)
        {
          Lanes sum = self->weights[0] * *(const Lanes *)(source + i);

          for (int k = 1; k <= RADIUS; k++)
            sum += self->weights[k]
                   * (*(const Lanes *)(source + i - k)
                      + *(const Lanes *)(source + i + k));
          *(Lanes *)(target + i) = sum;
        }
    }
}

/* Across the rows: @rows are WINDOW of them, at the same place of the same plane. */
static inline Lanes
smooth_column (const Smoother *self, const double *const *rows, gsize offset)
{
  Lanes sum = self->weights[0] * *(const Lanes *)(rows[RADIUS] + offset);

  for (int k = 1; k <= RADIUS; k++)
    sum += self->weights[k]
           * (*(const Lanes *)(rows[RADIUS - k] + offset)
              + *(const Lanes *)(rows[RADIUS + k] + offset));
  return sum;
}

/* Over the windows whose last row is @row. */
static double
sum_similarities (const Smoother *self, int row)
{
  const double *rows[WINDOW];
  gsize stride = self->stride;
  double sum = 0;

  for (int k = 0; k < WINDOW; k++)
    rows[k] = get_row (self, row - WINDOW + 1 + k, 0);
  for (int i = 0; i < self->width; i += LANES)
    {
      Lanes x = smooth_column (self, rows, i);
      Lanes y = smooth_column (self, rows, PLANE_Y * stride + i);
      Lanes squares = smooth_column (self, rows, PLANE_SQUARES * stride + i);
      Lanes product = smooth_column (self, rows, PLANE_PRODUCT * stride + i);
      Lanes variances = squares - (x * x + y * y);
      Lanes covariance = product - x * y;
      Lanes similarity = (2 * (x * y) + C1) * (2 * covariance + C2)
                         / ((x * x + y * y + C1) * (variances + C2));
      for (int lane = 0; lane < MIN (LANES, self->width - i); lane++)
        sum += similarity[lane];
    }
  return sum;
}

static double
measure_ssim (const guint8 *x, const guint8 *y, int width, int height)
{
  g_auto (Smoother) smoother = {0};
  gsize stride = (gsize)width * 3;
  double sum = 0;

  smoother_init (&smoother, width);
  for (int row = 0; row < height; row++)
    {
      smooth_row (&smoother, x + row * stride, y + row * stride, width, row);
      if (row >= WINDOW - 1)
        sum += sum_similarities (&smoother, row);
    }
  sum /= (double)smoother.width * (height - WINDOW + 1);
  return CLAMP (sum, -1, 1);
}

static double
measure_psnr (const guint8 *x, const guint8 *y, gsize n)
{
  guint64 squares = 0;

  for (gsize i = 0; i < n; i++)
    {
      int difference = x[i] - y[i];

      squares += (guint64)(difference * difference);
    }
  return squares == 0 ? INFINITY
                      : 10 * log10 (PEAK * PEAK / ((double)squares / (double)n));
}

LikenessImageQuality
likeness_image_quality_measure (const guint8 *reference,
                                const guint8 *image,
                                int width,
                                int height)
{
  LikenessImageQuality quality = {NAN, NAN};

  g_return_val_if_fail (reference != NULL && image != NULL, quality);
  g_return_val_if_fail (width >= WINDOW && height >= WINDOW, quality);

  quality.psnr = measure_psnr (reference, image, (gsize)width * height * 3);
  quality.ssim = measure_ssim (reference, image, width, height);
  return quality;
}
