/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-judgement.h"
#include "likeness-measure.h"

G_BEGIN_DECLS

/**
 * likeness_measure_build_results:
 * @judgements: one a val face, by centroid; rank 0: its subject is no class
 *
 * Subjects are those of train and val together; faces whose subject is no class cannot be
 * judged and are left out. A subject of val that is no class has no example.
 *
 * Returns: (transfer full)
 */
LikenessResults *
likeness_measure_build_results (const LikenessMeasure *self,
                                const LikenessJudgement *judgements,
                                const LikenessMetrics *metrics) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_measure_add_baseline:
 * @self: results of the tuned network
 * @untouched: results of the untouched one on the same faces
 *
 * Puts the untouched network's answers beside the tuned one's.
 */
void likeness_measure_add_baseline (LikenessResults *self,
                                    const LikenessResults *untouched);

G_END_DECLS
