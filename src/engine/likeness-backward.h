/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-forward-private.h"

G_BEGIN_DECLS

/* The way back of each part of likeness-forward-private.h. @d: gradient of what the part
 * gave, replaced by that of what it took; @sums: all gradients, which are added to. */

void likeness_backward_block (const LikenessForward *self,
                              const LikenessPackedStage *stage,
                              const LikenessPackedBlock *block,
                              gsize faces,
                              const LikenessBlockSlots *slots,
                              float *d,
                              float *sums,
                              LikenessForwardSpace *space);
void likeness_backward_downsample (const LikenessForward *self,
                                   int index,
                                   gsize faces,
                                   const float *x,
                                   float *d,
                                   float *sums,
                                   LikenessForwardSpace *space);
/** @before: what likeness_forward_stem() normalised. The faces get no gradient. */
void likeness_backward_stem (const LikenessForward *self,
                             const float *faces,
                             gsize n,
                             const float *before,
                             float *d,
                             float *sums,
                             LikenessForwardSpace *space);
/** @gradient: of the embeddings; @d: (out): that of @x. */
void likeness_backward_head (const LikenessForward *self,
                             gsize faces,
                             const float *x,
                             const float *gradient,
                             float *d,
                             float *sums,
                             LikenessForwardSpace *space);

/**
 * likeness_backward_unpack:
 * @sums: gradients of the packed parameters
 * @tensors, @gradients: as likeness_tape_backward()
 *
 * Takes apart what likeness_forward_new() put together; the same for any number of
 * @threads.
 */
void likeness_backward_unpack (const LikenessForward *self,
                               const float *sums,
                               const GPtrArray *tensors,
                               float *const *gradients,
                               guint threads);

G_END_DECLS
