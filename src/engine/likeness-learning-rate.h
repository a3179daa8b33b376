/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-run-config.h"

G_BEGIN_DECLS

/**
 * likeness_learning_rate_factor:
 * @step: from 0
 * @n_steps: planned in all
 * @n_warm_up: steps of a straight rise before the schedule begins; 0: none
 *
 * What the learning rate is multiplied with at one step. Cosine:
 * (1 + cos(pi t / T)) / 2 without restarts (Loshchilov, Hutter, 2016).
 */
double likeness_learning_rate_factor (LikenessSchedule schedule,
                                      guint64 step,
                                      guint64 n_steps,
                                      guint64 n_warm_up);

G_END_DECLS
