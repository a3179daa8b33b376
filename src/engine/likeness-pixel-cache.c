/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pixel-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "likeness-types.h"

#define ALIGNMENT 4096

const LikenessCacheKind likeness_pixel_cache_kind = {
    .name = "faces",
    .suffix = ".faces",
    .hidden = ".faces-",
    .most = G_GUINT64_CONSTANT (4) << 30,
};

/* They are written to files as they are. */
G_STATIC_ASSERT (sizeof (LikenessPixelHeader) == 48);

gboolean
likeness_pixel_cache_lay_out (guint64 n, guint n_planes, guint64 *offset, guint64 *size)
{
  const guint64 most = G_MAXINT32
                       / (2 * LIKENESS_FACE_BYTES + sizeof (LikenessPixelRecord))
                       * (guint64)G_MAXINT32;

  if (n == 0 || n > most || n_planes < 1 || n_planes > 2)
    return FALSE;
  *offset = sizeof (LikenessPixelHeader) + n * sizeof (LikenessPixelRecord);
  *offset = (*offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  *size = *offset + n * n_planes * LIKENESS_FACE_BYTES;
  return (gsize)*size == *size;
}

guint64
likeness_pixel_cache_sum (const LikenessPixelHeader *header,
                          const LikenessPixelRecord *records)
{
  LikenessPixelHeader own = *header;

  own.checksum = 0;
  return XXH3_64bits_withSeed (records, header->n * sizeof *records,
                               XXH3_64bits (&own, sizeof own));
}

/* NULL: it is good, and @self holds all but the pixels. */
static const char *
read_head (LikenessPixelCache *self, guint64 *offset)
{
  LikenessPixelHeader *header = &self->header;
  struct stat status;
  guint64 size;

  if (fstat (self->file, &status) != 0 || !S_ISREG (status.st_mode)
      || !likeness_cache_folder_read (self->file, header, sizeof *header, 0))
    return "it is no file with a header";
  if (memcmp (header->magic, LIKENESS_PIXEL_CACHE_MAGIC, sizeof header->magic) != 0
      || header->version != LIKENESS_PIXEL_CACHE_VERSION)
    return "it is of another version";
  if (!likeness_pixel_cache_lay_out (header->n, header->n_planes, offset, &size)
      || size != (guint64)status.st_size)
    return "it has not the size that its header tells";
  self->records = g_try_malloc_n (header->n, sizeof *self->records);
  if (self->records == NULL
      || !likeness_cache_folder_read (self->file, self->records,
                                      header->n * sizeof *self->records, sizeof *header))
    return "its records cannot be read";
  if (likeness_pixel_cache_sum (header, self->records) != header->checksum)
    return "its checksum is wrong";
  return NULL;
}

static void
clear (gpointer data)
{
  LikenessPixelCache *self = data;

  g_clear_pointer (&self->mapped, g_mapped_file_unref);
  g_free (self->records);
  close (self->file);
}

LikenessPixelCache *
likeness_pixel_cache_open_file (int file)
{
  g_autoptr (LikenessPixelCache) self = g_atomic_rc_box_new0 (LikenessPixelCache);
  const char *wrong;
  guint64 offset;

  self->file = file;
  /* Where a file system has no locks, what is in use may be removed: the mapping stays.
   */
  if (flock (file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    wrong = "it is being removed";
  else
    wrong = read_head (self, &offset);
  if (wrong == NULL)
    self->mapped = g_mapped_file_new_from_fd (file, FALSE, NULL);
  if (wrong == NULL
      && (self->mapped == NULL
          || g_mapped_file_get_length (self->mapped)
                 != offset
                        + self->header.n * self->header.n_planes * LIKENESS_FACE_BYTES))
    wrong = "it cannot be mapped";
  if (wrong != NULL)
    {
      g_debug ("A file of decoded faces is not used: %s", wrong);
      return NULL;
    }
  self->best = (const guint8 *)g_mapped_file_get_contents (self->mapped) + offset;
  self->probe = self->header.n_planes == 1
                    ? self->best
                    : self->best + self->header.n * LIKENESS_FACE_BYTES;
  return g_steal_pointer (&self);
}

LikenessPixelCache *
likeness_pixel_cache_open (const char *path)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

  return file >= 0 ? likeness_pixel_cache_open_file (file) : NULL;
}

LikenessPixelCache *
likeness_pixel_cache_ref (LikenessPixelCache *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
likeness_pixel_cache_unref (LikenessPixelCache *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

gboolean
likeness_pixel_cache_check (const LikenessPixelCache *self, gsize slot)
{
  const LikenessPixelRecord *record = &self->records[slot];
  gsize offset = slot * LIKENESS_FACE_BYTES;

  return likeness_pixel_record_sum (self->best + offset) == record->sums[0]
         && (self->probe == self->best
             || likeness_pixel_record_sum (self->probe + offset) == record->sums[1]);
}
