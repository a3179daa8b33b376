/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-undo.h"

#include "likeness-manifest.h"

typedef struct
{
  char *folder;
  LikenessProgress *progress;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_free (undo->folder);
  likeness_progress_unref (undo->progress);
  g_free (undo);
}

static void
undo_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Undo *undo = task_data;
  GError *error = NULL;

  if (likeness_manifest_undo (undo->folder, NULL, NULL, undo->progress, cancellable,
                              &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
likeness_split_undo_async (const char *folder,
                           LikenessProgress *progress,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Undo *undo = g_new0 (Undo, 1);

  undo->folder = g_strdup (folder);
  undo->progress = likeness_progress_ref (progress);
  g_task_set_task_data (task, undo, undo_free);
  g_task_run_in_thread (task, undo_thread);
}

gboolean
likeness_split_undo_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
