/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-progress.h"

G_BEGIN_DECLS

/** (transfer full): where the sample lies that is opened to try things with. */
char *likeness_own_sample_make_folder (void) G_GNUC_WARN_UNUSED_RESULT;

/** Draws it where it is not there yet, on a worker thread. */
void likeness_own_sample_draw_async (LikenessProgress *progress,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean likeness_own_sample_draw_finish (GAsyncResult *result, GError **error);

G_END_DECLS
