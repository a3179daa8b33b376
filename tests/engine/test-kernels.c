/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-kernels.h"

#define LANES LIKENESS_KERNEL_LANES
#define SPARE LIKENESS_KERNEL_SPARE_ROWS
#define UNTOUCHED 12345.0f

static float *
draw (gsize n)
{
  float *numbers = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = (float)g_test_rand_double_range (-1, 1);
  return numbers;
}

static double
gelu (double x)
{
  return x / 2 * (1 + erf (x / sqrt (2)));
}

/* Every height of the last tile, every number of panels, against sums in double. */
static void
check_multiply (const LikenessKernels *kernels,
                gsize m,
                gsize k,
                gsize n,
                gboolean more,
                gboolean transposed)
{
  const gsize c_stride = n + LANES;
  const gsize a_row = transposed ? 1 : k + 3, a_column = transposed ? m + SPARE + 3 : 1;
  const gsize n_a = transposed ? k * a_column : (m + SPARE) * a_row;
  g_autofree float *a = draw (n_a);
  g_autofree float *b = draw (k * n);
  g_autofree float *bias = draw (n);
  g_autofree float *add = draw (m * c_stride);
  g_autofree float *c = g_new (float, (m + 1) * c_stride);
  LikenessProduct product = {
      .m = m,
      .k = k,
      .n = n,
      .a = a,
      .a_row = a_row,
      .a_column = a_column,
      .b = b,
      .b_row = LANES,
      .b_panel = k * LANES,
      .bias = bias,
      .c = c,
      .c_stride = c_stride,
      .gelu = more,
      .add = more ? add : NULL,
      .add_stride = c_stride,
  };

  for (gsize i = 0; i < (m + 1) * c_stride; i++)
    c[i] = UNTOUCHED;
  kernels->multiply (&product);
  for (gsize row = 0; row < m; row++)
    for (gsize column = 0; column < n; column++)
      {
        double total = bias[column];

        for (gsize i = 0; i < k; i++)
          total += (double)a[row * a_row + i * a_column]
                   * b[(column / LANES * k + i) * LANES + column % LANES];
        if (more)
          total = gelu (total) + add[row * c_stride + column];
        g_assert_cmpfloat_with_epsilon (c[row * c_stride + column], total,
                                        2e-5 * (1 + k / 100.0));
      }
  for (gsize column = n; column < c_stride; column++)
    g_assert_cmpfloat (c[column], ==, UNTOUCHED);
  for (gsize i = m * c_stride; i < (m + 1) * c_stride; i++)
    g_assert_cmpfloat (c[i], ==, UNTOUCHED);
}

static void
test_multiply (gconstpointer data)
{
  for (gsize m = 1; m <= 18; m++)
    for (gsize n = LANES; n <= 7 * LANES; n += LANES)
      for (gsize transposed = 0; transposed < 2; transposed++)
        check_multiply (data, m, 1 + m * 5 % 40, n, (m + n) % 2 == 0, transposed == 1);
  /* Large ones, and a long sum. */
  check_multiply (data, 130, 97, 3 * LANES, TRUE, FALSE);
  check_multiply (data, 67, 64, 11 * LANES, FALSE, TRUE);
  check_multiply (data, 3, 2600, LANES, FALSE, FALSE);
}

/* GELU from far left to far right, relative to its own size where that is small. */
static void
test_gelu (gconstpointer data)
{
  const LikenessKernels *kernels = data;
  const float one[LANES] = {1};
  const float zero[LANES] = {0};

  for (double x = -30; x <= 30; x += 0.0137)
    {
      float a[1 + SPARE] = {(float)x};
      float c[LANES];
      LikenessProduct product = {
          .m = 1,
          .k = 1,
          .n = LANES,
          .a = a,
          .a_row = 1,
          .a_column = 1,
          .b = one,
          .b_row = LANES,
          .b_panel = LANES,
          .bias = zero,
          .c = c,
          .c_stride = LANES,
          .gelu = TRUE,
      };

      kernels->multiply (&product);
      g_assert_cmpfloat_with_epsilon (c[0], gelu (a[0]), 4e-7 * MAX (1, fabs (x)));
      g_assert_cmpfloat (c[1], ==, 0);
    }
}

static void
test_convolve (gconstpointer data)
{
  const LikenessKernels *kernels = data;
  const int shapes[][3] = {{7, 5, 3}, {7, 7, 7}, {3, 3, 9}, {1, 4, 5}};

  for (gsize shape = 0; shape < G_N_ELEMENTS (shapes); shape++)
    {
      const int height = shapes[shape][0], width = shapes[shape][1];
      const int size = shapes[shape][2];
      const gsize n = 2 * LANES, stride = n + LANES;
      g_autofree float *x = draw ((gsize)height * width * stride);
      g_autofree float *y = draw ((gsize)height * width * stride);
      g_autofree float *weight = draw ((gsize)size * size * n);
      g_autofree float *bias = draw (n);
      LikenessConvolution convolution
          = {height, width, size, n, x, stride, weight, bias, y, stride};

      for (int row = 0; row < height; row++)
        kernels->convolve (&convolution, row);
      for (int row = 0; row < height; row++)
        for (int column = 0; column < width; column++)
          for (gsize c = 0; c < n; c++)
            {
              double total = bias[c];

              for (int ky = 0; ky < size; ky++)
                for (int kx = 0; kx < size; kx++)
                  {
                    int from_y = row + ky - size / 2, from_x = column + kx - size / 2;

                    if (from_y >= 0 && from_y < height && from_x >= 0 && from_x < width)
                      total += (double)weight[((gsize)ky * size + kx) * n + c]
                               * x[((gsize)from_y * width + from_x) * stride + c];
                  }
              g_assert_cmpfloat_with_epsilon (
                  y[((gsize)row * width + column) * stride + c], total, 1e-5);
            }
    }
}

static void
test_normalize (gconstpointer data)
{
  const LikenessKernels *kernels = data;

  for (gsize n_real = 1; n_real <= 3 * LANES; n_real += 7)
    {
      const gsize n = (n_real + LANES - 1) / LANES * LANES;
      g_autofree float *x = draw (4 * n);
      g_autofree float *y = g_new (float, 4 * n);

      /* What lies in the padding is nobody's business. */
      for (gsize row = 0; row < 4; row++)
        for (gsize i = n_real; i < n; i++)
          x[row * n + i] = UNTOUCHED;
      kernels->normalize (x, n, 4, n_real, n, y, n);
      for (gsize row = 0; row < 4; row++)
        {
          double mean = 0, variance = 0;

          for (gsize i = 0; i < n_real; i++)
            mean += x[row * n + i] / (double)n_real;
          for (gsize i = 0; i < n_real; i++)
            variance += pow (x[row * n + i] - mean, 2) / n_real;
          for (gsize i = 0; i < n; i++)
            {
              double wanted
                  = i < n_real ? (x[row * n + i] - mean) / sqrt (variance + 1e-6) : 0;

              g_assert_cmpfloat_with_epsilon (y[row * n + i], wanted, 1e-5);
            }
        }
    }
}

static void
test_attend (gconstpointer data)
{
  const LikenessKernels *kernels = data;
  const gsize length = 9, width = 21, stride = 80, n = 2 * LANES;
  g_autofree float *qkv = draw (length * stride + LANES);
  g_autofree float *work = g_new (float, width *n);
  g_autofree float *y = g_new (float, length *n);
  const float *q = qkv, *k = qkv + width, *v = qkv + 2 * width;
  const float temperature = 3.5f;

  kernels->attend (q, k, v, length, width, stride, temperature, work, y, n);
  for (gsize i = 0; i < width; i++)
    {
      double scores[21], most = -INFINITY, total = 0;

      for (gsize j = 0; j < width; j++)
        {
          scores[j] = 0;
          for (gsize token = 0; token < length; token++)
            scores[j] += (double)q[token * stride + i] * k[token * stride + j];
          scores[j] *= temperature;
          most = MAX (most, scores[j]);
        }
      for (gsize j = 0; j < width; j++)
        total += scores[j] = exp (scores[j] - most);
      for (gsize token = 0; token < length; token++)
        {
          double wanted = 0;

          for (gsize j = 0; j < width; j++)
            wanted += scores[j] / total * v[token * stride + j];
          g_assert_cmpfloat_with_epsilon (y[token * n + i], wanted, 1e-5);
        }
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (gconstpointer kernels);
  } cases[] = {
      {"multiply", test_multiply},   {"gelu", test_gelu},     {"convolve", test_convolve},
      {"normalize", test_normalize}, {"attend", test_attend},
  };
  const LikenessKernels *list[LIKENESS_KERNELS_MAX];
  guint n;

  g_test_init (&argc, &argv, NULL);
  n = likeness_kernels_list (list);
  for (guint i = 0; i < n; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
      {
        g_autofree char *path
            = g_strdup_printf ("/kernels/%s/%s", list[i]->name, cases[j].name);

        g_test_add_data_func (path, list[i], cases[j].func);
      }
  return g_test_run ();
}
