/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-digest.h"
#include "likeness-image.h"
#include "likeness-pixels.h"
#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * LikenessEnlarger:
 *
 * A super-resolution model that takes the place of bilinear enlarging. It is a program,
 * which runs only where the user has agreed to that. It belongs to one thread at a time.
 */
typedef struct
{
  char *name;            /* of the file, for people */
  LikenessDigest digest; /* of the file: what its faces are to be recognised by */

  /*< private >*/
  const LikenessTorch *torch;
  LikenessScript *script;
  int cuda_device;
} LikenessEnlarger;

/**
 * likeness_enlarger_new:
 * @path: TorchScript (likeness-torch.h: script_enlarge)
 * @trusted: the user named it, or said that it is to be trusted: it is run, and
 * remembered (likeness-script-trust.h); else it is run only where it is remembered
 * @cuda_device: -1: CPU
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_NOT_FOUND, _NOT_READABLE,
 *   %LIKENESS_TORCH_ERROR_BAD_WEIGHTS or _UNTRUSTED, or %G_IO_ERROR_CANCELLED
 */
LikenessEnlarger *likeness_enlarger_new (const char *path,
                                         gboolean trusted,
                                         const LikenessTorch *torch,
                                         int cuda_device,
                                         guint threads,
                                         GCancellable *cancellable,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_enlarger_free (LikenessEnlarger *self);

/**
 * likeness_enlarger_run:
 * @images: @n images of any sizes; those of one size that follow each other go through
 * the model together
 * @faces: (out caller-allocates): @n x LIKENESS_FACE_BYTES
 *
 * An image that is wider or higher than a face needs no enlarging: it is resized to one
 * first, and improved.
 */
gboolean likeness_enlarger_run (LikenessEnlarger *self,
                                const LikenessImage *const *images,
                                gsize n,
                                guint8 *faces,
                                GError **error);

/**
 * likeness_enlarger_load:
 * @self: (nullable): %NULL: bilinear, as likeness_pixels_load() does it
 * @input: low, or pixels; high with a model makes no sense
 *
 * likeness_pixels_load() with the faces that training sees enlarged by the model. The
 * cache knows them by the files' content and by the model's, so that a model runs once
 * for a face; n_decoded counts the faces it ran for.
 */
LikenessPixels *likeness_enlarger_load (LikenessEnlarger *self,
                                        const LikenessFaceList *list,
                                        int input,
                                        LikenessProgress *progress,
                                        GCancellable *cancellable,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Whether likeness_enlarger_new() would run @path: for whoever has something to lose
 * before. @path: (nullable): %NULL needs nothing. Runs nothing. */
gboolean likeness_enlarger_check_trust (const char *path,
                                        gboolean trusted,
                                        GCancellable *cancellable,
                                        GError **error);

/** Whether @input leaves a model something to enlarge; else %LIKENESS_ERROR_USAGE.
 * @path: (nullable): the model of a config; %NULL needs nothing. */
gboolean likeness_enlarger_check_input (const char *path, int input, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessEnlarger, likeness_enlarger_free)

G_END_DECLS
