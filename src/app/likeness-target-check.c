/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-target-check.h"

#include <unistd.h>

#define RESULT_NAME "edgeface_finetune"

void
likeness_target_check_free (LikenessTargetCheck *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->leftovers);
  g_free (self);
}

/* (transfer full): the nearest folder above that is there. */
static GFile *
find_existing (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  while (!g_file_query_exists (file, NULL))
    {
      GFile *parent = g_file_get_parent (file);

      if (parent == NULL)
        break;
      g_object_unref (file);
      file = parent;
    }
  return g_steal_pointer (&file);
}

static void
check_thread (GTask *task,
              gpointer source_object,
              gpointer task_data,
              GCancellable *cancellable)
{
  const char *target = task_data;
  LikenessTargetCheck *self = g_new0 (LikenessTargetCheck, 1);
  g_autofree char *parent = g_path_get_dirname (target);
  g_autoptr (GFile) folder = find_existing (target);
  g_autoptr (GFileInfo) info = g_file_query_filesystem_info (
      folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, cancellable, NULL);

  self->exists = g_file_test (target, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
  if (info != NULL)
    self->free_bytes
        = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  self->leftovers = likeness_leftover_find (parent, NULL);
  g_task_return_pointer (task, self, (GDestroyNotify)likeness_target_check_free);
}

void
likeness_target_check_async (const char *target,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (target), g_free);
  g_task_run_in_thread (task, check_thread);
}

LikenessTargetCheck *
likeness_target_check_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
likeness_target_propose_first (const char *root)
{
  g_autofree char *parent = g_path_get_dirname (root);

  return g_build_filename (parent, RESULT_NAME, NULL);
}

static void
propose_thread (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  g_autofree char *target = likeness_target_propose_first (task_data);
  g_autofree char *parent = g_path_get_dirname (target);

  if (access (parent, W_OK) != 0)
    {
      g_free (parent);
      g_free (target);
      parent = g_build_filename (g_get_user_data_dir (), "likeness", "datasets", NULL);
      target = g_build_filename (parent, RESULT_NAME, NULL);
    }
  for (guint i = 2; g_file_test (target, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK)
                    && !g_cancellable_is_cancelled (cancellable);
       i++)
    {
      g_autofree char *name = g_strdup_printf (RESULT_NAME "-%u", i);

      g_free (target);
      target = g_build_filename (parent, name, NULL);
    }
  g_task_return_pointer (task, g_steal_pointer (&target), g_free);
}

void
likeness_target_propose_async (const char *root,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (root), g_free);
  g_task_run_in_thread (task, propose_thread);
}

char *
likeness_target_propose_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  GPtrArray *leftovers;
  LikenessProgress *progress;
} Clearing;

static void
clearing_free (gpointer data)
{
  Clearing *clearing = data;

  g_ptr_array_unref (clearing->leftovers);
  likeness_progress_unref (clearing->progress);
  g_free (clearing);
}

static void
clear_thread (GTask *task,
              gpointer source_object,
              gpointer task_data,
              GCancellable *cancellable)
{
  Clearing *clearing = task_data;
  GError *error = NULL;

  for (guint i = 0; error == NULL && i < clearing->leftovers->len; i++)
    likeness_leftover_clear (clearing->leftovers->pdata[i], clearing->progress, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
likeness_target_check_clear_async (GPtrArray *leftovers,
                                   LikenessProgress *progress,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Clearing *clearing = g_new0 (Clearing, 1);

  clearing->leftovers = g_ptr_array_ref (leftovers);
  clearing->progress = likeness_progress_ref (progress);
  g_task_set_task_data (task, clearing, clearing_free);
  g_task_run_in_thread (task, clear_thread);
}

gboolean
likeness_target_check_clear_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
