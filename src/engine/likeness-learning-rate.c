/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-learning-rate.h"

#include <math.h>

double
likeness_learning_rate_factor (LikenessSchedule schedule,
                               guint64 step,
                               guint64 n_steps,
                               guint64 n_warm_up)
{
  if (step < n_warm_up)
    return (double)(step + 1) / n_warm_up;
  if (schedule == LIKENESS_SCHEDULE_CONSTANT || n_steps <= n_warm_up)
    return 1;
  return (1 + cos (G_PI * (double)(step - n_warm_up) / (double)(n_steps - n_warm_up)))
         / 2;
}
