/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-run-config.h"
#include "likeness-train-file-row.h"

G_BEGIN_DECLS

/**
 * LikenessTrainProgramRow:
 *
 * The TorchScript file that enlarges low-resolution faces, if any. It is a program, so it
 * is taken only after a question that says so; without one they are enlarged bilinearly.
 */
#define LIKENESS_TYPE_TRAIN_PROGRAM_ROW (likeness_train_program_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTrainProgramRow,
                      likeness_train_program_row,
                      LIKENESS,
                      TRAIN_PROGRAM_ROW,
                      LikenessTrainFileRow)

GtkWidget *likeness_train_program_row_new (void);

/** Asks whether the program @path may be run, and takes it where the answer is yes. */
void likeness_train_program_row_ask (LikenessTrainProgramRow *self, const char *path);
/** As with a file that was named: what was agreed to here is trusted. */
void likeness_train_program_row_apply (LikenessTrainProgramRow *self,
                                       LikenessRunConfig *config);
/** Back to none. */
void likeness_train_program_row_reset (LikenessTrainProgramRow *self);

G_END_DECLS
