/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-lfw.h"

#include <math.h>

#define FOLDS 10
#define OF_FOLD 40

/* The same numbers as the script that gave the expected values. */
static guint32
next (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state;
}

/* Scores of 1/128 steps, full of ties; expected values by brute force in numpy, every
 * candidate threshold against every pair, numpy.std() and numpy.std(ddof=1). */
static void
test_protocol (void)
{
  static const guint right[FOLDS] = {33, 36, 36, 35, 35, 34, 33, 33, 35, 34};
  float scores[FOLDS * OF_FOLD];
  gboolean genuine[FOLDS * OF_FOLD];
  guint32 fold[FOLDS * OF_FOLD];
  guint32 state = 7;
  g_autoptr (LikenessLfw) lfw = NULL;

  for (guint i = 0; i < FOLDS * OF_FOLD; i++)
    {
      guint32 a = (next (&state) >> 16) % 64, b = (next (&state) >> 16) % 64;

      fold[i] = i / OF_FOLD;
      genuine[i] = i % OF_FOLD < OF_FOLD / 2;
      scores[i] = (genuine[i] ? MAX (a, b) + 16 : MIN (a, b)) / 128.0f;
    }
  lfw = likeness_lfw_new (scores, genuine, fold, FOLDS * OF_FOLD, FOLDS);
  g_assert_cmpuint (lfw->n_folds, ==, FOLDS);
  for (guint i = 0; i < FOLDS; i++)
    {
      g_assert_cmpuint (lfw->folds[i].accuracy.k, ==, right[i]);
      g_assert_cmpuint (lfw->folds[i].accuracy.n, ==, OF_FOLD);
      g_assert_cmpfloat (lfw->folds[i].threshold, ==,
                         i == 3 || i == 6 ? 0.33203125 : 0.32421875);
    }
  g_assert_cmpfloat_with_epsilon (lfw->accuracy, 0.86, 1e-15);
  g_assert_cmpfloat_with_epsilon (lfw->std, 0.027838821814150136, 1e-15);
  g_assert_cmpfloat_with_epsilon (lfw->standard_error, 0.009279607271383378, 1e-15);
  g_assert_cmpfloat (lfw->threshold, ==, 0.32421875);
  g_assert_cmpuint (lfw->pooled.k, ==, 344);
  g_assert_cmpuint (lfw->pooled.n, ==, 400);
}

/* The lowest genuine and the highest impostor pair lie in folds of their own: chosen at
 * an end of the gap, a threshold would get one of them wrong. */
static void
test_separated (void)
{
  const float scores[] = {0.9f, 0.1f, 0.5f, 0.0f, 0.6f, 0.2f};
  const gboolean genuine[] = {TRUE, FALSE, TRUE, FALSE, TRUE, FALSE};
  const guint32 fold[] = {0, 0, 1, 1, 2, 2};
  g_autoptr (LikenessLfw) lfw = likeness_lfw_new (scores, genuine, fold, 6, 3);

  g_assert_cmpfloat (lfw->accuracy, ==, 1);
  g_assert_cmpfloat (lfw->std, ==, 0);
  g_assert_cmpfloat_with_epsilon (lfw->threshold, 0.35, 1e-7);
  g_assert_cmpfloat_with_epsilon (lfw->folds[1].threshold, 0.4, 1e-7);
  g_assert_cmpfloat_with_epsilon (lfw->folds[2].threshold, 0.3, 1e-7);
}

/* Best are 0.5 to 0.8 and 0.2 to 0.3: the upper one accepts fewer impostors. */
static void
test_highest_of_the_best (void)
{
  const float scores[] = {0.8f, 0.5f, 0.3f, 0.2f};
  const gboolean genuine[] = {TRUE, FALSE, TRUE, FALSE};
  const guint32 fold[] = {0, 0, 0, 0};
  g_autoptr (LikenessLfw) lfw = likeness_lfw_new (scores, genuine, fold, 4, 1);

  g_assert_cmpfloat_with_epsilon (lfw->threshold, 0.65, 1e-7);
}

/* A fold that is the wrong way round has no say about its own threshold. */
static void
test_own_fold_is_left_out (void)
{
  const float scores[] = {-0.9f, 0.95f, 0.7f, 0.1f, 0.6f, 0.2f, 0.65f, 0.15f};
  const gboolean genuine[] = {TRUE, FALSE, TRUE, FALSE, TRUE, FALSE, TRUE, FALSE};
  const guint32 fold[] = {0, 0, 1, 1, 2, 2, 3, 3};
  g_autoptr (LikenessLfw) lfw = likeness_lfw_new (scores, genuine, fold, 8, 4);

  g_assert_cmpuint (lfw->folds[0].accuracy.k, ==, 0);
  g_assert_cmpfloat_with_epsilon (lfw->folds[0].threshold, 0.4, 1e-7);
  g_assert_cmpfloat (lfw->folds[1].accuracy.value, ==, 1);
}

static double
choose (const float *scores, const gboolean *genuine, gsize n)
{
  g_autofree guint32 *fold = g_new0 (guint32, n);
  g_autoptr (LikenessLfw) lfw = likeness_lfw_new (scores, genuine, fold, n, 1);

  return lfw->threshold;
}

static void
test_ends (void)
{
  const float scores[] = {0.5f, -0.25f};
  const gboolean both[] = {TRUE, TRUE}, none[] = {FALSE, FALSE}, wrong[] = {FALSE, TRUE};

  g_assert_cmpfloat (choose (scores, both, 2), ==, -0.25);
  g_assert_cmpfloat (choose (scores, none, 2), ==, nextafterf (0.5f, 1));
  /* Accepting none is as good as accepting both. */
  g_assert_cmpfloat (choose (scores, wrong, 2), ==, nextafterf (0.5f, 1));
}

/* Equal scores are accepted or rejected together. */
static void
test_ties (void)
{
  const float scores[] = {0.5f, 0.5f, 0.5f, 0.1f};
  const gboolean genuine[] = {TRUE, FALSE, TRUE, FALSE};

  g_assert_cmpfloat_with_epsilon (choose (scores, genuine, 4), 0.3, 1e-7);
}

static void
test_one_fold (void)
{
  const float scores[] = {0.9f, 0.1f};
  const gboolean genuine[] = {TRUE, FALSE};
  const guint32 fold[] = {0, 0};
  g_autoptr (LikenessLfw) lfw = likeness_lfw_new (scores, genuine, fold, 2, 1);

  g_assert_true (isnan (lfw->accuracy) && isnan (lfw->std)
                 && isnan (lfw->standard_error));
  g_assert_true (isnan (lfw->folds[0].threshold));
  g_assert_true (isnan (lfw->folds[0].accuracy.value));
  g_assert_cmpuint (lfw->pooled.n, ==, 0);
  g_assert_cmpfloat_with_epsilon (lfw->threshold, 0.5, 1e-7);
}

static void
test_not_finite (void)
{
  const float scores[] = {0.9f, NAN, 0.8f, 0.2f};
  const gboolean genuine[] = {TRUE, FALSE, TRUE, FALSE};
  const guint32 fold[] = {0, 0, 1, 1};
  g_autoptr (LikenessLfw) lfw = likeness_lfw_new (scores, genuine, fold, 4, 2);

  g_assert_true (isnan (lfw->accuracy) && isnan (lfw->threshold));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lfw/protocol", test_protocol);
  g_test_add_func ("/lfw/separated", test_separated);
  g_test_add_func ("/lfw/highest-of-the-best", test_highest_of_the_best);
  g_test_add_func ("/lfw/own-fold-is-left-out", test_own_fold_is_left_out);
  g_test_add_func ("/lfw/ends", test_ends);
  g_test_add_func ("/lfw/ties", test_ties);
  g_test_add_func ("/lfw/one-fold", test_one_fold);
  g_test_add_func ("/lfw/not-finite", test_not_finite);
  return g_test_run ();
}
