/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-fingerprints.h"

#include <string.h>

#include "likeness-image.h"
#include "likeness-near-duplicates.h"
#include "likeness-parallel.h"

#define LOOKS_AT_A_TIME 256
#define FILES_AT_A_TIME 16

typedef struct
{
  LikenessFingerprints *prints; /* borrowed */
  LikenessProgress *progress;
  GCancellable *cancellable;
} Job;

static void
look_some (gsize begin, gsize end, gpointer data)
{
  LikenessFingerprints *self = ((Job *)data)->prints;

  for (gsize i = begin; i < end; i++)
    {
      LikenessFingerprintFile *file = &self->files[i];
      g_autofree char *path = self->path (i, self->user_data);

      file->is_there = path != NULL && likeness_file_stamp_look (&file->stamp, path);
      file->is_steady = file->is_there;
      if (!file->is_there)
        continue;
      likeness_fingerprint_name (&file->print, path, &file->stamp);
      likeness_fingerprint_cache_find (self->cache, &file->print);
    }
}

LikenessFingerprints *
likeness_fingerprints_new (const char *root,
                           gsize n,
                           LikenessPathFunc path,
                           gpointer user_data,
                           guint threads,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (LikenessFingerprints) self = g_new0 (LikenessFingerprints, 1);
  Job job = {self, NULL, cancellable};

  self->n = n;
  self->files = g_new0 (LikenessFingerprintFile, n);
  self->cache = likeness_fingerprint_cache_open (root);
  self->path = path;
  self->user_data = user_data;
  self->threads = threads;
  self->began = g_get_real_time () * 1000;
  if (!likeness_parallel_for (n, LOOKS_AT_A_TIME, threads, look_some, &job, cancellable,
                              error))
    return NULL;
  return g_steal_pointer (&self);
}

void
likeness_fingerprints_free (LikenessFingerprints *self)
{
  if (self == NULL)
    return;
  likeness_fingerprint_cache_free (self->cache);
  g_free (self->files);
  g_free (self);
}

static void
take (LikenessFingerprintFile *file,
      guint32 parts,
      const char *path,
      GCancellable *cancellable)
{
  LikenessFileStamp stamp;

  if (parts & LIKENESS_FINGERPRINT_HASH)
    {
      g_autoptr (LikenessImage) image = likeness_image_load (path, cancellable, NULL);

      if (image != NULL)
        {
          file->print.hash = likeness_perceptual_hash (image);
          file->print.parts |= LIKENESS_FINGERPRINT_HASH;
        }
    }
  if ((parts & LIKENESS_FINGERPRINT_DIGEST)
      && likeness_file_stamp_read (&file->stamp, path, &file->print.digest, cancellable))
    file->print.parts |= LIKENESS_FINGERPRINT_DIGEST;
  file->is_steady = likeness_file_stamp_look (&stamp, path)
                    && memcmp (&stamp, &file->stamp, sizeof stamp) == 0;
}

static void
compute_some (gsize begin, gsize end, gpointer data)
{
  Job *job = data;
  LikenessFingerprints *self = job->prints;

  for (gsize i = begin; i < end && !g_cancellable_is_cancelled (job->cancellable); i++)
    {
      LikenessFingerprintFile *file = &self->files[i];
      guint32 lacking = file->wanted & ~file->print.parts;

      if (lacking != 0 && file->is_there)
        {
          g_autofree char *path = self->path (i, self->user_data);

          take (file, lacking, path, job->cancellable);
        }
      if (file->wanted != 0)
        likeness_progress_advance (job->progress, 1);
    }
}

/* Those that are sure to be recognised by their stamps. */
static void
save (LikenessFingerprints *self)
{
  g_autofree LikenessFingerprint *known = g_new (LikenessFingerprint, self->n);
  gsize n = 0;

  for (gsize i = 0; i < self->n; i++)
    {
      const LikenessFingerprintFile *file = &self->files[i];

      if (file->is_there && file->is_steady && file->print.parts != 0
          && !likeness_file_stamp_is_racy (&file->stamp, self->began))
        known[n++] = file->print;
    }
  likeness_fingerprint_cache_save (self->cache, known, n);
}

gboolean
likeness_fingerprints_compute (LikenessFingerprints *self,
                               const char *stage,
                               LikenessProgress *progress,
                               GCancellable *cancellable,
                               GError **error)
{
  Job job = {self, progress, cancellable};
  guint64 n_wanted = 0;
  gboolean done;

  for (gsize i = 0; i < self->n; i++)
    n_wanted += self->files[i].wanted != 0;
  likeness_progress_begin (progress, stage, n_wanted);
  done = likeness_parallel_for (self->n, FILES_AT_A_TIME, self->threads, compute_some,
                                &job, cancellable, error);
  /* What was done before a Cancel need not be done again. */
  save (self);
  return done;
}
