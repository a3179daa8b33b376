/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-progress.h"

G_BEGIN_DECLS

/** Removes what a split wrote to @folder, and nothing else, on a worker thread; see
 * likeness_manifest_undo(). */
void likeness_split_undo_async (const char *folder,
                                LikenessProgress *progress,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean likeness_split_undo_finish (GAsyncResult *result, GError **error);

G_END_DECLS
