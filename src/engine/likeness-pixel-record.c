/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pixel-record.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "likeness-run-config.h"
#include "likeness-types.h"

/* It is written to files as it is. */
G_STATIC_ASSERT (sizeof (LikenessPixelRecord) == 136);

static gint64
count_nanoseconds (struct timespec time)
{
  return (gint64)time.tv_sec * 1000000000 + time.tv_nsec;
}

static gboolean
stamp (LikenessFileStamp *self, const struct stat *status)
{
  if (!S_ISREG (status->st_mode))
    return FALSE;
  self->device = status->st_dev;
  self->inode = status->st_ino;
  self->size = status->st_size;
  self->modified = count_nanoseconds (status->st_mtim);
  self->changed = count_nanoseconds (status->st_ctim);
  return TRUE;
}

static gboolean
look (LikenessFileStamp *self, const char *path)
{
  struct stat status;

  return path != NULL && stat (path, &status) == 0 && stamp (self, &status);
}

static guint64
hash_paths (const char *best, const char *low)
{
  return XXH3_64bits_withSeed (best, strlen (best),
                               low != NULL ? XXH3_64bits (low, strlen (low)) : 0);
}

gboolean
likeness_pixel_record_look (LikenessPixelRecord *self,
                            const LikenessListedFace *face,
                            int input)
{
  gboolean is_low = input == LIKENESS_INPUT_LOW;

  memset (self, 0, sizeof *self);
  self->path = hash_paths (face->path, is_low ? face->low_path : NULL);
  if (look (&self->stamps[0], face->path)
      && (!is_low || look (&self->stamps[1], face->low_path)))
    return TRUE;
  likeness_pixel_record_forget (self);
  return FALSE;
}

static gboolean
is_still (int file, const LikenessFileStamp *expected)
{
  struct stat status;
  LikenessFileStamp found;

  return fstat (file, &status) == 0 && stamp (&found, &status)
         && memcmp (&found, expected, sizeof found) == 0;
}

/* What was put in the place of the file since it was looked at may be a pipe, which must
 * not hold us. */
static gboolean
read_file (const char *path,
           const LikenessFileStamp *expected,
           LikenessDigest *digest,
           GCancellable *cancellable)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  gboolean good;

  if (file < 0)
    return FALSE;
  good = is_still (file, expected) && likeness_digest_file (file, digest, cancellable)
         && is_still (file, expected);
  close (file);
  return good;
}

gboolean
likeness_pixel_record_read (LikenessPixelRecord *self,
                            const LikenessListedFace *face,
                            int input,
                            GCancellable *cancellable)
{
  if (read_file (face->path, &self->stamps[0], &self->digests[0], cancellable)
      && (input != LIKENESS_INPUT_LOW
          || read_file (face->low_path, &self->stamps[1], &self->digests[1],
                        cancellable)))
    return TRUE;
  likeness_pixel_record_forget (self);
  return FALSE;
}

void
likeness_pixel_record_forget (LikenessPixelRecord *self)
{
  memset (self->stamps, 0, sizeof self->stamps);
  memset (self->digests, 0, sizeof self->digests);
}

gboolean
likeness_pixel_record_is_known (const LikenessPixelRecord *self)
{
  static const LikenessDigest none;

  return memcmp (&self->digests[0], &none, sizeof none) != 0;
}

gboolean
likeness_pixel_record_is_racy (const LikenessPixelRecord *self, gint64 read)
{
  gint64 limit = read - LIKENESS_PIXEL_RECORD_RACY;

  for (int i = 0; i < 2; i++)
    if (self->stamps[i].modified >= limit || self->stamps[i].changed >= limit)
      return TRUE;
  return FALSE;
}

gboolean
likeness_pixel_record_has_same_stamps (const LikenessPixelRecord *a,
                                       const LikenessPixelRecord *b)
{
  return memcmp (a->stamps, b->stamps, sizeof a->stamps) == 0;
}

gboolean
likeness_pixel_record_has_same_content (const LikenessPixelRecord *a,
                                        const LikenessPixelRecord *b)
{
  return memcmp (a->digests, b->digests, sizeof a->digests) == 0;
}

guint64
likeness_pixel_record_sum (const guint8 *pixels)
{
  return XXH3_64bits (pixels, LIKENESS_FACE_BYTES);
}
