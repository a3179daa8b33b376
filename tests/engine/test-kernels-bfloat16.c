/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-kernels.h"

#define LANES LIKENESS_KERNEL_LANES
#define UNTOUCHED 12345.0f
#define GUARD 0x5a5a

typedef struct
{
  gsize m, k, n;
  gboolean transposed; /* a */
  gboolean plain;      /* b: a matrix, not panels */
  gboolean packed;     /* b is rounded beforehand */
  gboolean bias;
  gboolean add;
} Case;

static float *
draw (gsize n)
{
  float *numbers = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = (float)g_test_rand_double_range (-1, 1);
  return numbers;
}

/* To the nearest number with eight binary digits, of two as near to the even one. */
static double
round_to_bfloat16 (float x)
{
  int exponent;
  double digits = ldexp (frexp ((double)x, &exponent), 8);

  return ldexp (nearbyint (digits), exponent - 8);
}

/* A product of two bfloat16 is exact in float32; what is left is the order of the sum. */
static void
check (const LikenessKernels *kernels, const Case *c)
{
  const gsize c_stride = c->n + LANES;
  const gsize a_row = c->transposed ? 1 : c->k + 3;
  const gsize a_column = c->transposed ? c->m + 5 : 1;
  const gsize b_row = c->plain ? c->n + 7 : LANES;
  const gsize b_panel = c->plain ? LANES : c->k * LANES;
  const gsize n_left = LIKENESS_ROUNDED_NUMBERS (c->m, c->k);
  const gsize n_right = LIKENESS_ROUNDED_NUMBERS (c->n, c->k);
  const gsize n_work = n_left + (c->packed ? 0 : n_right);
  /* Nothing behind the last number of a is there to be read. */
  g_autofree float *a = draw ((c->m - 1) * a_row + (c->k - 1) * a_column + 1);
  g_autofree float *b = draw (c->plain ? c->k * b_row : c->k * c->n);
  g_autofree float *bias = draw (c->n);
  g_autofree float *add = draw (c->m * c_stride);
  g_autofree float *out = g_new (float, (c->m + 1) * c_stride);
  g_autofree guint16 *right = g_new (guint16, n_right + 1);
  g_autofree guint16 *work = g_new (guint16, n_work + 1);
  LikenessProduct product = {
      .m = c->m,
      .k = c->k,
      .n = c->n,
      .a = a,
      .a_row = a_row,
      .a_column = a_column,
      .b = b,
      .b_row = b_row,
      .b_panel = b_panel,
      .bias = c->bias ? bias : NULL,
      .c = out,
      .c_stride = c_stride,
      .add = c->add ? add : NULL,
      .add_stride = c_stride,
      .work = work,
  };

  for (gsize i = 0; i < (c->m + 1) * c_stride; i++)
    out[i] = UNTOUCHED;
  work[n_work] = right[n_right] = GUARD;
  if (c->packed)
    {
      kernels->round_columns (&product, right);
      product.b_rounded = right;
      product.b = NULL;
    }
  kernels->multiply (&product);
  g_assert_cmpint (work[n_work], ==, GUARD);
  g_assert_cmpint (right[n_right], ==, GUARD);

  for (gsize row = 0; row < c->m; row++)
    for (gsize column = 0; column < c->n; column++)
      {
        const gsize panel = column / LANES * b_panel + column % LANES;
        double total = c->bias ? bias[column] : 0;

        for (gsize i = 0; i < c->k; i++)
          total += round_to_bfloat16 (a[row * a_row + i * a_column])
                   * round_to_bfloat16 (b[panel + i * b_row]);
        if (c->add)
          total += add[row * c_stride + column];
        g_assert_cmpfloat_with_epsilon (out[row * c_stride + column], total,
                                        2e-6 * (1 + sqrt (c->k)));
      }
  for (gsize row = 0; row <= c->m; row++)
    for (gsize column = row < c->m ? c->n : 0; column < c_stride; column++)
      g_assert_cmpfloat (out[row * c_stride + column], ==, UNTOUCHED);
}

/* Every height of the last tile, every width of a sum's last one, every pairing of rows
 * and panels, with each way that a and b may lie. */
static void
test_products (gconstpointer kernels)
{
  for (gsize m = 1; m <= 34; m++)
    for (gsize n = LANES; n <= 4 * LANES; n += LANES)
      for (guint ways = 0; ways < 32; ways++)
        {
          const Case c = {
              .m = m,
              .k = 1 + (m * 7 + n / LANES * 13 + ways * 3) % 70,
              .n = n,
              .transposed = ways & 1,
              .plain = ways & 2,
              .packed = ways & 4,
              .bias = ways & 8,
              .add = ways & 16,
          };

          check (kernels, &c);
        }
}

static void
test_large (gconstpointer kernels)
{
  check (kernels, &(Case){.m = 196, .k = 672, .n = 11 * LANES, .packed = TRUE});
  check (kernels, &(Case){672, 64, 11 * LANES, TRUE, TRUE, FALSE, FALSE, TRUE});
  check (kernels, &(Case){.m = 3, .k = 2600, .n = LANES, .bias = TRUE});
}

/* Halfway between two numbers of bfloat16 the even one is meant. */
static void
test_rounding (gconstpointer data)
{
  static const struct
  {
    float from, to;
  } cases[] = {
      {0x1.01p0f, 0x1.00p0f},     {0x1.03p0f, 0x1.04p0f},       {-0x1.01p0f, -0x1.00p0f},
      {0x1.02p0f, 0x1.02p0f},     {0x1.010002p0f, 0x1.02p0f},   {0x1.ffp0f, 0x1.00p1f},
      {0x1.01p-90f, 0x1.00p-90f}, {0x1.02fffep60f, 0x1.02p60f}, {0, 0},
  };
  const LikenessKernels *kernels = data;
  float one[LANES] = {1}, c[LANES];
  guint16 work[LIKENESS_ROUNDED_NUMBERS (1, 1) + LIKENESS_ROUNDED_NUMBERS (LANES, 1)];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int right = 0; right < 2; right++)
      {
        float x[LANES] = {cases[i].from};
        LikenessProduct product = {
            .m = 1,
            .k = 1,
            .n = LANES,
            .a = right ? one : x,
            .a_row = 1,
            .a_column = 1,
            .b = right ? x : one,
            .b_row = LANES,
            .b_panel = LANES,
            .c = c,
            .c_stride = LANES,
            .work = work,
        };

        kernels->multiply (&product);
        g_assert_cmpfloat (c[0], ==, cases[i].to);
      }
}

static void
test_none (void)
{
  g_test_skip ("This processor has no instructions for bfloat16.");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*func) (gconstpointer kernels);
  } cases[] = {
      {"products", test_products},
      {"large", test_large},
      {"rounding", test_rounding},
  };
  const LikenessKernels *list[LIKENESS_KERNELS_MAX];
  guint n;

  g_test_init (&argc, &argv, NULL);
  n = likeness_kernels_list_bfloat16 (list);
  g_assert_true (likeness_kernels_get_bfloat16 () == (n > 0 ? list[0] : NULL));
  if (n == 0)
    g_test_add_func ("/kernels/bfloat16", test_none);
  for (guint i = 0; i < n; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
      {
        g_autofree char *path
            = g_strdup_printf ("/kernels/%s/%s", list[i]->name, cases[j].name);

        g_test_add_data_func (path, list[i], cases[j].func);
      }
  return g_test_run ();
}
