/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-file-dialog.h"

G_BEGIN_DECLS

/**
 * LikenessTrainFileRow:
 *
 * A file that training needs, or may be given: chosen in a dialog, looked at on a worker
 * thread, and then described in words below the row's title, or refused there in one
 * sentence.
 *
 * Signal "changed": another file, none, or it was looked at.
 */
#define LIKENESS_TYPE_TRAIN_FILE_ROW (likeness_train_file_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (
    LikenessTrainFileRow, likeness_train_file_row, LIKENESS, TRAIN_FILE_ROW, AdwActionRow)

/**
 * LikenessTrainFileRowClass:
 * @none: what the row says without a file, not yet translated
 * @optional: whether training can begin without one
 * @describe: what the file is, in words (transfer full), or %NULL with an error; called
 * on a worker thread
 */
struct _LikenessTrainFileRowClass
{
  AdwActionRowClass parent_class;

  const char *none;
  gboolean optional;
  char *(*describe) (const char *path, GCancellable *cancellable, GError **error);
};

/** (transfer none) (nullable): the chosen file, whatever it is. */
const char *likeness_train_file_row_get_path (LikenessTrainFileRow *self);
/** @path: (nullable): bytes */
void likeness_train_file_row_set_path (LikenessTrainFileRow *self, const char *path);
/** Whether training can begin: the file was looked at and is one, or none is needed. */
gboolean likeness_train_file_row_get_valid (LikenessTrainFileRow *self);
/** Looks at the file again where it was refused. */
void likeness_train_file_row_retry (LikenessTrainFileRow *self);
/** Asks for a file, one dialog at a time; @callback gets the row as its owner. */
void likeness_train_file_row_choose (LikenessTrainFileRow *self,
                                     const LikenessFileDialog *dialog,
                                     LikenessFileDialogFunc callback);

G_END_DECLS
