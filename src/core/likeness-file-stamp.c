/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-file-stamp.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gint64
count_nanoseconds (struct timespec time)
{
  return (gint64)time.tv_sec * 1000000000 + time.tv_nsec;
}

static gboolean
take (LikenessFileStamp *self, const struct stat *status)
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

gboolean
likeness_file_stamp_look (LikenessFileStamp *self, const char *path)
{
  struct stat status;

  return stat (path, &status) == 0 && take (self, &status);
}

gboolean
likeness_file_stamp_is_of (const LikenessFileStamp *self, int file)
{
  struct stat status;
  LikenessFileStamp found;

  return fstat (file, &status) == 0 && take (&found, &status)
         && memcmp (&found, self, sizeof found) == 0;
}

gboolean
likeness_file_stamp_is_racy (const LikenessFileStamp *self, gint64 read)
{
  gint64 limit = read - LIKENESS_FILE_STAMP_RACY;

  return self->modified >= limit || self->changed >= limit;
}

gboolean
likeness_file_stamp_read (const LikenessFileStamp *self,
                          const char *path,
                          LikenessDigest *digest,
                          GCancellable *cancellable)
{
  /* What was put in the place of the file since it was looked at may be a pipe, which
   * must not hold us. */
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  gboolean good;

  if (file < 0)
    return FALSE;
  good = likeness_file_stamp_is_of (self, file)
         && likeness_digest_file (file, digest, cancellable)
         && likeness_file_stamp_is_of (self, file);
  close (file);
  return good;
}
