/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-augmentation.h"
#include "likeness-learning-rate.h"

#define N 20000

/* Standard deviation of a uniform number within @spread of its middle. */
static double
deviation (double spread)
{
  return spread / sqrt (3);
}

static void
check_uniform (const double *values, double middle, double spread)
{
  double sum = 0;
  double squares = 0;

  for (int i = 0; i < N; i++)
    {
      g_assert_cmpfloat (fabs (values[i] - middle), <=, spread * 1.0001);
      sum += values[i] - middle;
      squares += (values[i] - middle) * (values[i] - middle);
    }
  /* Five standard errors of the mean and of the variance. */
  g_assert_cmpfloat (fabs (sum / N), <, 5 * deviation (spread) / sqrt (N));
  g_assert_cmpfloat_with_epsilon (sqrt (squares / N), deviation (spread),
                                  deviation (spread) * 5 * 0.45 / sqrt (N) * 2);
}

static void
test_ranges (void)
{
  g_autofree double *values = g_new (double, (gsize)5 * N);
  int flips = 0;
  int best = 0;

  for (guint32 i = 0; i < N; i++)
    {
      LikenessAugmentation a = likeness_augmentation_draw (42, 3, i, TRUE, 0.3);

      flips += a.flip;
      best += a.use_best;
      values[i] = a.brightness;
      values[N + i] = a.contrast;
      values[2 * N + i] = a.saturation;
      values[3 * N + i] = a.hue;
      values[4 * N + i] = a.angle;
    }
  check_uniform (values, 1, 0.07);
  check_uniform (values + N, 1, 0.07);
  check_uniform (values + 2 * N, 1, 0.05);
  check_uniform (values + 3 * N, 0, 0.02);
  check_uniform (values + 4 * N, 0, 5 * G_PI / 180);
  g_assert_cmpfloat_with_epsilon (flips / (double)N, 0.5, 5 * 0.5 / sqrt (N));
  g_assert_cmpfloat_with_epsilon (best / (double)N, 0.3, 5 * 0.46 / sqrt (N));
}

static void
test_depends_on_arguments_alone (void)
{
  LikenessAugmentation first = likeness_augmentation_draw (7, 2, 5, TRUE, 0);
  LikenessAugmentation again = likeness_augmentation_draw (7, 2, 5, TRUE, 0);
  LikenessAugmentation seed = likeness_augmentation_draw (8, 2, 5, TRUE, 0);
  LikenessAugmentation epoch = likeness_augmentation_draw (7, 3, 5, TRUE, 0);
  LikenessAugmentation face = likeness_augmentation_draw (7, 2, 6, TRUE, 0);

  g_assert_cmpfloat (first.angle, ==, again.angle);
  g_assert_cmpfloat (first.hue, ==, again.hue);
  g_assert_cmpfloat (first.angle, !=, seed.angle);
  g_assert_cmpfloat (first.angle, !=, epoch.angle);
  g_assert_cmpfloat (first.angle, !=, face.angle);
}

static void
test_off (void)
{
  for (guint32 i = 0; i < 100; i++)
    {
      LikenessAugmentation a = likeness_augmentation_draw (1, 1, i, FALSE, 1);

      g_assert_true (a.use_best);
      g_assert_false (a.flip);
      g_assert_cmpfloat (a.brightness, ==, 1);
      g_assert_cmpfloat (a.contrast, ==, 1);
      g_assert_cmpfloat (a.saturation, ==, 1);
      g_assert_cmpfloat (a.hue, ==, 0);
      g_assert_cmpfloat (a.angle, ==, 0);
      g_assert_false (likeness_augmentation_draw (1, 1, i, TRUE, 0).use_best);
    }
}

static void
test_order (void)
{
  guint32 first[500];
  guint32 second[500];
  gboolean seen[500] = {FALSE};

  likeness_augmentation_order (42, 1, first, 500);
  likeness_augmentation_order (42, 1, second, 500);
  g_assert_cmpmem (first, sizeof first, second, sizeof second);
  likeness_augmentation_order (42, 2, second, 500);
  g_assert_cmpint (memcmp (first, second, sizeof first), !=, 0);
  for (int i = 0; i < 500; i++)
    {
      g_assert_cmpuint (first[i], <, 500);
      g_assert_false (seen[first[i]]);
      seen[first[i]] = TRUE;
    }
}

/* By hand: cos(0) = 1, cos(pi/4) = 0.7071, cos(pi/2) = 0, cos(3 pi/4) = -0.7071. */
static void
test_cosine (void)
{
  const double expected[] = {1, 0.853553, 0.5, 0.146447};

  for (guint64 i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (
        likeness_learning_rate_factor (LIKENESS_SCHEDULE_COSINE, i, 4, 0), expected[i],
        1e-6);
  g_assert_cmpfloat_with_epsilon (
      likeness_learning_rate_factor (LIKENESS_SCHEDULE_COSINE, 4, 4, 0), 0, 1e-12);
  g_assert_cmpfloat (likeness_learning_rate_factor (LIKENESS_SCHEDULE_CONSTANT, 3, 4, 0),
                     ==, 1);
}

static void
test_warm_up (void)
{
  const double expected[] = {0.25, 0.5, 0.75, 1, 1, 0.853553, 0.5, 0.146447};

  for (guint64 i = 0; i < 8; i++)
    g_assert_cmpfloat_with_epsilon (
        likeness_learning_rate_factor (LIKENESS_SCHEDULE_COSINE, i, 8, 4), expected[i],
        1e-6);
  /* A run that is all warm-up ends at the full rate. */
  g_assert_cmpfloat (likeness_learning_rate_factor (LIKENESS_SCHEDULE_COSINE, 3, 4, 4),
                     ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/augmentation/ranges", test_ranges);
  g_test_add_func ("/augmentation/depends-on-arguments-alone",
                   test_depends_on_arguments_alone);
  g_test_add_func ("/augmentation/off", test_off);
  g_test_add_func ("/augmentation/order-is-a-permutation", test_order);
  g_test_add_func ("/learning-rate/cosine", test_cosine);
  g_test_add_func ("/learning-rate/warm-up", test_warm_up);
  return g_test_run ();
}
