/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** Images of more pixels than this are refused before anything is allocated. */
#define LIKENESS_IMAGE_MAX_PIXELS (64 * 1024 * 1024)

/** A decoded picture: 8-bit RGB, interleaved, rows without padding, top row first. */
typedef struct
{
  int width;
  int height;
  guint8 *pixels; /* width * height * 3 bytes, owned */
} LikenessImage;

/** A black image of at most %LIKENESS_IMAGE_MAX_PIXELS. (transfer full) */
LikenessImage *likeness_image_new (int width, int height) G_GNUC_WARN_UNUSED_RESULT;
void likeness_image_free (LikenessImage *self);

/**
 * likeness_image_load:
 * @path: a file: PNG, JPEG, PGM/PPM, BMP, WebP where the loader is there
 *
 * Decodes a stranger's file: the size is read first and capped
 * (%LIKENESS_IMAGE_MAX_PIXELS), completeness (IEND, EOI) is checked as GdkPixbuf does
 * not, orientation is applied, alpha is put on black, grey becomes RGB. Safe from any
 * thread.
 *
 * Returns: (transfer full): the image, or %NULL with %LIKENESS_ERROR_NOT_FOUND,
 *   %LIKENESS_ERROR_NOT_READABLE, %LIKENESS_ERROR_BAD_IMAGE or %LIKENESS_ERROR_TOO_LARGE
 */
LikenessImage *likeness_image_load (const char *path,
                                    GCancellable *cancellable,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_image_check:
 *
 * As likeness_image_load(), but reads only what tells that the file is whole and of a
 * sane size (header and end marker). Used by the scanner.
 */
gboolean likeness_image_check (const char *path, int *width, int *height, GError **error);

/** Whether @name has the extension of an image type that is read; ASCII case is ignored.
 */
gboolean likeness_image_is_picture_name (const char *name);

/**
 * likeness_image_resize_box:
 * likeness_image_resize_bilinear:
 *
 * Bit for bit what Pillow's Image.resize gives on uint8 with Image.BOX (to reduce) and
 * Image.BILINEAR (to enlarge; support grows with the scale when reducing): separable,
 * horizontal pass first, fixed-point coefficients of 22 bits, each pass rounded to uint8.
 * Source of the rule: Pillow, src/libImaging/Resample.c (HPND), reimplemented. (Pillow 13
 * takes the vertical pass first where the height shrinks far more than the width; squares
 * give the same bytes with every version.)
 *
 * Returns: (transfer full): a new image of @width x @height
 */
LikenessImage *likeness_image_resize_box (const LikenessImage *self,
                                          int width,
                                          int height) G_GNUC_WARN_UNUSED_RESULT;
LikenessImage *likeness_image_resize_bilinear (const LikenessImage *self,
                                               int width,
                                               int height) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessImage, likeness_image_free)

G_END_DECLS
