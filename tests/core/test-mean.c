/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-mean.h"

#include <math.h>

/* The expected values are NumPy's and SciPy's (scipy.stats.t.ppf (0.975, G - 1)), in
 * float64:
 *
 *   mean = v.mean ()
 *   rest = [v[g == k].sum () - mean * (g == k).sum () for k in np.unique (g)]
 *   half = t * np.sqrt (G / (G - 1) * np.sum (np.square (rest))) / len (v) */

static const double numbers[] = {27.5, 29.25, 24.0, 31.5, 28.0, 22.75, 30.0, 26.5};

static void
assert_mean (const LikenessMean *mean, double value, double half, double sd)
{
  g_assert_cmpfloat_with_epsilon (mean->value, value, 1e-9);
  g_assert_cmpfloat_with_epsilon (mean->low, value - half, 2e-4);
  g_assert_cmpfloat_with_epsilon (mean->high, value + half, 2e-4);
  g_assert_cmpfloat_with_epsilon (mean->sd, sd, 1e-9);
}

static void
test_single (void)
{
  LikenessMean mean;

  likeness_mean_compute (numbers, NULL, 8, 0, &mean);
  assert_mean (&mean, 27.4375, 2.474875102, 2.960302832);
  g_assert_cmpuint (mean.n, ==, 8);
  g_assert_cmpuint (mean.n_groups, ==, 8);
  likeness_mean_compute (numbers, NULL, 2, 0, &mean);
  assert_mean (&mean, 28.375, 11.11792914, 1.237436867);
}

static void
test_groups (void)
{
  static const guint32 groups[] = {0, 0, 0, 2, 2, 4, 4, 4};
  LikenessMean mean;

  likeness_mean_compute (numbers, groups, 8, 5, &mean);
  assert_mean (&mean, 27.4375, 3.796055081, 2.960302832);
  g_assert_cmpuint (mean.n, ==, 8);
  g_assert_cmpuint (mean.n_groups, ==, 3);
}

/* The same value ten times over by each person is no more known than ten people are. */
static void
test_copies (void)
{
  double values[80];
  guint32 groups[80];
  LikenessMean copies, single;

  for (guint i = 0; i < 80; i++)
    {
      groups[i] = i / 10;
      values[i] = numbers[groups[i]];
    }
  likeness_mean_compute (values, groups, 80, 8, &copies);
  likeness_mean_compute (numbers, NULL, 8, 0, &single);
  g_assert_cmpfloat_with_epsilon (copies.value, single.value, 1e-9);
  g_assert_cmpfloat_with_epsilon (copies.low, single.low, 1e-9);
  g_assert_cmpfloat_with_epsilon (copies.high, single.high, 1e-9);
}

/* Against the subject bootstrap: numpy, 100,000 draws of 200 people with 1 to 12 faces.
 */
static void
test_as_bootstrap (void)
{
  double values[2000];
  guint32 groups[2000];
  guint n = 0;
  LikenessMean mean;

  for (guint g = 0; g < 200; g++)
    for (guint i = 0; i <= g * 7 % 12; i++)
      {
        groups[n] = g;
        values[n++] = g * 37 % 101 / 10.0 + (g + i) * 13 % 17 / 5.0;
      }
  likeness_mean_compute (values, groups, n, 200, &mean);
  g_assert_cmpuint (n, ==, 1296);
  g_assert_cmpfloat_with_epsilon (mean.low, 6.0672, 0.02);
  g_assert_cmpfloat_with_epsilon (mean.high, 6.9920, 0.02);
}

static void
test_not_finite (void)
{
  const double values[] = {27.5, INFINITY, 29.25, NAN, 24.0, -INFINITY};
  const double finite[] = {27.5, 29.25, 24.0};
  static const guint32 groups[] = {0, 1, 2, 3, 4, 0};
  LikenessMean mean, wanted;

  likeness_mean_compute (values, groups, 6, 5, &mean);
  likeness_mean_compute (finite, NULL, 3, 0, &wanted);
  g_assert_cmpfloat (mean.value, ==, wanted.value);
  g_assert_cmpfloat_with_epsilon (mean.low, wanted.low, 1e-12);
  g_assert_cmpuint (mean.n, ==, 3);
  g_assert_cmpuint (mean.n_groups, ==, 3);
}

static void
test_few (void)
{
  static const guint32 groups[] = {1, 1, 1};
  LikenessMean mean;

  likeness_mean_compute (numbers, NULL, 0, 0, &mean);
  g_assert_true (isnan (mean.value) && isnan (mean.low) && isnan (mean.sd));
  g_assert_cmpuint (mean.n, ==, 0);

  likeness_mean_compute (numbers, NULL, 1, 0, &mean);
  g_assert_cmpfloat (mean.value, ==, 27.5);
  g_assert_true (isnan (mean.low) && isnan (mean.high) && isnan (mean.sd));

  /* Three faces of one person say nothing about people. */
  likeness_mean_compute (numbers, groups, 3, 4, &mean);
  g_assert_true (isnan (mean.low) && isnan (mean.high));
  g_assert_cmpfloat (mean.sd, >, 0);
  g_assert_cmpuint (mean.n_groups, ==, 1);
}

/* Half widths in units of the standard error are the quantiles of Student's t. */
static void
test_quantiles (void)
{
  static const struct
  {
    guint freedom;
    double quantile;
  } cases[] = {{1, 12.706205},  {2, 4.302653},   {3, 3.182446},  {6, 2.446912},
               {7, 2.364624},   {8, 2.306004},   {10, 2.228139}, {30, 2.042272},
               {157, 1.975189}, {1000, 1.962339}};

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n = cases[i].freedom + 1;
      g_autofree double *values = g_new0 (double, n);
      LikenessMean mean;

      values[0] = 1;
      likeness_mean_compute (values, NULL, n, 0, &mean);
      g_assert_cmpfloat_with_epsilon ((mean.high - mean.value) / (mean.sd / sqrt (n)),
                                      cases[i].quantile, 1e-4);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mean/single-values", test_single);
  g_test_add_func ("/mean/groups", test_groups);
  g_test_add_func ("/mean/copies", test_copies);
  g_test_add_func ("/mean/as-bootstrap", test_as_bootstrap);
  g_test_add_func ("/mean/not-finite", test_not_finite);
  g_test_add_func ("/mean/few", test_few);
  g_test_add_func ("/mean/quantiles", test_quantiles);
  return g_test_run ();
}
