/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-format.h"

/* Source: RFC 9649, 2.3 to 2.7; RFC 6386, 9.1; WebP lossless bitstream, 3. */

#define CHUNK 12 /* behind "RIFF", the length and "WEBP" */

gboolean
likeness_webp_measure (LikenessByteWindow *file, int *width, int *height)
{
  gint64 w = -1, h = -1;

  if (!likeness_byte_window_matches (file, 8, "WEBP", 4))
    return FALSE;
  if (likeness_byte_window_matches (file, CHUNK, "VP8X", 4))
    {
      w = likeness_byte_window_little (file, 24, 3);
      h = likeness_byte_window_little (file, 27, 3);
      if (w >= 0 && h >= 0)
        w++, h++;
    }
  else if (likeness_byte_window_matches (file, CHUNK, "VP8L", 4))
    {
      gint64 bits = likeness_byte_window_little (file, 21, 4);

      if (bits >= 0)
        {
          w = (bits & 0x3fff) + 1;
          h = (bits >> 14 & 0x3fff) + 1;
        }
    }
  else if (likeness_byte_window_matches (file, CHUNK, "VP8 ", 4)
           && likeness_byte_window_matches (file, 23, "\x9d\x01\x2a", 3))
    {
      w = likeness_byte_window_little (file, 26, 2);
      h = likeness_byte_window_little (file, 28, 2);
      if (w >= 0 && h >= 0)
        w &= 0x3fff, h &= 0x3fff;
    }
  if (w < 0 || h < 0)
    return FALSE;
  *width = w;
  *height = h;
  return TRUE;
}

gboolean
likeness_webp_is_whole (LikenessByteWindow *file, int width, int height)
{
  gint64 length = likeness_byte_window_little (file, 4, 4);

  return length >= 0 && file->size >= (guint64)length + 8;
}
