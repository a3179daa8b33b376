/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-image-format.h"

/* clang-format off */
static const LikenessImageFormat formats[] = {
  {"png", "PNG", "\x89PNG\r\n\x1a\n", 8, likeness_png_measure, likeness_png_is_whole},
  {"jpeg", "JPEG", "\xff\xd8\xff", 3, likeness_jpeg_measure, likeness_jpeg_is_whole},
  {"pnm", "PBM", "P1", 2, likeness_pnm_measure, likeness_pnm_is_whole},
  {"pnm", "PGM", "P2", 2, likeness_pnm_measure, likeness_pnm_is_whole},
  {"pnm", "PPM", "P3", 2, likeness_pnm_measure, likeness_pnm_is_whole},
  {"pnm", "PBM", "P4", 2, likeness_pnm_measure, likeness_pnm_is_whole},
  {"pnm", "PGM", "P5", 2, likeness_pnm_measure, likeness_pnm_is_whole},
  {"pnm", "PPM", "P6", 2, likeness_pnm_measure, likeness_pnm_is_whole},
  {"bmp", "BMP", "BM", 2, likeness_bmp_measure, likeness_bmp_is_whole},
  {"webp", "WebP", "RIFF", 4, likeness_webp_measure, likeness_webp_is_whole},
};
/* clang-format on */

const LikenessImageFormat *
likeness_image_format_find (LikenessByteWindow *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (likeness_byte_window_matches (file, 0, formats[i].magic, formats[i].n_magic))
      return &formats[i];
  return NULL;
}
