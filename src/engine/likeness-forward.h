/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-kernels.h"
#include "likeness-tensor.h"
#include "likeness-variant.h"

G_BEGIN_DECLS

/**
 * LikenessForward:
 *
 * EdgeFace's forward pass on the processor, in float32 or with products in bfloat16: each
 * thread takes a few faces through the whole network, so that what flows from layer to
 * layer stays in its cache. Needs no libtorch. Read-only once it is made: any number of
 * threads may use it.
 */
typedef struct _LikenessForward LikenessForward;

/**
 * likeness_forward_new:
 * @tensors: (element-type LikenessTensor): the parameters in the variant's order; not
 *   needed any more afterwards
 * @kernels: what to compute with
 * @threads: that make it, 1 or more
 * @training: whether the way back is wanted as well
 *
 * Packs the parameters: layer normalisations, gains and low-rank pairs go into the
 * matrices beside them.
 */
LikenessForward *likeness_forward_new (const LikenessVariant *variant,
                                       const GPtrArray *tensors,
                                       const LikenessKernels *kernels,
                                       guint threads,
                                       gboolean training) G_GNUC_WARN_UNUSED_RESULT;
void likeness_forward_free (LikenessForward *self);

/**
 * likeness_forward_embed:
 * @faces: @n faces, LIKENESS_FACE_BYTES each
 * @flip: mirrored
 * @threads: 1 or more; the result is the same for any number
 * @embeddings: (out caller-allocates): @n x 512, not normalised
 *
 * Returns: %FALSE where the memory does not suffice
 */
gboolean likeness_forward_embed (const LikenessForward *self,
                                 const guint8 *faces,
                                 gsize n,
                                 gboolean flip,
                                 guint threads,
                                 float *embeddings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessForward, likeness_forward_free)

G_END_DECLS
