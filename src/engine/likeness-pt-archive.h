/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-weights-file.h"

G_BEGIN_DECLS

/**
 * LikenessPtArchive:
 *
 * What a zip of torch.save or torch.jit.save holds: NAME/data.pkl and the numbers in
 * NAME/data/KEY.
 */
typedef struct
{
  GBytes *pickle;
  GHashTable *storages; /* key -> GBytes */
  gboolean script;      /* it also holds a program (TorchScript), which is not read */
} LikenessPtArchive;

/**
 * likeness_pt_archive_read:
 *
 * Reads the members that matter into memory. They must be stored, not compressed, may
 * together be no larger than the file, and none may come twice.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_BAD_WEIGHTS, also for any
 *   other zip
 */
LikenessPtArchive *likeness_pt_archive_read (LikenessWeightsFile *file,
                                             GCancellable *cancellable,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_pt_archive_free (LikenessPtArchive *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPtArchive, likeness_pt_archive_free)

G_END_DECLS
