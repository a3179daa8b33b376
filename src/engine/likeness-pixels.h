/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face-list.h"
#include "likeness-image.h"
#include "likeness-pixel-cache.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessPixels:
 *
 * Decoded faces, 112x112x3 uint8 each. @best is the gallery's image, @probe the face as
 * training sees it (`input`); where both are the same, probe == best.
 */
typedef struct
{
  gsize n;
  const guint8 *best;
  const guint8 *probe;
  guint n_decoded; /* faces that were not in the cache */

  /* Owned: what the faces lie in */
  LikenessPixelCache *cache; /* NULL: memory */
  guint8 *memory[2];
} LikenessPixels;

/**
 * likeness_pixels_load:
 * @input: LIKENESS_INPUT_* or pixels (likeness-run-config.h); AUTO is resolved by the
 * caller
 *
 * Decodes with a bounded pool into a file in the user's cache folder and maps that, so
 * that the next time nothing is decoded but what has changed; where no such file can be
 * had, into memory. A best image of another size is reduced (box) or enlarged
 * (bilinear) to 112x112. low: the partner enlarged bilinearly; N: best reduced (box) to
 * N, then enlarged bilinearly, as Pillow does.
 *
 * Returns: (transfer full): or %NULL with the error of the first face that cannot be
 * decoded (it is named)
 */
LikenessPixels *likeness_pixels_load (const LikenessFaceList *list,
                                      int input,
                                      LikenessProgress *progress,
                                      GCancellable *cancellable,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** The faces of @cache, which is taken over. (transfer full) */
LikenessPixels *
likeness_pixels_new_cached (LikenessPixelCache *cache) G_GNUC_WARN_UNUSED_RESULT;
/** As likeness_pixels_load(), but in memory and without the cache: for faces that are
 * looked at once. (transfer full) */
LikenessPixels *likeness_pixels_decode (const LikenessFaceList *list,
                                        int input,
                                        GCancellable *cancellable,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** One face: @out holds LIKENESS_FACE_BYTES. */
gboolean likeness_pixels_load_face (const char *path,
                                    const char *low_path,
                                    int input,
                                    guint8 *out,
                                    GCancellable *cancellable,
                                    GError **error);
/**
 * likeness_pixels_load_pair:
 * @best: (nullable): LIKENESS_FACE_BYTES for the best image there is
 * @probe: (nullable): LIKENESS_FACE_BYTES for the face as training sees it
 *
 * Both of one face, as likeness_pixels_load() makes them.
 */
gboolean likeness_pixels_load_pair (const char *path,
                                    const char *low_path,
                                    int input,
                                    guint8 *best,
                                    guint8 *probe,
                                    GCancellable *cancellable,
                                    GError **error);
/** The low-resolution partner as it is; %NULL with %LIKENESS_ERROR_USAGE where @low_path
 * is %NULL. (transfer full) */
LikenessImage *likeness_pixels_load_low (const char *path,
                                         const char *low_path,
                                         GCancellable *cancellable,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** Gives faces that were loaded as best images alone (input high) a probe of their own,
 * to be filled in by the caller. (transfer none) */
guint8 *likeness_pixels_add_probe (LikenessPixels *self, GError **error);
void likeness_pixels_free (LikenessPixels *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPixels, likeness_pixels_free)

G_END_DECLS
