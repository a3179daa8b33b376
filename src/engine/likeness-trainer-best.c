/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>

#include "likeness-trainer-private.h"

/* Above this mean of impostor scores a network is collapsing, whatever its similarity. */
#define IMPOSTOR_MAX 0.15

/* 1 where @a is more, -1 where it is less, 0 where they are equal or one means nothing.
 */
static int
compare (double a, double b)
{
  return (a > b) - (a < b);
}

static gboolean
is_sound (const LikenessMetrics *metrics)
{
  return !(metrics->val.impostor_mean > IMPOSTOR_MAX);
}

/* A collapsed network is as near to its own partner as to anybody else, so similarity
 * counts only as far as it stands out from the impostors'. */
static double
get_separation (const LikenessMetrics *metrics)
{
  double genuine = isnan (metrics->sim) ? metrics->val.genuine_mean : metrics->sim;

  return isnan (metrics->val.impostor_mean) ? genuine
                                            : genuine - metrics->val.impostor_mean;
}

/* Strangers have no say: an epoch chosen by them would flatter the figure that tells what
 * was forgotten. */
static int
compare_closed_set (const LikenessMetrics *a, const LikenessMetrics *b)
{
  int order = compare (a->rank1.value, b->rank1.value);

  if (order == 0)
    order = compare (a->top1.value, b->top1.value);
  if (order == 0)
    order = compare (b->val.eer, a->val.eer);
  return order;
}

static int
compare_disjoint (const LikenessMetrics *a, const LikenessMetrics *b)
{
  int order = compare (is_sound (a), is_sound (b));

  if (order == 0)
    order = compare (get_separation (a), get_separation (b));
  if (order == 0)
    order = compare (b->val.eer, a->val.eer);
  return order;
}

gboolean
likeness_trainer_is_better (const LikenessMetrics *a, const LikenessMetrics *b)
{
  if (a->rank1_undefined == LIKENESS_DEFINED && b->rank1_undefined == LIKENESS_DEFINED)
    return compare_closed_set (a, b) > 0;
  return compare_disjoint (a, b) > 0;
}
