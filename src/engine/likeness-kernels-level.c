/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* Compiled once for each kind of processor: LIKENESS_LEVEL names it, and the compiler's
 * flags allow its instructions. Nothing here may be called but through the table, and no
 * header with functions of its own is included: the linker might take such a function,
 * compiled for a newer processor, for everybody. */

#include <math.h>

#include "likeness-kernels-vector.h"

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

/* ROWS x PANELS vectors of a product, of which @rows rows are kept. */
INLINE void
multiply_tile (const LikenessProduct *p, gsize row, gsize rows, gsize panel, int panels)
{
  const float *a = p->a + row * p->a_row;
  const float *b = p->b + panel * p->b_panel;
  Vector total[ROWS][PANELS];

#pragma GCC unroll 8
  for (int r = 0; r < ROWS; r++)
#pragma GCC unroll 3
    for (int q = 0; q < panels; q++)
      total[r][q] = p->bias != NULL ? load (p->bias + (panel + q) * LANES) : (Vector){0};
  for (gsize k = 0; k < p->k; k++)
    {
      Vector column[PANELS];

#pragma GCC unroll 3
      for (int q = 0; q < panels; q++)
        column[q] = load (b + (gsize)q * p->b_panel);
#pragma GCC unroll 8
      for (int r = 0; r < ROWS; r++)
#pragma GCC unroll 3
        for (int q = 0; q < panels; q++)
          total[r][q] += a[(gsize)r * p->a_row] * column[q];
      a += p->a_column;
      b += p->b_row;
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

INLINE void
measure_row (
    const float *x, gsize n_real, gsize n, Vector mask, float *mean, float *scale)
{
  Vector total = {0}, squares = {0};

  for (gsize i = 0; i + LANES < n; i += LANES)
    total += load (x + i);
  total += load (x + n - LANES) * mask;
  *mean = sum (total) / n_real;
  for (gsize i = 0; i < n; i += LANES)
    {
      Vector difference = load (x + i) - *mean;

      if (i + LANES == n)
        difference *= mask;
      squares += difference * difference;
    }
  *scale = 1 / sqrtf (sum (squares) / n_real + 1e-6f);
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
  const Vector mask = make_mask (n_real, n);

  for (gsize row = 0; row < rows; row++)
    {
      float mean, scale;

      measure_row (x, n_real, n, mask, &mean, &scale);
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

/* out[j][i] = sum over tokens of right[token][j] * left[token][i]. */
INLINE void
correlate (const float *left,
           gsize left_stride,
           const float *right,
           gsize right_stride,
           gsize length,
           gsize width,
           gsize n,
           float *out)
{
  for (gsize j = 0; j < width; j++)
    for (gsize i = 0; i < n; i += LANES)
      {
        Vector total = {0};

        for (gsize token = 0; token < length; token++)
          total
              += right[token * right_stride + j] * load (left + token * left_stride + i);
        store (out + j * n + i, total);
      }
}

/* out[token][i] = sum over j of in[token][j] * matrix[j][i]. */
INLINE void
mix (const float *in,
     gsize in_stride,
     const float *matrix,
     gsize length,
     gsize width,
     gsize n,
     float *out,
     gsize out_stride)
{
  for (gsize token = 0; token < length; token++)
    for (gsize i = 0; i < n; i += LANES)
      {
        Vector total = {0};

        for (gsize j = 0; j < width; j++)
          total += in[token * in_stride + j] * load (matrix + j * n + i);
        store (out + token * out_stride + i, total);
      }
}

/* Everything [j][i] is transposed, so that all that follows goes along the rows: row j
 * belongs to the key, column i to the query. */
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

  correlate (q, stride, k, stride, length, width, n, work);
  for (gsize i = 0; i < width * n; i += LANES)
    store (work + i, load (work + i) * temperature);
  softmax_columns (work, width, n);
  mix (v, stride, work, length, width, n, y, y_stride);
}

static void
activate (const float *z, gsize n, float *h)
{
  for (gsize i = 0; i < n; i += LANES)
    store (h + i, gelu (load (z + i)));
}

/* d (x Phi (x)) = Phi (x) + x phi (x). */
static void
activate_back (const float *z, gsize n, float *h, float *gradient)
{
  for (gsize i = 0; i < n; i += LANES)
    {
      Vector x = load (z + i);
      Vector bell = exponential (-0.5f * x * x);
      Vector below = distribute (x, bell);

      store (h + i, x * below);
      store (gradient + i,
             load (gradient + i) * (below + 0.39894228040143268f * x * bell));
    }
}

static void
normalize_back (const float *x,
                gsize x_stride,
                gsize rows,
                gsize n_real,
                gsize n,
                float *gradient,
                gsize gradient_stride)
{
  const Vector mask = make_mask (n_real, n);

  for (gsize row = 0; row < rows; row++)
    {
      Vector total = {0}, product = {0};
      float mean, scale, shift, slope;

      measure_row (x, n_real, n, mask, &mean, &scale);
      for (gsize i = 0; i < n; i += LANES)
        {
          Vector d = load (gradient + i), normal = (load (x + i) - mean) * scale;

          if (i + LANES == n)
            d *= mask;
          total += d;
          product += d * normal;
        }
      shift = sum (total) / n_real;
      slope = sum (product) / n_real;
      for (gsize i = 0; i < n; i += LANES)
        {
          Vector normal = (load (x + i) - mean) * scale;
          Vector value = (load (gradient + i) - shift - normal * slope) * scale;

          store (gradient + i, i + LANES == n ? value * mask : value);
        }
      x += x_stride;
      gradient += gradient_stride;
    }
}

static void
add_rows (const float *x, gsize x_stride, gsize rows, gsize n, float *sums)
{
  for (gsize i = 0; i < n; i += LANES)
    {
      Vector total = load (sums + i);

      for (gsize row = 0; row < rows; row++)
        total += load (x + row * x_stride + i);
      store (sums + i, total);
    }
}

static void
convolve_back (const LikenessConvolution *c,
               const float *gradient,
               float *weight,
               float *bias)
{
  const int half = c->size / 2;

  add_rows (gradient, c->y_stride, (gsize)c->height * c->width, c->n, bias);
  for (int ky = 0; ky < c->size; ky++)
    for (int kx = 0; kx < c->size; kx++)
      {
        const int dy = ky - half, dx = kx - half;
        const int first_y = dy < 0 ? -dy : 0;
        const int last_y = dy > 0 ? c->height - dy : c->height;
        const int first_x = dx < 0 ? -dx : 0;
        const int last_x = dx > 0 ? c->width - dx : c->width;

        for (gsize n = 0; n < c->n; n += LANES)
          {
            float *w = weight + ((gsize)ky * c->size + kx) * c->n + n;
            Vector total = load (w);

            for (int y = first_y; y < last_y; y++)
              for (int x = first_x; x < last_x; x++)
                total
                    += load (gradient + ((gsize)y * c->width + x) * c->y_stride + n)
                       * load (c->x + ((gsize)(y + dy) * c->width + x + dx) * c->x_stride
                               + n);
            store (w, total);
          }
      }
}

static void
transpose (const float *in, gsize width, gsize n, float *out)
{
  for (gsize i = 0; i < width; i++)
    for (gsize j = 0; j < n; j++)
      out[i * n + j] = j < width ? in[j * n + i] : 0;
}

static void
attend_back (const float *q,
             const float *k,
             const float *v,
             gsize length,
             gsize width,
             gsize stride,
             float temperature,
             const float *gradient,
             gsize gradient_stride,
             float *work,
             float *dq,
             float *dk,
             float *dv,
             gsize d_stride,
             float *dtemperature)
{
  const gsize n = (width + LANES - 1) / LANES * LANES, size = width * n;
  float *scores = work, *attention = work + size, *change = work + 2 * size;
  float *flipped = work + 3 * size;
  double total = 0;

  correlate (q, stride, k, stride, length, width, n, scores);
  for (gsize i = 0; i < size; i += LANES)
    store (attention + i, load (scores + i) * temperature);
  softmax_columns (attention, width, n);
  transpose (attention, width, n, flipped);
  /* The spare columns of the transposed matrix are 0, so dv's spare numbers are as well.
   */
  mix (gradient, gradient_stride, flipped, length, width, n, dv, d_stride);

  correlate (gradient, gradient_stride, v, stride, length, width, n, change);
  for (gsize i = 0; i < n; i += LANES)
    {
      Vector mean = {0};

      for (gsize j = 0; j < width; j++)
        mean += load (attention + j * n + i) * load (change + j * n + i);
      for (gsize j = 0; j < width; j++)
        store (change + j * n + i,
               load (attention + j * n + i) * (load (change + j * n + i) - mean));
    }
  for (gsize j = 0; j < width; j++)
    for (gsize i = 0; i < width; i++)
      total += (double)change[j * n + i] * scores[j * n + i];
  *dtemperature += (float)total;
  for (gsize i = 0; i < size; i += LANES)
    store (change + i, load (change + i) * temperature);
  transpose (change, width, n, flipped);
  mix (k, stride, change, length, width, n, dq, d_stride);
  mix (q, stride, flipped, length, width, n, dk, d_stride);
}

#define TABLE_NAME_(level) likeness_kernels_##level
#define TABLE_NAME(level) TABLE_NAME_ (level)
#define TEXT_(level) #level
#define TEXT(level) TEXT_ (level)

extern const LikenessKernels TABLE_NAME (LIKENESS_LEVEL);
const LikenessKernels TABLE_NAME (LIKENESS_LEVEL) = {
    TEXT (LIKENESS_LEVEL), multiply,      convolve, normalize, activate,    activate_back,
    normalize_back,        convolve_back, add_rows, attend,    attend_back, NULL};
