/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * likeness_augmentation_draw:
 * @seed: the run's
 * @epoch: from 1
 * @face: index into the train list
 * @augment: whether the face is changed at all
 * @mix_high: chance that the best image is shown, 0 to 1
 *
 * What is done to one face in one epoch: it depends on the arguments alone, not on the
 * batch, the device or what was drawn before. Left-right with chance 0.5, brightness and
 * contrast within 0.07, saturation 0.05, hue 0.02 turns, rotation 5 degrees.
 */
LikenessAugmentation likeness_augmentation_draw (
    guint64 seed, guint epoch, guint32 face, gboolean augment, double mix_high);

/**
 * likeness_augmentation_apply:
 * @augmentations: what is done to each of the @n faces
 * @faces: LIKENESS_FACE_BYTES each
 * @threads: 1 or more; the result is the same for any number
 * @out: (out caller-allocates): n x 112 x 112 x 3 numbers from 0 to 255
 *
 * On the processor, each face by itself while it lies in the cache: mirrored, then
 * brightness, contrast (around the mean luma), saturation, hue and rotation (between four
 * pixels, black outside), as torchvision's functions of these names define them. A GPU
 * has the same in likeness-torch-augment.cpp. use_best is the caller's.
 *
 * Returns: %FALSE where the memory does not suffice
 */
gboolean likeness_augmentation_apply (const LikenessAugmentation *augmentations,
                                      const guint8 *faces,
                                      gsize n,
                                      guint threads,
                                      float *out) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_augmentation_order:
 * @order: (out caller-allocates): the @n faces as epoch @epoch shows them
 *
 * A permutation that depends on @seed, @epoch and @n alone.
 */
void likeness_augmentation_order (guint64 seed, guint epoch, guint32 *order, gsize n);

G_END_DECLS
