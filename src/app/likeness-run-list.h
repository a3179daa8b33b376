/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * likeness_run_list_read_async:
 * @directory: the folder of the run folders; one that is not there holds none
 * @also: (nullable): a run folder elsewhere that is listed with them
 *
 * Lists the run folders on a worker thread.
 */
void likeness_run_list_read_async (const char *directory,
                                   const char *also,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/**
 * likeness_run_list_read_finish:
 *
 * Returns: (transfer full): of #LikenessRunItem, newest first
 */
GListStore *likeness_run_list_read_finish (GAsyncResult *result,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
