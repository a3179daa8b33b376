/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-own-sample.h"

#include "likeness-sample.h"

char *
likeness_own_sample_make_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "likeness", "sample", NULL);
}

static void
draw (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *folder = likeness_own_sample_make_folder ();
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *train = g_build_filename (folder, "train", NULL);
  LikenessSampleOptions options;
  GError *error = NULL;

  likeness_sample_options_init (&options);
  g_mkdir_with_parents (parent, 0777);
  /* The same options give the same bytes: one that is there is the one wanted. */
  if (g_file_test (train, G_FILE_TEST_IS_DIR)
      || likeness_sample_write (folder, &options, task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
likeness_own_sample_draw_async (LikenessProgress *progress,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_task_data (task, likeness_progress_ref (progress),
                        (GDestroyNotify)likeness_progress_unref);
  g_task_run_in_thread (task, draw);
}

gboolean
likeness_own_sample_draw_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
