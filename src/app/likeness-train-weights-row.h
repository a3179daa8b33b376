/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-train-file-row.h"

G_BEGIN_DECLS

/**
 * LikenessTrainWeightsRow:
 *
 * The file of weights that training begins with.
 */
#define LIKENESS_TYPE_TRAIN_WEIGHTS_ROW (likeness_train_weights_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTrainWeightsRow,
                      likeness_train_weights_row,
                      LIKENESS,
                      TRAIN_WEIGHTS_ROW,
                      LikenessTrainFileRow)

/** @path: (nullable): bytes; its name is the row's title */
void likeness_train_weights_row_set_path (LikenessTrainWeightsRow *self,
                                          const char *path);

G_END_DECLS
