/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LikenessTrainWeightsRow:
 *
 * The file of weights that training begins with: chosen here, read on a worker thread,
 * and then described in words, or refused in one sentence.
 *
 * Signal "changed": another file, or its description has come.
 */
#define LIKENESS_TYPE_TRAIN_WEIGHTS_ROW (likeness_train_weights_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTrainWeightsRow,
                      likeness_train_weights_row,
                      LIKENESS,
                      TRAIN_WEIGHTS_ROW,
                      AdwActionRow)

/** (transfer none) (nullable): the chosen file, whatever it is. */
const char *likeness_train_weights_row_get_path (LikenessTrainWeightsRow *self);
/** @path: (nullable): bytes */
void likeness_train_weights_row_set_path (LikenessTrainWeightsRow *self,
                                          const char *path);
/** Whether the file was read and can be trained. */
gboolean likeness_train_weights_row_get_valid (LikenessTrainWeightsRow *self);
/** Reads the file again where it was refused. */
void likeness_train_weights_row_retry (LikenessTrainWeightsRow *self);

G_END_DECLS
