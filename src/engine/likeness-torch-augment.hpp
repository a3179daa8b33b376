/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <ATen/core/Tensor.h>

#include "likeness-torch.h"

namespace likeness
{

/**
 * Faces as they are shown: flipped, then brightness, contrast, saturation, hue and
 * rotation, each clamped to 0..255 where it can leave it.
 * @faces: [N, 112, 112, 3], uint8
 * @augmentations: (array length=N) (nullable): nothing is changed where %NULL
 *
 * Contrast is around the mean luma of the face; luma is 0.299 R + 0.587 G + 0.114 B.
 * Hue turns in HSV. Rotation is about the centre, bilinear, black beyond the border.
 *
 * Returns: [N, 112, 112, 3] in 0..255, float unless nothing was changed
 */
at::Tensor apply_augmentations (const at::Tensor &faces,
                                const LikenessAugmentation *augmentations);

gboolean augment (LikenessNet *net,
                  const guint8 *faces,
                  const LikenessAugmentation *augmentations,
                  gsize n,
                  guint8 *out,
                  GError **error) noexcept;

} // namespace likeness
