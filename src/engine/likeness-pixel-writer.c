/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pixel-writer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "likeness-cache-folder.h"
#include "likeness-types.h"

struct _LikenessPixelWriter
{
  char *path;
  char *hidden; /* NULL: renamed */
  int file;     /* -1: handed on */
  guint64 offset;
  LikenessPixelHeader header;
};

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
  guint64 size;

  self->file = -1;
  if (!likeness_pixel_cache_lay_out (n, n_planes, &self->offset, &size))
    return NULL;
  self->file = likeness_cache_folder_create (&likeness_pixel_cache_kind, path, size,
                                             &self->hidden);
  if (self->file < 0)
    return give_up ("no file");
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

  return likeness_cache_folder_write (self->file, best, LIKENESS_FACE_BYTES, offset)
         && (self->header.n_planes == 1
             || likeness_cache_folder_write (self->file, probe, LIKENESS_FACE_BYTES,
                                             offset
                                                 + self->header.n * LIKENESS_FACE_BYTES));
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
  if (!likeness_cache_folder_write (self->file, records, header->n * sizeof *records,
                                    sizeof *header)
      || !likeness_cache_folder_write (self->file, header, sizeof *header, 0))
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
