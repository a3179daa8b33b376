/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-training-state.h"

/* clang-format off */
G_DEFINE_ENUM_TYPE (LikenessTrainingState, likeness_training_state,
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_PAUSING, "pausing"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_STOPPING, "stopping"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_FINISHED, "finished"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_STOPPED, "stopped"),
                    G_DEFINE_ENUM_VALUE (LIKENESS_TRAINING_FAILED, "failed"))
/* clang-format on */
