/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-format.h"

/* Source: netpbm's pbm(5), pgm(5), ppm(5). */

#define MAX_HEADER_BYTES 65536 /* comments included */

typedef struct
{
  int kind; /* 1 to 6 */
  gint64 width;
  gint64 height;
  gint64 maximum;
  guint64 pixels; /* offset of the first byte behind the header */
} Header;

/* The number at *@offset, behind white space and comments, or -1. */
static gint64
next_number (LikenessByteWindow *file, guint64 *offset)
{
  guint64 limit = *offset + MAX_HEADER_BYTES;
  gint64 number = 0;
  int byte = likeness_byte_window_at (file, *offset);

  while ((byte == '#' || g_ascii_isspace (byte)) && *offset < limit)
    {
      if (byte == '#')
        while (byte >= 0 && byte != '\n' && *offset < limit)
          byte = likeness_byte_window_at (file, ++*offset);
      else
        byte = likeness_byte_window_at (file, ++*offset);
    }
  if (byte < 0 || !g_ascii_isdigit (byte))
    return -1;
  for (; byte >= 0 && g_ascii_isdigit (byte);
       ++*offset, byte = likeness_byte_window_at (file, *offset))
    if ((number = number * 10 + byte - '0') > G_MAXINT)
      return -1;
  return number;
}

static gboolean
read_header (LikenessByteWindow *file, Header *header)
{
  guint64 offset = 2;

  header->kind = likeness_byte_window_at (file, 1) - '0';
  header->width = next_number (file, &offset);
  header->height = next_number (file, &offset);
  header->maximum = 1;
  if (header->kind != 1 && header->kind != 4)
    header->maximum = next_number (file, &offset);
  header->pixels = offset + 1;
  return header->width >= 0 && header->height >= 0 && header->maximum > 0
         && header->maximum <= G_MAXUINT16;
}

/* The text forms have no length and no end: their numbers are counted. */
static gboolean
has_numbers (LikenessByteWindow *file, const Header *header, guint64 wanted)
{
  guint64 offset = header->pixels;

  for (; wanted > 0; wanted--)
    {
      /* In a text bitmap the digits need not be apart. */
      if (header->kind == 1)
        {
          int byte = likeness_byte_window_at (file, offset++);

          while (byte >= 0 && g_ascii_isspace (byte))
            byte = likeness_byte_window_at (file, offset++);
          if (byte < 0)
            return FALSE;
        }
      else if (next_number (file, &offset) < 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
likeness_pnm_measure (LikenessByteWindow *file, int *width, int *height)
{
  Header header;

  if (!read_header (file, &header))
    return FALSE;
  *width = header.width;
  *height = header.height;
  return TRUE;
}

gboolean
likeness_pnm_is_whole (LikenessByteWindow *file, int width, int height)
{
  guint64 channels, row;
  Header header;

  if (!read_header (file, &header))
    return FALSE;
  channels = header.kind == 3 || header.kind == 6 ? 3 : 1;
  if (header.kind <= 3)
    return has_numbers (file, &header, channels * width * height);
  row = channels * width * (header.maximum > G_MAXUINT8 ? 2 : 1);
  if (header.kind == 4)
    row = ((guint64)width + 7) / 8;
  return file->size >= header.pixels && file->size - header.pixels >= row * height;
}
