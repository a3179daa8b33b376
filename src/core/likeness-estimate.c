/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-estimate.h"

#include <math.h>

/* False accepts below which a rate at this FAR is only noise. */
#define ENOUGH_FALSE_ACCEPTS 30
/* Pairs of one person hang together: a binomial interval is about three times too narrow,
 * so that it takes nine times as many pairs. */
#define PAIRS_FOR_ONE 9

gboolean
likeness_estimate_rate (const LikenessRate *rate,
                        LikenessUndefined reason,
                        LikenessEstimate *out)
{
  *out = (LikenessEstimate){rate->value, rate->low, rate->high};
  return reason == LIKENESS_DEFINED && rate->n > 0;
}

/* Sim has no interval of its own: d' tells the spread of the scores it is a mean of. */
static gboolean
estimate_sim (const LikenessMetrics *metrics, LikenessEstimate *out)
{
  double spread = fabs (metrics->val.genuine_mean - metrics->val.impostor_mean)
                  / metrics->val.d_prime;
  double half = 1.96 * spread / sqrt (MAX (metrics->sim_n, 1));

  if (!isfinite (half))
    half = 0;
  *out = (LikenessEstimate){metrics->sim, metrics->sim - half, metrics->sim + half};
  return metrics->sim_undefined == LIKENESS_DEFINED && isfinite (metrics->sim);
}

gboolean
likeness_estimate_measure (const LikenessMetrics *metrics,
                           LikenessMeasureKind measure,
                           LikenessEstimate *out)
{
  switch (measure)
    {
    case LIKENESS_MEASURE_TOP1:
      return likeness_estimate_rate (&metrics->top1, metrics->top1_undefined, out);
    case LIKENESS_MEASURE_RANK1:
      return likeness_estimate_rate (&metrics->rank1, metrics->rank1_undefined, out);
    case LIKENESS_MEASURE_SIM:
    default:
      return estimate_sim (metrics, out);
    }
}

gboolean
likeness_estimate_tar (const LikenessVerification *pairs,
                       gboolean strict,
                       LikenessEstimate *out)
{
  const LikenessTarAtFar *tar = strict ? &pairs->tar_1e3 : &pairs->tar_1e2;
  double n = floor ((double)pairs->n_genuine / PAIRS_FOR_ONE);
  LikenessRate rate;

  if (!(tar->tar >= 0 && tar->tar <= 1) || n < 1
      || pairs->n_impostor * tar->far < ENOUGH_FALSE_ACCEPTS)
    return FALSE;
  rate = likeness_rate_new (MIN (round (tar->tar * n), n), n);
  *out
      = (LikenessEstimate){tar->tar, MIN (rate.low, tar->tar), MAX (rate.high, tar->tar)};
  return TRUE;
}

double
likeness_estimate_least_difference (const LikenessEstimate *a, const LikenessEstimate *b)
{
  return a->value - b->value - hypot (a->value - a->low, b->high - b->value);
}
