/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-format.h"

/* Source: PNG specification (W3C, second edition), 5.2 to 5.3, 11.2.2, 11.2.5. */

#define SIGNATURE_BYTES 8
#define CHUNK_OVERHEAD 12 /* length, type and checksum */
#define MAX_CHUNKS 100000 /* a whole picture has a handful; bounds the walk */

static const guint8 end_chunk[]
    = {0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xae, 0x42, 0x60, 0x82};

gboolean
likeness_png_measure (LikenessByteWindow *file, int *width, int *height)
{
  gint64 w = likeness_byte_window_big (file, SIGNATURE_BYTES + 8, 4);
  gint64 h = likeness_byte_window_big (file, SIGNATURE_BYTES + 12, 4);

  if (!likeness_byte_window_matches (file, SIGNATURE_BYTES, "\0\0\0\rIHDR", 8) || w < 0
      || h < 0 || w > G_MAXINT || h > G_MAXINT)
    return FALSE;
  *width = w;
  *height = h;
  return TRUE;
}

gboolean
likeness_png_is_whole (LikenessByteWindow *file, int width, int height)
{
  guint64 offset = SIGNATURE_BYTES;

  if (likeness_byte_window_matches (file, file->size - sizeof end_chunk, end_chunk,
                                    sizeof end_chunk))
    return TRUE;

  /* Something follows the picture, or it is cut off: go from chunk to chunk. */
  for (guint n = 0; n < MAX_CHUNKS; n++)
    {
      gint64 length = likeness_byte_window_big (file, offset, 4);

      if (likeness_byte_window_matches (file, offset, end_chunk, sizeof end_chunk))
        return TRUE;
      if (length < 0)
        return FALSE;
      offset += length + CHUNK_OVERHEAD;
    }
  return FALSE;
}
