/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-opening.h"

#include "likeness-dataset-scanner.h"

typedef struct
{
  char *folder;
  LikenessMarks *former;
  LikenessListedFunc listed;
  gpointer user_data;
  LikenessProgress *progress;
} Opening;

/* On its way to who asked. */
typedef struct
{
  GTask *task;
  GPtrArray *runs;
  gboolean whole;
} Listed;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_free (opening->folder);
  g_clear_pointer (&opening->former, likeness_marks_unref);
  likeness_progress_unref (opening->progress);
  g_free (opening);
}

void
likeness_opened_free (LikenessOpened *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->dataset);
  g_clear_pointer (&self->marks, likeness_marks_unref);
  g_clear_pointer (&self->moves, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
listed_free (gpointer data)
{
  Listed *listed = data;

  g_object_unref (listed->task);
  g_clear_pointer (&listed->runs, g_ptr_array_unref);
  g_free (listed);
}

static gboolean
listed_cb (gpointer data)
{
  Listed *listed = data;
  Opening *opening = g_task_get_task_data (listed->task);

  if (!g_cancellable_is_cancelled (g_task_get_cancellable (listed->task)))
    opening->listed (g_steal_pointer (&listed->runs), listed->whole, opening->user_data);
  return G_SOURCE_REMOVE;
}

/* From the worker. */
static void
hand_over (GPtrArray *runs, gboolean whole, gpointer user_data)
{
  GTask *task = user_data;
  Listed *listed = g_new (Listed, 1);

  listed->task = g_object_ref (task);
  listed->runs = runs;
  listed->whole = whole;
  g_main_context_invoke_full (g_task_get_context (task), G_PRIORITY_DEFAULT, listed_cb,
                              listed, listed_free);
}

static void
open_folder (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Opening *opening = task_data;
  g_autoptr (LikenessOpened) opened = g_new0 (LikenessOpened, 1);
  GError *error = NULL;

  opened->dataset = likeness_dataset_scanner_scan_listed (
      opening->folder, hand_over, task, opening->progress, cancellable, &error);
  if (opened->dataset == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (opening->former != NULL)
    likeness_marks_wait_saved (opening->former);
  opened->marks
      = likeness_marks_load (likeness_dataset_get_root (opened->dataset), &opened->error);
  if (opened->marks != NULL)
    opened->moves = likeness_marks_apply (opened->marks, opened->dataset);
  g_task_return_pointer (task, g_steal_pointer (&opened),
                         (GDestroyNotify)likeness_opened_free);
}

void
likeness_opening_start (const char *folder,
                        LikenessMarks *former,
                        LikenessListedFunc listed,
                        LikenessProgress *progress,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  opening->folder = g_strdup (folder);
  opening->former = former != NULL ? likeness_marks_ref (former) : NULL;
  opening->listed = listed;
  opening->user_data = user_data;
  opening->progress = likeness_progress_ref (progress);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_folder);
}

LikenessOpened *
likeness_opening_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
