/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-lfw.h"

#include <math.h>
#include <stdlib.h>

#define NO_FOLD G_MAXUINT32

typedef struct
{
  float score;
  gboolean genuine;
  guint32 fold;
} Pair;

static int
compare_descending (const void *a, const void *b)
{
  float left = ((const Pair *)a)->score, right = ((const Pair *)b)->score;

  return (left < right) - (left > right);
}

/* The threshold with the most right answers among the pairs outside of fold @left_out;
 * @pairs come highest first. */
static double
choose_threshold (const Pair *pairs, gsize n, guint32 left_out)
{
  double threshold = NAN;
  float last = 0;
  gsize right = 0, best = 0, n_seen = 0;

  for (gsize i = 0; i < n; i++)
    right += pairs[i].fold != left_out && !pairs[i].genuine;
  for (gsize i = 0; i < n; i++)
    {
      if (pairs[i].fold == left_out)
        continue;
      if (n_seen++ == 0)
        {
          best = right;
          threshold = nextafterf (pairs[i].score, INFINITY);
        }
      else if (pairs[i].score < last && right > best)
        {
          best = right;
          threshold = ((double)last + pairs[i].score) / 2;
        }
      /* Never below 0: what it counts down from are the impostors. */
      right = pairs[i].genuine ? right + 1 : right - 1;
      last = pairs[i].score;
    }
  return right > best ? last : threshold;
}

static Pair *
sort_pairs (const float *scores, const gboolean *genuine, const guint32 *fold, gsize n)
{
  Pair *pairs = g_new (Pair, n);

  for (gsize i = 0; i < n; i++)
    pairs[i] = (Pair){scores[i], genuine[i], fold[i]};
  qsort (pairs, n, sizeof *pairs, compare_descending);
  return pairs;
}

static void
judge_folds (LikenessLfw *self, const Pair *pairs, gsize n)
{
  guint64 *right = g_new0 (guint64, self->n_folds);
  guint64 *total = g_new0 (guint64, self->n_folds);
  guint64 n_right = 0;

  for (guint32 i = 0; i < self->n_folds; i++)
    self->folds[i].threshold = choose_threshold (pairs, n, i);
  for (gsize i = 0; i < n; i++)
    {
      gboolean accepted = pairs[i].score >= self->folds[pairs[i].fold].threshold;

      right[pairs[i].fold] += accepted == pairs[i].genuine;
      total[pairs[i].fold]++;
    }
  for (guint i = 0; i < self->n_folds; i++)
    {
      self->folds[i].accuracy = likeness_rate_new (right[i], total[i]);
      n_right += right[i];
    }
  self->pooled = likeness_rate_new (n_right, n);
  g_free (right);
  g_free (total);
}

static void
summarise (LikenessLfw *self)
{
  const double n = self->n_folds;
  double sum = 0, squares = 0;

  for (guint i = 0; i < self->n_folds; i++)
    sum += self->folds[i].accuracy.value;
  self->accuracy = sum / n;
  for (guint i = 0; i < self->n_folds; i++)
    {
      double apart = self->folds[i].accuracy.value - self->accuracy;

      squares += apart * apart;
    }
  self->std = sqrt (squares / n);
  self->standard_error = sqrt (squares / (n - 1) / n);
}

LikenessLfw *
likeness_lfw_new (const float *scores,
                  const gboolean *genuine,
                  const guint32 *fold,
                  gsize n,
                  guint n_folds)
{
  LikenessLfw *self = g_new0 (LikenessLfw, 1);
  g_autofree Pair *pairs = NULL;

  self->n_folds = n_folds;
  self->folds = g_new (LikenessLfwFold, n_folds);
  for (guint i = 0; i < n_folds; i++)
    self->folds[i] = (LikenessLfwFold){NAN, likeness_rate_new (0, 0)};
  self->accuracy = self->std = self->standard_error = self->threshold = NAN;
  self->pooled = likeness_rate_new (0, 0);
  for (gsize i = 0; i < n; i++)
    if (!isfinite (scores[i]))
      return self;
  pairs = sort_pairs (scores, genuine, fold, n);
  self->threshold = choose_threshold (pairs, n, NO_FOLD);
  if (n_folds < 2)
    return self;
  judge_folds (self, pairs, n);
  summarise (self);
  return self;
}

void
likeness_lfw_free (LikenessLfw *self)
{
  if (self == NULL)
    return;
  g_free (self->folds);
  g_free (self);
}
