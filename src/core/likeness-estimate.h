/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-metrics.h"

G_BEGIN_DECLS

/** A number with the 95 % interval around it. */
typedef struct
{
  double value;
  double low;
  double high;
} LikenessEstimate;

/** What a run is judged by. */
typedef enum
{
  LIKENESS_MEASURE_TOP1,
  LIKENESS_MEASURE_RANK1,
  LIKENESS_MEASURE_SIM, /* only where there is no accuracy: a collapsed network's is
                           splendid */
} LikenessMeasureKind;

/* All of them: FALSE where the number means nothing. Pure. */

gboolean likeness_estimate_rate (const LikenessRate *rate,
                                 LikenessUndefined reason,
                                 LikenessEstimate *out);
gboolean likeness_estimate_measure (const LikenessMetrics *metrics,
                                    LikenessMeasureKind measure,
                                    LikenessEstimate *out);
/**
 * likeness_estimate_tar:
 * @strict: at FAR = 1e-3 instead of 1e-2
 *
 * With the interval that dependent pairs deserve; needs impostors for at least 30 false
 * accepts.
 */
gboolean likeness_estimate_tar (const LikenessVerification *pairs,
                                gboolean strict,
                                LikenessEstimate *out);

/** Lower bound of a - b, of independent samples (R. G. Newcombe, 1998, method 10: from
 * the ends of both). */
double likeness_estimate_least_difference (const LikenessEstimate *a,
                                           const LikenessEstimate *b);

G_END_DECLS
