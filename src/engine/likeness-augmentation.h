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
 * likeness_augmentation_order:
 * @order: (out caller-allocates): the @n faces as epoch @epoch shows them
 *
 * A permutation that depends on @seed, @epoch and @n alone.
 */
void likeness_augmentation_order (guint64 seed, guint epoch, guint32 *order, gsize n);

G_END_DECLS
