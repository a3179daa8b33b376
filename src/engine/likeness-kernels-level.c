/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* Compiled once for each kind of processor: LIKENESS_LEVEL names it, and the compiler's
 * flags allow its instructions. Nothing here may be called but through the table, and no
 * header with functions of its own is included: the linker might take such a function,
 * compiled for a newer processor, for everybody. */

#include "likeness-kernels.h"

#include <math.h>

#define LANES LIKENESS_KERNEL_LANES
#define VECTOR_BYTES (LANES * sizeof (float))

typedef float Vector __attribute__ ((vector_size (VECTOR_BYTES)));
typedef float Loaded
    __attribute__ ((vector_size (VECTOR_BYTES), aligned (sizeof (float)), may_alias));
typedef int Whole __attribute__ ((vector_size (VECTOR_BYTES)));

/* As many sums as the registers hold, with room for a row of b and a number of a. */
#if defined(__AVX512F__)
#define ROWS 8
#define PANELS 3
#elif defined(__AVX2__)
#define ROWS 6
#define PANELS 1
#elif defined(__aarch64__)
#define ROWS 6
#define PANELS 1
#else
#define ROWS 3
#define PANELS 1
#endif

#define INLINE static inline __attribute__ ((always_inline))

INLINE Vector
load (const float *x)
{
  return *(const Loaded *)x;
}

INLINE void
store (float *x, Vector v)
{
  *(Loaded *)x = v;
}

INLINE Vector
splat (float x)
{
  return x - (Vector){0};
}

INLINE Vector
choose (Whole mask, Vector yes, Vector no)
{
  return (Vector)((mask & (Whole)yes) | (~mask & (Whole)no));
}

INLINE float
sum (Vector v)
{
  float total = 0;

  for (int i = 0; i < LANES; i++)
    total += v[i];
  return total;
}

/* Cephes' expf: 2^n times a polynomial of degree 5, for x from -87 to 88; relative error
 * 2e-7. */
INLINE Vector
exponential (Vector x)
{
  const Vector magic = splat (12582912.0f); /* rounds to a whole number */
  Vector n, r, p;

  x = choose (x > -87.0f, x, splat (-87.0f));
  n = (x * 1.44269504088896341f + magic) - magic;
  r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  p = splat (1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  return (Vector)((Whole)p + (__builtin_convertvector (n, Whole) << 23));
}

/* x Phi (x), with erf after Abramowitz and Stegun, 7.1.26: absolute error 1.5e-7. */
INLINE Vector
gelu (Vector x)
{
  const Vector zero = {0};
  Vector z = choose (x < zero, -x, x) * 0.70710678118654752f;
  Vector t = 1.0f / (1.0f + 0.3275911f * z);
  Vector p, tail;

  p = splat (1.061405429f);
  p = p * t - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  tail = 0.5f * p * t * exponential (-z * z);
  return x * choose (x < zero, tail, 1.0f - tail);
}

/* ROWS x PANELS vectors of a product, of which @rows rows are kept. */
INLINE void
multiply_tile (const LikenessProduct *p, gsize row, gsize rows, gsize panel, int panels)
{
  const float *a = p->a + row * p->a_stride;
  const float *b = p->b + panel * p->k * LANES;
  Vector total[ROWS][PANELS];

#pragma GCC unroll 8
  for (int r = 0; r < ROWS; r++)
#pragma GCC unroll 3
    for (int q = 0; q < panels; q++)
      total[r][q] = load (p->bias + (panel + q) * LANES);
  for (gsize k = 0; k < p->k; k++)
    {
      Vector column[PANELS];

#pragma GCC unroll 3
      for (int q = 0; q < panels; q++)
        column[q] = load (b + ((gsize)q * p->k + k) * LANES);
#pragma GCC unroll 8
      for (int r = 0; r < ROWS; r++)
#pragma GCC unroll 3
        for (int q = 0; q < panels; q++)
          total[r][q] += a[(gsize)r * p->a_stride + k] * column[q];
    }
#pragma GCC unroll 8
  for (int r = 0; r < ROWS; r++)
    {
      if ((gsize)r >= rows)
        break;
#pragma GCC unroll 3
      for (int q = 0; q < panels; q++)
        {
          gsize column = (panel + q) * LANES;
          Vector value = p->gelu ? gelu (total[r][q]) : total[r][q];

          if (p->add != NULL)
            value += load (p->add + (row + r) * p->add_stride + column);
          store (p->c + (row + r) * p->c_stride + column, value);
        }
    }
}

static void
multiply (const LikenessProduct *p)
{
  const gsize n_panels = p->n / LANES;

  for (gsize panel = 0; panel < n_panels;)
    {
      const gsize left = n_panels - panel;

      for (gsize row = 0; row < p->m; row += ROWS)
        {
          const gsize rows = p->m - row < ROWS ? p->m - row : ROWS;

#if PANELS == 3
          if (left >= 3)
            multiply_tile (p, row, rows, panel, 3);
          else if (left == 2)
            multiply_tile (p, row, rows, panel, 2);
          else
#endif
            multiply_tile (p, row, rows, panel, 1);
        }
      panel += left < PANELS ? left : PANELS;
    }
}

static void
convolve (const LikenessConvolution *c, int row)
{
  const int half = c->size / 2;
  const int first_y = row < half ? half - row : 0;
  const int last_y = row + half >= c->height ? c->height - 1 - row + half : c->size - 1;

  for (int column = 0; column < c->width; column++)
    {
      const int first_x = column < half ? half - column : 0;
      const int last_x
          = column + half >= c->width ? c->width - 1 - column + half : c->size - 1;
      float *y = c->y + ((gsize)row * c->width + column) * c->y_stride;

      for (gsize n = 0; n < c->n; n += LANES)
        {
          Vector total = load (c->bias + n);

          for (int ky = first_y; ky <= last_y; ky++)
            {
              const float *x
                  = c->x
                    + ((gsize)(row + ky - half) * c->width + column + first_x - half)
                          * c->x_stride
                    + n;
              const float *weight
                  = c->weight + ((gsize)ky * c->size + first_x) * c->n + n;

              for (int kx = first_x; kx <= last_x; kx++)
                {
                  total += load (x) * load (weight);
                  x += c->x_stride;
                  weight += c->n;
                }
            }
          store (y + n, total);
        }
    }
}

static void
normalize (const float *x,
           gsize x_stride,
           gsize rows,
           gsize n_real,
           gsize n,
           float *y,
           gsize y_stride)
{
  Vector mask;

  for (int i = 0; i < LANES; i++)
    mask[i] = n - LANES + i < n_real ? 1 : 0;
  for (gsize row = 0; row < rows; row++)
    {
      Vector total = {0}, squares = {0};
      float mean, scale;

      for (gsize i = 0; i + LANES < n; i += LANES)
        total += load (x + i);
      total += load (x + n - LANES) * mask;
      mean = sum (total) / n_real;
      for (gsize i = 0; i < n; i += LANES)
        {
          Vector difference = load (x + i) - mean;

          if (i + LANES == n)
            difference *= mask;
          squares += difference * difference;
        }
      scale = 1 / sqrtf (sum (squares) / n_real + 1e-6f);
      for (gsize i = 0; i < n; i += LANES)
        {
          Vector value = (load (x + i) - mean) * scale;

          store (y + i, i + LANES == n ? value * mask : value);
        }
      x += x_stride;
      y += y_stride;
    }
}

/* Softmax down the columns of @width rows. */
static void
softmax_columns (float *x, gsize width, gsize n)
{
  for (gsize i = 0; i < n; i += LANES)
    {
      Vector most = load (x + i), total = {0};

      for (gsize j = 1; j < width; j++)
        {
          Vector value = load (x + j * n + i);

          most = choose (value > most, value, most);
        }
      for (gsize j = 0; j < width; j++)
        {
          Vector value = exponential (load (x + j * n + i) - most);

          total += value;
          store (x + j * n + i, value);
        }
      for (gsize j = 0; j < width; j++)
        store (x + j * n + i, load (x + j * n + i) / total);
    }
}

static void
attend (const float *q,
        const float *k,
        const float *v,
        gsize length,
        gsize width,
        gsize stride,
        float temperature,
        float *work,
        float *y,
        gsize y_stride)
{
  const gsize n = (width + LANES - 1) / LANES * LANES;

  /* Transposed, so that all that follows goes along the rows. */
  for (gsize j = 0; j < width; j++)
    for (gsize i = 0; i < n; i += LANES)
      {
        Vector total = {0};

        for (gsize token = 0; token < length; token++)
          total += k[token * stride + j] * load (q + token * stride + i);
        store (work + j * n + i, total * temperature);
      }
  softmax_columns (work, width, n);
  for (gsize token = 0; token < length; token++)
    for (gsize i = 0; i < n; i += LANES)
      {
        Vector total = {0};

        for (gsize j = 0; j < width; j++)
          total += v[token * stride + j] * load (work + j * n + i);
        store (y + token * y_stride + i, total);
      }
}

#define TABLE_NAME_(level) likeness_kernels_##level
#define TABLE_NAME(level) TABLE_NAME_ (level)
#define TEXT_(level) #level
#define TEXT(level) TEXT_ (level)

extern const LikenessKernels TABLE_NAME (LIKENESS_LEVEL);
const LikenessKernels TABLE_NAME (LIKENESS_LEVEL)
    = {TEXT (LIKENESS_LEVEL), multiply, convolve, normalize, attend};
