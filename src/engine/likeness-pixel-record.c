/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pixel-record.h"

#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "likeness-run-config.h"
#include "likeness-types.h"

/* It is written to files as it is. */
G_STATIC_ASSERT (sizeof (LikenessPixelRecord) == 136);

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
  if (likeness_file_stamp_look (&self->stamps[0], face->path)
      && (!is_low
          || (face->low_path != NULL
              && likeness_file_stamp_look (&self->stamps[1], face->low_path))))
    return TRUE;
  likeness_pixel_record_forget (self);
  return FALSE;
}

gboolean
likeness_pixel_record_read (LikenessPixelRecord *self,
                            const LikenessListedFace *face,
                            int input,
                            GCancellable *cancellable)
{
  if (likeness_file_stamp_read (&self->stamps[0], face->path, &self->digests[0],
                                cancellable)
      && (input != LIKENESS_INPUT_LOW
          || likeness_file_stamp_read (&self->stamps[1], face->low_path,
                                       &self->digests[1], cancellable)))
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
  return likeness_file_stamp_is_racy (&self->stamps[0], read)
         || likeness_file_stamp_is_racy (&self->stamps[1], read);
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
