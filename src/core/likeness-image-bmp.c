/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-format.h"

/* Source: Microsoft, BITMAPFILEHEADER, BITMAPCOREHEADER and BITMAPINFOHEADER. */

#define PIXELS_OFFSET 10
#define HEADER_SIZE_OFFSET 14
#define CORE_HEADER_SIZE 12
#define INFO_HEADER_SIZE 40
#define LARGEST_HEADER_SIZE 124 /* version 5; GdkPixbuf makes room for any it is told */
#define COMPRESSION_RGB 0
#define COMPRESSION_BITFIELDS 3

gboolean
likeness_bmp_measure (LikenessByteWindow *file, int *width, int *height)
{
  gint64 header = likeness_byte_window_little (file, HEADER_SIZE_OFFSET, 4);
  gint64 w, h;

  if (header == CORE_HEADER_SIZE)
    {
      w = likeness_byte_window_little (file, 18, 2);
      h = likeness_byte_window_little (file, 20, 2);
    }
  else
    {
      w = likeness_byte_window_little (file, 18, 4);
      h = likeness_byte_window_little (file, 22, 4);
      /* A negative height means top row first. */
      if (h > G_MAXINT32)
        h = G_GINT64_CONSTANT (0x100000000) - h;
    }
  if ((header != CORE_HEADER_SIZE && header < INFO_HEADER_SIZE)
      || header > LARGEST_HEADER_SIZE || w < 0 || h < 0 || w > G_MAXINT32
      || h > G_MAXINT32)
    return FALSE;
  *width = w;
  *height = h;
  return TRUE;
}

gboolean
likeness_bmp_is_whole (LikenessByteWindow *file, int width, int height)
{
  gboolean core
      = likeness_byte_window_little (file, HEADER_SIZE_OFFSET, 4) == CORE_HEADER_SIZE;
  gint64 pixels = likeness_byte_window_little (file, PIXELS_OFFSET, 4);
  gint64 bits = likeness_byte_window_little (file, core ? 24 : 28, 2);
  gint64 compression = core ? COMPRESSION_RGB : likeness_byte_window_little (file, 30, 4);
  guint64 row;

  if (pixels < 0 || bits < 0 || compression < 0)
    return FALSE;
  /* Run-length coded rows have no length that the header tells; the decoder counts them.
   */
  if (compression != COMPRESSION_RGB && compression != COMPRESSION_BITFIELDS)
    return file->size > (guint64)pixels;
  row = ((guint64)width * bits + 31) / 32 * 4;
  return file->size >= (guint64)pixels && file->size - pixels >= row * height;
}
