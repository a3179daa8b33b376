/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-cache-folder.h"
#include "likeness-pixel-record.h"

G_BEGIN_DECLS

#define LIKENESS_PIXEL_CACHE_MAGIC "LkFaces\n"
/** Of the format and of what is done to a picture to make a face of it. */
#define LIKENESS_PIXEL_CACHE_VERSION 1

/** In `$XDG_CACHE_HOME/likeness/faces`. */
extern const LikenessCacheKind likeness_pixel_cache_kind;

/** How a file of decoded faces begins. Records follow, then, from the next multiple of
 * 4096 on, all best images, then all faces as training sees them (@n_planes 2) where
 * these differ. In the machine's own byte order: it is a cache, not a format to hand on.
 */
typedef struct
{
  char magic[8];
  guint32 version;
  guint32 n_planes;
  guint64 n;
  guint64 family;   /* of what is decoded alike: likeness-pixel-source.h */
  gint64 read;      /* nanoseconds since 1970: before the first file was looked at */
  guint64 checksum; /* XXH3-64 of this header with 0 here, then of the records, seeded
                       with that */
} LikenessPixelHeader;

/**
 * LikenessPixelCache:
 *
 * A file of decoded faces, mapped for reading. Every size is checked against the file's
 * real one, and header and records against their checksum, before anything is used; the
 * pixels' checksums are likeness_pixel_cache_check()'s. We write such a file under
 * another name and never change it once it has its own, so that what is mapped stays.
 * Somebody else who cuts a mapped file in the user's cache folder ends the process with
 * SIGBUS, as with the program itself: that is not guarded against. Atomic reference
 * count.
 */
typedef struct
{
  LikenessPixelHeader header;
  LikenessPixelRecord *records; /* a copy */
  const guint8 *best;           /* n faces */
  const guint8 *probe;          /* the same where there is one plane */
  GMappedFile *mapped;
  int file; /* open and locked (shared), so that nobody removes what is in use */
} LikenessPixelCache;

/** (transfer full): or %NULL where there is no good file at @path, whatever is wrong. */
LikenessPixelCache *
likeness_pixel_cache_open (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/** As likeness_pixel_cache_open(), of an open @file, which is taken over. */
LikenessPixelCache *likeness_pixel_cache_open_file (int file) G_GNUC_WARN_UNUSED_RESULT;
LikenessPixelCache *likeness_pixel_cache_ref (LikenessPixelCache *self);
void likeness_pixel_cache_unref (LikenessPixelCache *self);

/** Whether the pixels of face @slot are those that were written. Reads them. */
gboolean likeness_pixel_cache_check (const LikenessPixelCache *self, gsize slot);

/**
 * likeness_pixel_cache_lay_out:
 * @offset: (out): where the pixels begin
 * @size: (out): of the file
 *
 * Returns: %FALSE where no file can be as large or @n is 0
 */
gboolean
likeness_pixel_cache_lay_out (guint64 n, guint n_planes, guint64 *offset, guint64 *size);
/** The checksum that @header should have with its @records. */
guint64 likeness_pixel_cache_sum (const LikenessPixelHeader *header,
                                  const LikenessPixelRecord *records);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPixelCache, likeness_pixel_cache_unref)

G_END_DECLS
