/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-judgement.h"

#include <math.h>
#include <string.h>

#include "likeness-types.h"

/* Sums that do not wait for each other, so that the compiler can use vectors and still
 * add in one fixed order. */
#define LANES 16

LikenessJudgement
likeness_judgement_decide (const float *scores, guint n_classes, guint32 truth)
{
  LikenessJudgement self = {.rank = 1, .taken_for = truth, .score_best_wrong = NAN};
  guint32 best_wrong = truth;

  self.score_true = scores[truth];
  for (guint32 j = 0; j < n_classes; j++)
    {
      if (j == truth)
        continue;
      if (!(scores[j] < self.score_true))
        self.rank++;
      if (best_wrong == truth || scores[j] > self.score_best_wrong
          || isnan (self.score_best_wrong))
        {
          best_wrong = j;
          self.score_best_wrong = scores[j];
        }
    }
  if (self.rank > 1)
    self.taken_for = best_wrong;
  return self;
}

gboolean
likeness_embeddings_normalise (float *embeddings, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      float *row = embeddings + i * LIKENESS_EMBEDDING_SIZE;
      double sum = 0;
      double scale;

      for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        sum += (double)row[k] * row[k];
      if (!isfinite (sum))
        return FALSE;
      scale = sum > 0 ? 1 / sqrt (sum) : 0;
      for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        row[k] = (float)(row[k] * scale);
    }
  return TRUE;
}

float
likeness_embeddings_dot (const float *a, const float *b)
{
  float lanes[LANES] = {0};
  double sum = 0;

  for (int i = 0; i < LIKENESS_EMBEDDING_SIZE; i += LANES)
    for (int k = 0; k < LANES; k++)
      lanes[k] += a[i + k] * b[i + k];
  for (int k = 0; k < LANES; k++)
    sum += lanes[k];
  return (float)sum;
}

void
likeness_embeddings_average (const float *embeddings,
                             const guint32 *labels,
                             gsize n,
                             guint n_classes,
                             float *centroids)
{
  memset (centroids, 0, sizeof (float) * LIKENESS_EMBEDDING_SIZE * n_classes);
  for (gsize i = 0; i < n; i++)
    {
      const float *row = embeddings + i * LIKENESS_EMBEDDING_SIZE;
      float *sum = centroids + (gsize)labels[i] * LIKENESS_EMBEDDING_SIZE;

      for (int k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        sum[k] += row[k];
    }
  likeness_embeddings_normalise (centroids, n_classes);
}
