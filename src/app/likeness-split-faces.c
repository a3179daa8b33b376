/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-faces.h"

LikenessSplitFaces *
likeness_split_faces_new (LikenessDataset *dataset, guint split_mask)
{
  const guint test = 1u << LIKENESS_SPLIT_TEST;
  LikenessSplitFaces *self = g_atomic_rc_box_new0 (LikenessSplitFaces);

  self->draft = likeness_split_job_new (dataset, split_mask);
  self->job = likeness_split_job_new (dataset, split_mask);
  if ((split_mask & test) == 0
      && likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TEST).faces > 0)
    self->test = likeness_split_job_new (dataset, test);
  return self;
}

LikenessSplitFaces *
likeness_split_faces_ref (LikenessSplitFaces *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
faces_clear (gpointer data)
{
  LikenessSplitFaces *self = data;

  g_clear_pointer (&self->draft, likeness_split_job_free);
  g_clear_pointer (&self->job, likeness_split_job_free);
  g_clear_pointer (&self->test, likeness_split_job_free);
}

void
likeness_split_faces_unref (LikenessSplitFaces *self)
{
  g_atomic_rc_box_release_full (self, faces_clear);
}

/* One reading on its way. */
typedef struct
{
  LikenessSplitFaces *faces;
  LikenessProgress *progress; /* nullable */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  likeness_split_faces_unref (reading->faces);
  g_clear_pointer (&reading->progress, likeness_progress_unref);
  g_free (reading);
}

static void
start (LikenessSplitFaces *self,
       LikenessProgress *progress,
       GCancellable *cancellable,
       GTaskThreadFunc work,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  Reading *reading = g_new0 (Reading, 1);
  /* Without a source: the worker might be the last to let go of it. */
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  reading->faces = likeness_split_faces_ref (self);
  reading->progress = progress != NULL ? likeness_progress_ref (progress) : NULL;
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, work);
}

static void
read_faces (GTask *task,
            gpointer source_object,
            gpointer task_data,
            GCancellable *cancellable)
{
  Reading *reading = task_data;
  GError *error = NULL;

  if (likeness_split_job_read (reading->faces->job, reading->progress, cancellable,
                               &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
find_twins (GTask *task,
            gpointer source_object,
            gpointer task_data,
            GCancellable *cancellable)
{
  LikenessSplitFaces *self = ((Reading *)task_data)->faces;
  /* Where test cannot be read, two people with one picture are told all the same. */
  gboolean was_read = self->test != NULL
                      && likeness_split_job_read (self->test, NULL, cancellable, NULL);

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (
        task, likeness_split_twins_find (self->job, was_read ? self->test : NULL),
        (GDestroyNotify)g_ptr_array_unref);
}

void
likeness_split_faces_read_async (LikenessSplitFaces *self,
                                 LikenessProgress *progress,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  start (self, progress, cancellable, read_faces, callback, user_data);
}

gboolean
likeness_split_faces_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
likeness_split_faces_find_twins_async (LikenessSplitFaces *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  start (self, NULL, cancellable, find_twins, callback, user_data);
}

GPtrArray *
likeness_split_faces_find_twins_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

LikenessSplitFaces *
likeness_split_faces_of (GAsyncResult *result)
{
  return ((Reading *)g_task_get_task_data (G_TASK (result)))->faces;
}
