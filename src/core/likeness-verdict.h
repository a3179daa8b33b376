/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-metrics.h"

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_VERDICT_UNKNOWN, /* too few points to say anything */
  LIKENESS_VERDICT_LEARNING,
  LIKENESS_VERDICT_PLATEAU,
  LIKENESS_VERDICT_OVER_FITTING,
  LIKENESS_VERDICT_FORGETTING,
  LIKENESS_VERDICT_COLLAPSE,
} LikenessVerdictState;

typedef struct
{
  LikenessVerdictState state;
  guint epoch; /* where it began; 0: the baseline */
} LikenessVerdict;

/**
 * likeness_verdict_decide:
 * @baseline: the untouched network
 * @epochs: metrics after epochs 1 to @n_epochs
 *
 * Says in one state how a run is going. Pure.
 */
LikenessVerdict likeness_verdict_decide (const LikenessMetrics *baseline,
                                         const LikenessMetrics *epochs,
                                         guint n_epochs);

/** "learning", "plateau", "over-fitting", "forgetting", "collapse", "unknown"; for
 * programs. */
const char *likeness_verdict_state_to_string (LikenessVerdictState state);

/** One translated sentence with the epoch and the numbers it rests on. (transfer full) */
char *likeness_verdict_describe (const LikenessVerdict *verdict,
                                 const LikenessMetrics *baseline,
                                 const LikenessMetrics *epochs,
                                 guint n_epochs) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
