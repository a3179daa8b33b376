/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-byte-window.h"

G_BEGIN_DECLS

/** One type of image file, told by its first bytes. */
typedef struct
{
  const char *type;  /* GdkPixbuf's name of the loader */
  const char *label; /* for people */
  const char *magic; /* first bytes */
  gsize n_magic;

  /** Reads the size in pixels from the header; %FALSE where the header makes no sense or
   * ends too early. */
  gboolean (*measure) (LikenessByteWindow *file, int *width, int *height);

  /** Whether the file reaches its end marker, or has the bytes its header implies. */
  gboolean (*is_whole) (LikenessByteWindow *file, int width, int height);
} LikenessImageFormat;

/** (nullable): the format of @file, or %NULL where it is none of ours. */
const LikenessImageFormat *likeness_image_format_find (LikenessByteWindow *file);

/* The formats, one file each; see likeness_image_format_find(). */
gboolean likeness_png_measure (LikenessByteWindow *file, int *width, int *height);
gboolean likeness_png_is_whole (LikenessByteWindow *file, int width, int height);
gboolean likeness_jpeg_measure (LikenessByteWindow *file, int *width, int *height);
gboolean likeness_jpeg_is_whole (LikenessByteWindow *file, int width, int height);
gboolean likeness_pnm_measure (LikenessByteWindow *file, int *width, int *height);
gboolean likeness_pnm_is_whole (LikenessByteWindow *file, int width, int height);
gboolean likeness_bmp_measure (LikenessByteWindow *file, int *width, int *height);
gboolean likeness_bmp_is_whole (LikenessByteWindow *file, int width, int height);
gboolean likeness_webp_measure (LikenessByteWindow *file, int *width, int *height);
gboolean likeness_webp_is_whole (LikenessByteWindow *file, int width, int height);

G_END_DECLS
