/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face-list.h"
#include "likeness-progress.h"
#include "likeness-run-config.h"

G_BEGIN_DECLS

/** The faces that a config names, frozen. */
typedef struct
{
  LikenessFaceList *train; /* no face at all where the folder has no splits */
  LikenessFaceList *val;
  LikenessFaceList *strangers; /* nullable */
  guint n_left_out; /* subjects that were to be strangers and are in train or val */
  char *name;       /* of the data set, for people */
} LikenessRunData;

/**
 * likeness_run_data_new:
 * @config: data, or train_dir and val_dir; strangers; input; super_resolution. Its paths
 * are made absolute and its input resolved, so that it names the same faces from
 * anywhere.
 * @for_training: whether train and val are both needed; else a folder without splits is
 * taken as val
 *
 * Scans. Strangers are @config's, or the test split of the data or of the folder that it
 * was made from; subjects of train or val are no strangers and are left out. Blocks.
 *
 * Returns: (transfer full): or %NULL with what the scanner gives, %LIKENESS_ERROR_TOO_FEW
 * where there is nothing to train on, or %LIKENESS_ERROR_USAGE
 */
LikenessRunData *likeness_run_data_new (LikenessRunConfig *config,
                                        gboolean for_training,
                                        LikenessProgress *progress,
                                        GCancellable *cancellable,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_run_data_free (LikenessRunData *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessRunData, likeness_run_data_free)

G_END_DECLS
