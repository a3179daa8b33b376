/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-fingerprints.h"
#include "likeness-split-job-private.h"

#define NANOSECONDS 1000000000 /* in a second */

static gboolean
is_wanted (LikenessFace *face, guint split_mask)
{
  LikenessSplit split = likeness_face_get_split (face);

  return !likeness_face_get_excluded (face)
         && (split == LIKENESS_SPLIT_NONE || (split_mask & (1u << split)) != 0);
}

static gsize
count_faces (LikenessDataset *dataset, guint split_mask)
{
  gsize n = 0;

  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      if (!likeness_subject_get_excluded (subject))
        for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
          n += is_wanted (likeness_subject_get_face (subject, j), split_mask);
    }
  return n;
}

void
likeness_job_file_take_status (LikenessJobFile *self, const struct stat *status)
{
  self->size = status->st_size;
  self->modified = status->st_mtim;
}

gboolean
likeness_job_file_has_status (const LikenessJobFile *self, const struct stat *status)
{
  return S_ISREG (status->st_mode) && (guint64)status->st_size == self->size
         && status->st_mtim.tv_sec == self->modified.tv_sec
         && status->st_mtim.tv_nsec == self->modified.tv_nsec;
}

static void
add_file (LikenessSplitJob *self, LikenessJobFile *file, const char *path)
{
  const char *relative = path;
  struct stat status;

  if (g_str_has_prefix (path, self->root))
    for (relative += strlen (self->root); *relative == '/'; relative++)
      ;
  file->path = g_string_chunk_insert (self->strings, relative);
  /* What is gone by now has a size and a time that no file has, and stops the commit. */
  if (stat (path, &status) == 0)
    likeness_job_file_take_status (file, &status);
}

static void
add_face (LikenessSplitJob *self, gsize index, LikenessFace *face)
{
  LikenessJobFile *files = &self->files[index * LIKENESS_FILES_PER_FACE];
  g_autofree char *path = likeness_face_dup_path (face);
  g_autofree char *low_path = likeness_face_dup_low_path (face);

  add_file (self, &files[0], path);
  if (low_path != NULL)
    add_file (self, &files[1], low_path);
  self->faces[index] = (LikenessPlanFace){
      .subject
      = g_string_chunk_insert_const (self->strings, likeness_face_get_subject (face)),
      .name = g_string_chunk_insert (self->strings, likeness_face_get_name (face)),
      .path = files[0].path,
      .origin = likeness_face_get_split (face),
      .pin = likeness_face_get_pin (face),
  };
}

/* What would be taken from, were it not for its files. */
static void
list_unusable (LikenessSplitJob *self, LikenessDataset *dataset)
{
  const guint mask = self->split_mask | 1u << LIKENESS_SPLIT_NONE;

  self->unusable = g_ptr_array_new ();
  for (guint i = 0; i < likeness_dataset_get_n_unusable (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_unusable (dataset, i);

      if (!likeness_subject_get_excluded (subject)
          && (likeness_subject_get_skipped_splits (subject) & mask) != 0)
        g_ptr_array_add (
            self->unusable,
            g_string_chunk_insert (self->strings, likeness_subject_get_id (subject)));
    }
}

LikenessSplitJob *
likeness_split_job_new (LikenessDataset *dataset, guint split_mask)
{
  LikenessSplitJob *self = g_new0 (LikenessSplitJob, 1);
  gsize index = 0;

  self->root = g_strdup (likeness_dataset_get_root (dataset));
  self->layout = likeness_dataset_get_layout (dataset);
  self->split_mask = split_mask;
  self->strings = g_string_chunk_new (64 * 1024);
  self->n_faces = count_faces (dataset, split_mask);
  self->faces = g_new0 (LikenessPlanFace, self->n_faces);
  self->files = g_new0 (LikenessJobFile, self->n_faces * LIKENESS_FILES_PER_FACE);
  self->unreadable = g_new0 (gboolean, self->n_faces);

  list_unusable (self, dataset);
  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      if (!likeness_subject_get_excluded (subject))
        for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
          if (is_wanted (likeness_subject_get_face (subject, j), split_mask))
            add_face (self, index++, likeness_subject_get_face (subject, j));
    }
  return self;
}

void
likeness_split_job_free (LikenessSplitJob *self)
{
  if (self == NULL)
    return;
  likeness_split_plan_free (self->plan);
  g_ptr_array_unref (self->unusable);
  g_string_chunk_free (self->strings);
  g_free (self->unreadable);
  g_free (self->files);
  g_free (self->faces);
  g_free (self->root);
  g_free (self);
}

gsize
likeness_split_job_get_n_faces (const LikenessSplitJob *self)
{
  return self->n_faces;
}

const LikenessPlanFace *
likeness_split_job_get_faces (const LikenessSplitJob *self)
{
  return self->faces;
}

char *
likeness_split_job_dup_file_path (const LikenessSplitJob *self,
                                  const LikenessJobFile *file)
{
  return g_path_is_absolute (file->path)
             ? g_strdup (file->path)
             : g_build_filename (self->root, file->path, NULL);
}

char *
likeness_split_job_dup_path (const LikenessSplitJob *self, gsize index)
{
  g_return_val_if_fail (index < self->n_faces, NULL);
  return likeness_split_job_dup_file_path (self,
                                           &self->files[index * LIKENESS_FILES_PER_FACE]);
}

gboolean
likeness_split_job_get_was_read (const LikenessSplitJob *self)
{
  return self->was_read;
}

gboolean
likeness_split_job_get_unreadable (const LikenessSplitJob *self, gsize index)
{
  g_return_val_if_fail (index < self->n_faces, FALSE);
  return self->unreadable[index];
}

/* Content, size and time of one file, all from one opening. */
static gboolean
read_file (LikenessSplitJob *self,
           LikenessJobFile *file,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *path = likeness_split_job_dup_file_path (self, file);
  g_autofree char *display = likeness_display_name (path);
  struct stat status;
  /* A FIFO put in an image's place must not hold the job for ever. */
  int descriptor = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean done = descriptor >= 0 && fstat (descriptor, &status) == 0
                  && S_ISREG (status.st_mode)
                  && likeness_digest_file (descriptor, &file->digest, cancellable);

  if (!done && !g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_READABLE,
                 _ ("“%s” could not be read (%s): look at the folder again"), display,
                 g_strerror (errno));
  if (descriptor >= 0)
    close (descriptor);
  if (done)
    {
      likeness_job_file_take_status (file, &status);
      file->has_digest = TRUE;
    }
  return done;
}

static char *
dup_path (gsize index, gpointer user_data)
{
  const LikenessSplitJob *self = user_data;
  const LikenessJobFile *file = &self->files[index];

  return file->path != NULL ? likeness_split_job_dup_file_path (self, file) : NULL;
}

static void
take_print (LikenessSplitJob *self, gsize index, const LikenessFingerprintFile *found)
{
  LikenessJobFile *file = &self->files[index];
  LikenessPlanFace *face = &self->faces[index / LIKENESS_FILES_PER_FACE];

  if (index % LIKENESS_FILES_PER_FACE == 0)
    {
      face->hash = found->print.hash;
      face->has_hash = (found->print.parts & LIKENESS_FINGERPRINT_HASH) != 0;
      self->unreadable[index / LIKENESS_FILES_PER_FACE] = !face->has_hash;
    }
  file->has_digest
      = found->is_steady && (found->print.parts & LIKENESS_FINGERPRINT_DIGEST) != 0;
  if (!file->has_digest)
    return;
  file->digest = found->print.digest;
  file->size = (guint64)found->stamp.size;
  file->modified.tv_sec = found->stamp.modified / NANOSECONDS;
  file->modified.tv_nsec = found->stamp.modified % NANOSECONDS;
}

static LikenessFingerprints *
compute_prints (LikenessSplitJob *self,
                LikenessProgress *progress,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (LikenessFingerprints) prints
      = likeness_fingerprints_new (self->root, self->n_faces * LIKENESS_FILES_PER_FACE,
                                   dup_path, self, 0, cancellable, error);

  if (prints == NULL)
    return NULL;
  for (gsize i = 0; i < prints->n; i++)
    if (self->files[i].path != NULL)
      prints->files[i].wanted
          = LIKENESS_FINGERPRINT_DIGEST
            | (i % LIKENESS_FILES_PER_FACE == 0 ? LIKENESS_FINGERPRINT_HASH : 0);
  return likeness_fingerprints_compute (prints, N_ ("Reading files"), progress,
                                        cancellable, error)
             ? g_steal_pointer (&prints)
             : NULL;
}

gboolean
likeness_split_job_read (LikenessSplitJob *self,
                         LikenessProgress *progress,
                         GCancellable *cancellable,
                         GError **error)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (LikenessFingerprints) prints
      = compute_prints (self, progress, cancellable, error);

  if (prints == NULL)
    return FALSE;
  for (gsize i = 0; i < prints->n; i++)
    {
      take_print (self, i, &prints->files[i]);
      /* Once more, alone: now it is there, or there is a reason to tell. */
      if (self->files[i].path != NULL && !self->files[i].has_digest
          && !read_file (self, &self->files[i], cancellable, error))
        return FALSE;
    }
  self->was_read = TRUE;
  self->seconds.reading = (g_get_monotonic_time () - start) / 1e6;
  return TRUE;
}

const LikenessDigest *
likeness_split_job_get_digest (const LikenessSplitJob *self, gsize index)
{
  const LikenessJobFile *file;

  g_return_val_if_fail (index < self->n_faces, NULL);
  file = &self->files[index * LIKENESS_FILES_PER_FACE];
  return file->has_digest ? &file->digest : NULL;
}

LikenessSplitSeconds
likeness_split_job_get_seconds (const LikenessSplitJob *self)
{
  return self->seconds;
}

static int
compare_drops (gconstpointer a, gconstpointer b)
{
  return strcmp (((const LikenessDrop *)a)->subject, ((const LikenessDrop *)b)->subject);
}

/* They have no faces to plan with, and are not dropped in silence. */
static void
drop_unusable (LikenessSplitPlan *plan, const GPtrArray *subjects)
{
  if (subjects->len == 0)
    return;
  plan->drops = g_renew (LikenessDrop, plan->drops, plan->n_drops + subjects->len);
  for (guint i = 0; i < subjects->len; i++)
    plan->drops[plan->n_drops++] = (LikenessDrop){
        .subject = g_strdup (g_ptr_array_index (subjects, i)),
        .reason = LIKENESS_DROP_UNUSABLE,
    };
  qsort (plan->drops, plan->n_drops, sizeof *plan->drops, compare_drops);
}

const LikenessSplitPlan *
likeness_split_job_plan (LikenessSplitJob *self,
                         const LikenessPlanOptions *options,
                         GError **error)
{
  g_autofree LikenessPlanFace *faces
      = g_memdup2 (self->faces, self->n_faces * sizeof *self->faces);

  g_clear_pointer (&self->plan, likeness_split_plan_free);
  for (gsize i = 0; i < self->n_faces; i++)
    if (self->unreadable[i])
      faces[i].pin = LIKENESS_PIN_OUT;
  self->options = *options;
  self->plan = likeness_split_plan_new (faces, self->n_faces, options, error);
  if (self->plan != NULL)
    drop_unusable (self->plan, self->unusable);
  return self->plan;
}

LikenessCommitSize
likeness_split_job_measure (const LikenessSplitJob *self)
{
  LikenessCommitSize size = {0};

  g_return_val_if_fail (self->plan != NULL, size);
  for (gsize i = 0; i < self->n_faces * LIKENESS_FILES_PER_FACE; i++)
    if (self->files[i].path != NULL
        && self->plan->assignments[i / LIKENESS_FILES_PER_FACE]
               != LIKENESS_ASSIGNMENT_OUT)
      {
        size.files++;
        size.bytes += self->files[i].size;
      }
  return size;
}
