/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-near-duplicates.h"

#define HASH_WIDTH 8
#define HASH_HEIGHT 8

static LikenessImage *
make_luma (const LikenessImage *image)
{
  LikenessImage *luma = likeness_image_new (image->width, image->height);
  gsize n = (gsize)image->width * image->height;

  for (gsize i = 0; i < n; i++)
    {
      const guint8 *rgb = image->pixels + i * 3;
      guint8 *grey = luma->pixels + i * 3;

      /* 0.299, 0.587 and 0.114 of 65536, as Pillow's convert ("L"). */
      grey[0] = grey[1] = grey[2]
          = (rgb[0] * 19595u + rgb[1] * 38470u + rgb[2] * 7471u + 0x8000u) >> 16;
    }
  return luma;
}

guint64
likeness_perceptual_hash (const LikenessImage *image)
{
  g_autoptr (LikenessImage) luma = make_luma (image);
  g_autoptr (LikenessImage) small
      = likeness_image_resize_box (luma, HASH_WIDTH + 1, HASH_HEIGHT);
  guint64 hash = 0;

  for (int y = 0; y < HASH_HEIGHT; y++)
    for (int x = 0; x < HASH_WIDTH; x++)
      {
        const guint8 *pixel = small->pixels + (y * (HASH_WIDTH + 1) + x) * 3;

        hash = hash << 1 | (pixel[3] > pixel[0]);
      }
  return hash;
}
