/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-dataset-scanner.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "likeness-candidates.h"
#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-image.h"
#include "likeness-scan-layout.h"

typedef struct
{
  char *path;
  LikenessProgress *progress;
} Job;

static int
compare_skips (gconstpointer a, gconstpointer b)
{
  const LikenessSkip *x = *(const LikenessSkip *const *)a;
  const LikenessSkip *y = *(const LikenessSkip *const *)b;
  int order = strcmp (x->path, y->path);

  return order != 0 ? order : strcmp (x->reason, y->reason);
}

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const LikenessCandidate *x = a, *y = b;
  int order = strcmp (x->subject, y->subject);

  if (order == 0)
    order = (int)x->folder->split - (int)y->folder->split;
  return order != 0 ? order : strcmp (x->name, y->name);
}

static LikenessFace *
make_face (const LikenessCandidate *candidate)
{
  const LikenessFaceFolder *folder = candidate->folder;
  LikenessFace *face
      = likeness_face_new (candidate->subject, folder->split, folder->directory,
                           folder->low_directory, candidate->name);

  likeness_face_set_in_both_splits (face, candidate->in_both);
  return face;
}

static GPtrArray *
make_subjects (GArray *candidates)
{
  GPtrArray *subjects = g_ptr_array_new ();

  g_array_sort (candidates, compare_candidates);
  for (guint i = 0; i < candidates->len;)
    {
      LikenessCandidate *first = &g_array_index (candidates, LikenessCandidate, i);
      GPtrArray *faces = g_ptr_array_new ();

      for (; i < candidates->len; i++)
        {
          LikenessCandidate *candidate
              = &g_array_index (candidates, LikenessCandidate, i);

          if (strcmp (candidate->subject, first->subject) != 0)
            break;
          g_ptr_array_add (faces, make_face (candidate));
        }
      g_ptr_array_add (subjects, likeness_subject_new (first->subject, faces));
    }
  return subjects;
}

static int
compare_subjects (gconstpointer a, gconstpointer b)
{
  return strcmp (likeness_subject_get_id (*(LikenessSubject *const *)a),
                 likeness_subject_get_id (*(LikenessSubject *const *)b));
}

static int
compare_id (gconstpointer id, gconstpointer subject)
{
  return strcmp (id, likeness_subject_get_id (*(LikenessSubject *const *)subject));
}

/* Who has nothing but skipped pictures is a subject too, without a face. */
static void
add_skipped (GPtrArray *subjects, GHashTable *skipped)
{
  const guint n = subjects->len;
  GHashTableIter iter;
  gpointer id, splits;

  g_hash_table_iter_init (&iter, skipped);
  while (g_hash_table_iter_next (&iter, &id, &splits))
    {
      LikenessSubject **found
          = bsearch (id, subjects->pdata, n, sizeof *found, compare_id);
      LikenessSubject *subject
          = found != NULL ? *found : likeness_subject_new (id, g_ptr_array_new ());

      likeness_subject_set_skipped_splits (subject, GPOINTER_TO_UINT (splits));
      if (found == NULL)
        g_ptr_array_add (subjects, subject);
    }
  if (subjects->len > n)
    g_ptr_array_sort (subjects, compare_subjects);
}

/* (nullable): the first picture that does not count. */
static const LikenessSkip *
find_picture (GPtrArray *skips)
{
  for (guint i = 0; i < skips->len; i++)
    {
      const LikenessSkip *skip = g_ptr_array_index (skips, i);

      if (likeness_image_is_picture_name (skip->path))
        return skip;
    }
  return NULL;
}

static void
set_empty_error (const char *path, LikenessScan *scan, GError **error)
{
  g_autofree char *name = likeness_display_name (path);
  const LikenessSkip *first = find_picture (scan->skips);

  if (first != NULL)
    {
      g_autofree char *first_name = likeness_display_name (first->path);

      g_set_error (
          error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY,
          /* Translators: a folder, a file in it, and why the file does not count */
          _ ("“%s” holds pictures, but no face that counts. The first is %s: %s"), name,
          first_name, first->reason);
    }
  else if (scan->trouble != NULL)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY,
                 /* Translators: a folder, a folder in it, and why that cannot be read */
                 _ ("No pictures were found in “%s”. %s"), name, scan->trouble);
  else
    g_set_error (
        error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY,
        _ ("“%s” holds no pictures. PNG, JPEG, PGM, PPM, BMP and WebP files were "
           "looked for, in train, val and test or directly: in hr_images with "
           "vlr_images, in one folder a person, and side by side. Choose another "
           "folder."),
        name);
}

/* The sentence of the listing, with the folder's name before it. */
static void
name_folder (const char *path, GError **error)
{
  g_autofree char *name = likeness_display_name (path);

  g_prefix_error (error, "%s: ", name);
}

LikenessDataset *
likeness_dataset_scanner_scan_listed (const char *path,
                                      LikenessListedFunc listed,
                                      gpointer user_data,
                                      LikenessProgress *progress,
                                      GCancellable *cancellable,
                                      GError **error)
{
  g_autoptr (LikenessScan) scan = likeness_scan_new (path, cancellable);
  g_autoptr (LikenessScanStream) stream = NULL;
  g_autoptr (GArray) candidates = NULL;
  GPtrArray *subjects = NULL;

  if (listed != NULL)
    scan->stream = stream = likeness_scan_stream_new (listed, user_data);
  likeness_progress_begin (progress, N_ ("Looking for pictures"), 0);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (!likeness_scan_read_layout (scan, error))
    {
      if (!g_cancellable_is_cancelled (cancellable))
        name_folder (path, error);
      return NULL;
    }
  candidates = likeness_candidates_new (scan);
  if (stream != NULL && !g_cancellable_is_cancelled (cancellable))
    likeness_candidates_stream (candidates, scan);
  if (!likeness_candidates_check (candidates, scan, progress, error)
      || !likeness_candidates_find_shared (candidates, scan, error))
    return NULL;

  g_ptr_array_sort (scan->skips, compare_skips);
  if (candidates->len == 0)
    {
      set_empty_error (path, scan, error);
      return NULL;
    }
  subjects = make_subjects (candidates);
  add_skipped (subjects, scan->skipped_subjects);
  return likeness_dataset_new (scan->root, scan->layout, subjects,
                               g_steal_pointer (&scan->skips));
}

LikenessDataset *
likeness_dataset_scanner_scan (const char *path,
                               LikenessProgress *progress,
                               GCancellable *cancellable,
                               GError **error)
{
  return likeness_dataset_scanner_scan_listed (path, NULL, NULL, progress, cancellable,
                                               error);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_clear_pointer (&job->progress, likeness_progress_unref);
  g_free (job);
}

static void
scan_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  GError *error = NULL;
  LikenessDataset *dataset
      = likeness_dataset_scanner_scan (job->path, job->progress, cancellable, &error);

  if (dataset != NULL)
    g_task_return_pointer (task, dataset, g_object_unref);
  else
    g_task_return_error (task, error);
}

void
likeness_dataset_scanner_scan_async (const char *path,
                                     LikenessProgress *progress,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->path = g_strdup (path);
  job->progress = progress != NULL ? likeness_progress_ref (progress) : NULL;
  g_task_set_source_tag (task, likeness_dataset_scanner_scan_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, scan_in_thread);
}

LikenessDataset *
likeness_dataset_scanner_scan_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
