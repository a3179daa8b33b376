/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-metrics.h"

#include <math.h>
#include <string.h>

/* Wilson intervals computed with numpy in float64, z = 1.96. */
static void
test_rate (void)
{
  static const struct
  {
    guint64 k, n;
    double low, high;
  } cases[] = {
      {4, 5, 0.375528264119, 0.963776839030},
      {19, 20, 0.763864106487, 0.991118780567},
      {1544, 2134, 0.704158628171, 0.742085845695},
      {0, 10, 0, 0.277540168767},
      {10, 10, 0.722459831233, 1},
      {1, 1, 0.206543291474, 1},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LikenessRate rate = likeness_rate_new (cases[i].k, cases[i].n);

      g_assert_cmpuint (rate.k, ==, cases[i].k);
      g_assert_cmpuint (rate.n, ==, cases[i].n);
      g_assert_cmpfloat (rate.value, ==, (double)cases[i].k / cases[i].n);
      g_assert_cmpfloat_with_epsilon (rate.low, cases[i].low, 1e-11);
      g_assert_cmpfloat_with_epsilon (rate.high, cases[i].high, 1e-11);
    }
  g_assert_cmpfloat (likeness_rate_new (0, 10).low, ==, 0);
  g_assert_cmpfloat (likeness_rate_new (10, 10).high, ==, 1);
}

static void
test_rate_of_nothing (void)
{
  LikenessRate rate = likeness_rate_new (0, 0);

  g_assert_true (isnan (rate.value));
  g_assert_true (isnan (rate.low));
  g_assert_true (isnan (rate.high));
}

static void
test_clear (void)
{
  LikenessMetrics metrics;

  likeness_metrics_clear (&metrics);
  g_assert_true (isnan (metrics.top1.value));
  g_assert_true (isnan (metrics.macro_top1));
  g_assert_true (isnan (metrics.sim));
  g_assert_true (isnan (metrics.val.eer));
  g_assert_true (isnan (metrics.strangers_high_high.tar_1e3.tar));
  g_assert_cmpfloat (metrics.val.tar_1e3.far, ==, 1e-3);
  g_assert_false (metrics.has_strangers);
  g_assert_cmpint (metrics.top1_undefined, ==, LIKENESS_DEFINED);
}

static void
test_reasons (void)
{
  for (LikenessUndefined i = LIKENESS_UNDEFINED_DISJOINT;
       i <= LIKENESS_UNDEFINED_NO_STRANGERS; i++)
    {
      const char *sentence = likeness_undefined_get_sentence (i);

      g_assert_cmpuint (strlen (sentence), >, 20);
      g_assert_cmpint (likeness_undefined_from_sentence (sentence), ==, i);
    }
  g_assert_cmpstr (likeness_undefined_describe (LIKENESS_DEFINED), ==, "");
  g_assert_cmpint (likeness_undefined_from_sentence ("?"), ==,
                   LIKENESS_UNDEFINED_TOO_FEW);
  g_assert_cmpint (likeness_undefined_from_sentence (NULL), ==,
                   LIKENESS_UNDEFINED_TOO_FEW);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/rate/wilson", test_rate);
  g_test_add_func ("/metrics/rate/nothing-is-nan", test_rate_of_nothing);
  g_test_add_func ("/metrics/clear", test_clear);
  g_test_add_func ("/metrics/undefined/sentences-round-trip", test_reasons);
  return g_test_run ();
}
