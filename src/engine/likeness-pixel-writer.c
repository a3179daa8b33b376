/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pixel-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "likeness-pixel-folder.h"
#include "likeness-types.h"

struct _LikenessPixelWriter
{
  char *path;
  char *hidden; /* NULL: renamed */
  int file;     /* -1: handed on */
  guint64 offset;
  LikenessPixelHeader header;
};

static gboolean
write_all (int file, gconstpointer data, gsize length, goffset offset)
{
  const guint8 *at = data;

  while (length > 0)
    {
      gssize n = pwrite (file, at, length, offset);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          at += n;
          offset += n;
          length -= n;
        }
    }
  return TRUE;
}

static LikenessPixelWriter *
give_up (const char *what)
{
  g_debug ("Decoded faces are not kept: %s: %s", what, g_strerror (errno));
  return NULL;
}

LikenessPixelWriter *
likeness_pixel_writer_new (
    const char *path, gsize n, guint n_planes, guint64 family, gint64 read)
{
  g_autoptr (LikenessPixelWriter) self = g_new0 (LikenessPixelWriter, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *hidden
      = g_build_filename (folder, LIKENESS_PIXEL_FOLDER_HIDDEN "XXXXXX", NULL);
  guint64 size;

  self->file = -1;
  if (!likeness_pixel_cache_lay_out (n, n_planes, &self->offset, &size))
    return NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return give_up ("no folder");
  if (!likeness_pixel_folder_make_room (folder, path, size))
    {
      g_debug ("Decoded faces are not kept: they are too large");
      return NULL;
    }
  self->file = g_mkstemp_full (hidden, O_RDWR | O_CLOEXEC, 0600);
  if (self->file < 0)
    return give_up ("no file");
  self->hidden = g_steal_pointer (&hidden);
  flock (self->file, LOCK_EX | LOCK_NB);
  errno = posix_fallocate (self->file, 0, size);
  if (errno != 0)
    return give_up ("no space");
  self->path = g_strdup (path);
  memcpy (self->header.magic, LIKENESS_PIXEL_CACHE_MAGIC, sizeof self->header.magic);
  self->header.version = LIKENESS_PIXEL_CACHE_VERSION;
  self->header.n_planes = n_planes;
  self->header.n = n;
  self->header.family = family;
  self->header.read = read;
  return g_steal_pointer (&self);
}

gboolean
likeness_pixel_writer_put (LikenessPixelWriter *self,
                           gsize slot,
                           const guint8 *best,
                           const guint8 *probe)
{
  goffset offset = self->offset + slot * LIKENESS_FACE_BYTES;

  return write_all (self->file, best, LIKENESS_FACE_BYTES, offset)
         && (self->header.n_planes == 1
             || write_all (self->file, probe, LIKENESS_FACE_BYTES,
                           offset + self->header.n * LIKENESS_FACE_BYTES));
}

LikenessPixelCache *
likeness_pixel_writer_finish (LikenessPixelWriter *self,
                              const LikenessPixelRecord *records)
{
  LikenessPixelHeader *header = &self->header;
  g_autoptr (LikenessPixelCache) cache = NULL;
  int file;

  header->checksum = likeness_pixel_cache_sum (header, records);
  /* No fsync: what a crash leaves of it is found out by its checksums. */
  if (!write_all (self->file, records, header->n * sizeof *records, sizeof *header)
      || !write_all (self->file, header, sizeof *header, 0))
    {
      give_up ("not written");
      return NULL;
    }
  file = self->file;
  self->file = -1;
  cache = likeness_pixel_cache_open_file (file);
  if (cache == NULL || g_rename (self->hidden, self->path) != 0)
    {
      give_up ("not renamed");
      return NULL;
    }
  g_clear_pointer (&self->hidden, g_free);
  return g_steal_pointer (&cache);
}

void
likeness_pixel_writer_free (LikenessPixelWriter *self)
{
  if (self == NULL)
    return;
  if (self->hidden != NULL)
    g_unlink (self->hidden);
  if (self->file >= 0)
    close (self->file);
  g_free (self->hidden);
  g_free (self->path);
  g_free (self);
}
