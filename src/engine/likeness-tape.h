/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-forward.h"

G_BEGIN_DECLS

/**
 * LikenessTape:
 *
 * The forward pass of a batch with what the way back needs of it, and the way back
 * itself, on the processor. Grows with the largest batch (about 3 MB a face
 * for EdgeFace-XXS) and is used again for the next one. Belongs to one thread at a time.
 */
typedef struct _LikenessTape LikenessTape;

LikenessTape *likeness_tape_new (void) G_GNUC_WARN_UNUSED_RESULT;
void likeness_tape_free (LikenessTape *self);

/** Bytes that a batch of @n faces takes on a tape, whether they are there already or not.
 */
guint64
likeness_tape_count_bytes (const LikenessForward *forward, gsize n, guint threads);
/** Bytes that @self holds already. */
guint64 likeness_tape_get_bytes (const LikenessTape *self);

/**
 * likeness_tape_forward:
 * @forward: made for training; must live until the way back is done
 * @faces: @n faces, 112 x 112 x 3 in 0..255
 * @threads: 1 or more; another number gives other last bits on the way back
 * @embeddings: (out caller-allocates): @n x 512, not normalised
 *
 * Returns: %FALSE where the memory does not suffice; the tape is as good as new then
 */
gboolean likeness_tape_forward (LikenessTape *self,
                                const LikenessForward *forward,
                                const float *faces,
                                gsize n,
                                guint threads,
                                float *embeddings);

/**
 * likeness_tape_backward:
 * @gradient: of the embeddings of the last likeness_tape_forward(), n x 512
 * @tensors: (element-type LikenessTensor): the parameters that @forward was made of
 * @gradients: (out): for each of @tensors where its gradient goes, as many numbers
 */
void likeness_tape_backward (LikenessTape *self,
                             const float *gradient,
                             const GPtrArray *tensors,
                             float *const *gradients);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessTape, likeness_tape_free)

G_END_DECLS
