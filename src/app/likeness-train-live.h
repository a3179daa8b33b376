/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-training.h"

G_BEGIN_DECLS

/**
 * LikenessTrainLive:
 *
 * A run as it goes, and what there is of it after its end. Its buttons are the actions
 * "train.*" of the page around it.
 */
#define LIKENESS_TYPE_TRAIN_LIVE (likeness_train_live_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessTrainLive, likeness_train_live, LIKENESS, TRAIN_LIVE, AdwBin)

void likeness_train_live_set_training (LikenessTrainLive *self,
                                       LikenessTraining *training);

G_END_DECLS
