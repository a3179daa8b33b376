/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-series.h"

#include <math.h>

static void
test_columns_keep_extremes (void)
{
  g_autoptr (LikenessSeries) series = likeness_series_new ();
  LikenessColumn columns[4];

  /* 100,000 points of 0.5, one spike up in the second quarter, one down in the fourth. */
  for (guint i = 0; i < 100000; i++)
    likeness_series_append (series, i, i == 30000 ? 9 : i == 99999 ? -7 : 0.5);
  likeness_series_reduce (series, 0, 100000, columns, 4);

  g_assert_cmpfloat (columns[0].high, ==, 0.5);
  g_assert_cmpfloat (columns[1].high, ==, 9);
  g_assert_cmpfloat (columns[1].low, ==, 0.5);
  g_assert_cmpfloat (columns[3].low, ==, -7);
  g_assert_cmpfloat (columns[3].first, ==, 0.5);
  g_assert_cmpfloat (columns[3].last, ==, -7);
}

static void
test_range_is_respected (void)
{
  g_autoptr (LikenessSeries) series = likeness_series_new ();
  LikenessColumn columns[2];

  for (guint i = 0; i <= 10; i++)
    likeness_series_append (series, i, i);
  likeness_series_reduce (series, 2, 4, columns, 2);
  /* 2 lies in the first column; 3 begins the second, 4 is the range's own end. */
  g_assert_cmpfloat (columns[0].low, ==, 2);
  g_assert_cmpfloat (columns[0].high, ==, 2);
  g_assert_cmpfloat (columns[1].low, ==, 3);
  g_assert_cmpfloat (columns[1].high, ==, 4);
}

static void
test_gaps_and_nothing (void)
{
  g_autoptr (LikenessSeries) series = likeness_series_new ();
  LikenessColumn columns[2];

  likeness_series_append (series, 0, NAN);
  likeness_series_append (series, 1, INFINITY);
  likeness_series_reduce (series, 0, 1, columns, 2);
  g_assert_true (isnan (columns[0].low) && isnan (columns[1].high));
  /* An empty or reversed range has no column to put a point in. */
  likeness_series_reduce (series, 1, 1, columns, 2);
  likeness_series_reduce (series, 2, 1, columns, 2);
  g_assert_true (isnan (columns[0].low) && isnan (columns[1].low));
  g_assert_cmpuint (likeness_series_get_n_points (series), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/reduce/keeps-extremes", test_columns_keep_extremes);
  g_test_add_func ("/series/reduce/respects-the-range", test_range_is_respected);
  g_test_add_func ("/series/reduce/gaps-and-nothing", test_gaps_and_nothing);
  return g_test_run ();
}
