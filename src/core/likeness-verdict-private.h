/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-estimate.h"
#include "likeness-verdict.h"

G_BEGIN_DECLS

/** The first epoch (from 1) with the highest value; 0 where it is never defined. */
guint likeness_verdict_find_best (const LikenessMetrics *epochs,
                                  guint n_epochs,
                                  LikenessMeasureKind measure);

/**
 * likeness_verdict_find_forgotten:
 * @index: the epoch less 1
 * @high: (out): high against high, otherwise low against high
 * @strict: (out): at FAR = 1e-3, otherwise 1e-2
 * @since: (out): the epoch from which it fell, 0: the untouched network
 *
 * Finds a rate of the strangers that fell beyond its interval.
 */
gboolean likeness_verdict_find_forgotten (const LikenessMetrics *baseline,
                                          const LikenessMetrics *epochs,
                                          guint index,
                                          gboolean *high,
                                          gboolean *strict,
                                          guint *since);

/**
 * likeness_verdict_find_risen:
 * @from: (out): what it was with the untouched network, or else after the first epoch
 * @began: (out): the first epoch beyond the interval of @from
 *
 * Finds the measure that rose most.
 */
gboolean likeness_verdict_find_risen (const LikenessMetrics *baseline,
                                      const LikenessMetrics *epochs,
                                      guint n_epochs,
                                      LikenessMeasureKind *measure,
                                      double *from,
                                      guint *began);

G_END_DECLS
