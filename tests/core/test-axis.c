/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-axis.h"

#include <math.h>

static void
assert_axis (double low,
             double high,
             guint ticks,
             double want_low,
             double want_high,
             double step,
             guint decimals)
{
  LikenessAxis axis = likeness_axis_new (low, high, ticks);

  g_assert_cmpfloat_with_epsilon (axis.low, want_low, 1e-12 * MAX (1, fabs (want_low)));
  g_assert_cmpfloat_with_epsilon (axis.high, want_high,
                                  1e-12 * MAX (1, fabs (want_high)));
  g_assert_cmpfloat_with_epsilon (axis.step, step, 1e-12 * MAX (1, step));
  g_assert_cmpuint (axis.decimals, ==, decimals);
}

static void
test_nice_numbers (void)
{
  /* By hand: (high - low) / (ticks - 1), up to the next 1, 2, 5 times a power of ten. */
  assert_axis (0, 1, 6, 0, 1, 0.2, 1);
  assert_axis (0, 1, 11, 0, 1, 0.1, 1);
  assert_axis (0, 25, 6, 0, 25, 5, 0);
  assert_axis (-0.03, 0.97, 5, -0.5, 1, 0.5, 1);
  assert_axis (0, 123456, 5, 0, 150000, 50000, 0);
  assert_axis (0.7042, 0.7421, 5, 0.7, 0.76, 0.02, 2);
}

static void
test_pathological (void)
{
  const struct
  {
    double low, high;
  } cases[] = {
      {0, 0},           {5, 5},           {1, 0},
      {NAN, 1},         {0, INFINITY},    {-INFINITY, INFINITY},
      {1e-300, 2e-300}, {1e15, 1e15 + 1}, {-3, -3},
      {-1e308, 1e308},  {1e308, 1.7e308}, {0, 5e-324},
      {5e-324, 5e-324}, {-1e308, -1e308}, {0, 1.7e308},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint ticks = 0; ticks < 13; ticks++)
      {
        LikenessAxis axis = likeness_axis_new (cases[i].low, cases[i].high, ticks);

        g_assert_true (isfinite (axis.low) && isfinite (axis.high));
        g_assert_cmpfloat (axis.low, <, axis.high);
        g_assert_cmpfloat (axis.step, >, 0);
        g_assert_cmpfloat ((axis.high - axis.low) / axis.step, <, 14);
      }
}

static void
test_contains_the_data (void)
{
  for (int i = -50; i < 50; i++)
    {
      double low = i * 0.0137;
      double high = low + 0.001 * (1 + (i + 50) * (i + 50));
      LikenessAxis axis = likeness_axis_new (low, high, 8);

      g_assert_cmpfloat (axis.low, <=, low + axis.step * 1e-6);
      g_assert_cmpfloat (axis.high, >=, high - axis.step * 1e-6);
      g_assert_cmpfloat (likeness_axis_place (&axis, axis.low), ==, 0);
      g_assert_cmpfloat (likeness_axis_place (&axis, axis.high), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/nice-numbers", test_nice_numbers);
  g_test_add_func ("/axis/pathological", test_pathological);
  g_test_add_func ("/axis/contains-the-data", test_contains_the_data);
  return g_test_run ();
}
