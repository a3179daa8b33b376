/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * LikenessTrainFolderRow:
 *
 * The folder to train on: what it holds in words, and another one to choose. A folder
 * other than the open one is scanned on a worker thread.
 *
 * Signal "changed": another folder, or what it holds is known.
 */
#define LIKENESS_TYPE_TRAIN_FOLDER_ROW (likeness_train_folder_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTrainFolderRow,
                      likeness_train_folder_row,
                      LIKENESS,
                      TRAIN_FOLDER_ROW,
                      AdwActionRow)

typedef enum
{
  LIKENESS_TRAIN_FOLDER_NONE,    /* no folder yet */
  LIKENESS_TRAIN_FOLDER_READING, /* being scanned */
  LIKENESS_TRAIN_FOLDER_UNSPLIT, /* nothing to train on, or nothing to validate with */
  LIKENESS_TRAIN_FOLDER_WRONG,   /* cannot be read */
  LIKENESS_TRAIN_FOLDER_READY,
} LikenessTrainFolderState;

void likeness_train_folder_row_set_session (LikenessTrainFolderRow *self,
                                            LikenessSession *session);
/** Looks at the session's folder where that was not done yet. */
void likeness_train_folder_row_look (LikenessTrainFolderRow *self);
LikenessTrainFolderState
likeness_train_folder_row_get_state (LikenessTrainFolderRow *self);
/** (transfer none) (nullable) */
const char *likeness_train_folder_row_get_folder (LikenessTrainFolderRow *self);
/** (transfer none) (nullable): where READY or UNSPLIT. */
LikenessDataset *likeness_train_folder_row_get_dataset (LikenessTrainFolderRow *self);
/** Asks for another folder. */
void likeness_train_folder_row_choose (LikenessTrainFolderRow *self);

G_END_DECLS
