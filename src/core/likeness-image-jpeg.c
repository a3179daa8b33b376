/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-format.h"

/* Source: ITU-T T.81, B.1 and B.2. */

#define MAX_SEGMENTS 100000 /* bounds the walk through a hostile file */

enum
{
  MARKER_SOF0 = 0xc0,
  MARKER_DHT = 0xc4,
  MARKER_JPG = 0xc8,
  MARKER_DAC = 0xcc,
  MARKER_SOF15 = 0xcf,
  MARKER_RST0 = 0xd0,
  MARKER_RST7 = 0xd7,
  MARKER_SOI = 0xd8,
  MARKER_EOI = 0xd9,
  MARKER_SOS = 0xda,
  MARKER_TEM = 0x01,
};

static gboolean
is_frame (int marker)
{
  return marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT
         && marker != MARKER_JPG && marker != MARKER_DAC;
}

static gboolean
stands_alone (int marker)
{
  return marker == MARKER_TEM || (marker >= MARKER_RST0 && marker <= MARKER_EOI);
}

/* The marker at *@offset, which is moved behind it; fill bytes are passed over. Bytes
 * that are no marker are passed over where @in_scan; elsewhere they are an error, -1. */
static int
next_marker (LikenessByteWindow *file, guint64 *offset, gboolean in_scan)
{
  for (;;)
    {
      int byte = likeness_byte_window_at (file, (*offset)++);

      if (byte < 0 || (byte != 0xff && !in_scan))
        return -1;
      if (byte != 0xff)
        continue;
      while ((byte = likeness_byte_window_at (file, *offset)) == 0xff)
        (*offset)++;
      (*offset)++;
      if (byte != 0 || !in_scan)
        return byte;
    }
}

gboolean
likeness_jpeg_measure (LikenessByteWindow *file, int *width, int *height)
{
  guint64 offset = 0;

  for (guint n = 0; n < MAX_SEGMENTS; n++)
    {
      int marker = next_marker (file, &offset, FALSE);

      if (marker <= 0 || marker == MARKER_EOI || marker == MARKER_SOS)
        return FALSE;
      if (is_frame (marker))
        {
          *height = likeness_byte_window_big (file, offset + 3, 2);
          *width = likeness_byte_window_big (file, offset + 5, 2);
          return *height >= 0 && *width >= 0;
        }
      if (!stands_alone (marker))
        offset += MAX (likeness_byte_window_big (file, offset, 2), 2);
    }
  return FALSE;
}

gboolean
likeness_jpeg_is_whole (LikenessByteWindow *file, int width, int height)
{
  gboolean in_scan = FALSE;
  guint64 offset = 0;

  if (likeness_byte_window_matches (file, file->size - 2, "\xff\xd9", 2))
    return TRUE;

  /* Cameras append things behind EOI; and an EOI that is found by searching could be the
   * embedded preview's. So the picture's own segments are followed. */
  for (guint n = 0; n < MAX_SEGMENTS; n++)
    {
      int marker = next_marker (file, &offset, in_scan);

      if (marker == MARKER_EOI)
        return TRUE;
      if (marker <= 0)
        return FALSE;
      if (stands_alone (marker))
        continue;
      offset += MAX (likeness_byte_window_big (file, offset, 2), 2);
      in_scan = marker == MARKER_SOS;
    }
  return FALSE;
}
