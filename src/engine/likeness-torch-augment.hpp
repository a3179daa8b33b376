/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <array>

#include <ATen/core/Tensor.h>

#include "likeness-torch.h"

namespace likeness
{

/** What can be done to a face, a number each; the order in which it is done. */
enum
{
  LIKENESS_LOOK_FLIP,
  LIKENESS_LOOK_BRIGHTNESS,
  LIKENESS_LOOK_CONTRAST,
  LIKENESS_LOOK_SATURATION,
  LIKENESS_LOOK_HUE,
  LIKENESS_LOOK_ANGLE,
  LIKENESS_N_LOOKS,
};

/** For each of them [N, 1, 1, 1], or undefined where no face is to be changed. */
using Looks = std::array<at::Tensor, LIKENESS_N_LOOKS>;

/** Writes the numbers of @n faces as [LIKENESS_N_LOOKS, n] and says which kinds change
 * anything: a bit each. */
guint describe_looks (const LikenessAugmentation *augmentations, gsize n, float *numbers);
/** The @kinds of @numbers, [LIKENESS_N_LOOKS, N]; the tensors are views. */
Looks view_looks (const at::Tensor &numbers, guint kinds);

/**
 * Faces as they are shown: flipped, then brightness, contrast, saturation, hue and
 * rotation, each clamped to 0..255 where it can leave it.
 * @faces: [N, 112, 112, 3], uint8
 *
 * Contrast is around the mean luma of the face; luma is 0.299 R + 0.587 G + 0.114 B.
 * Hue turns in HSV. Rotation is about the centre, bilinear, black beyond the border.
 *
 * Returns: [N, 112, 112, 3] in 0..255, float unless nothing was changed
 */
at::Tensor apply_looks (const at::Tensor &faces, const Looks &looks);
/** The same, on the processor by a kernel of our own, as the passes of libtorch cost a
 * fifth of a step;
 * @augmentations: (array length=N) (nullable): nothing is changed where %NULL */
at::Tensor apply_augmentations (const LikenessNet &net,
                                const at::Tensor &faces,
                                const LikenessAugmentation *augmentations);

gboolean augment (LikenessNet *net,
                  const guint8 *faces,
                  const LikenessAugmentation *augmentations,
                  gsize n,
                  guint8 *out,
                  GError **error) noexcept;

} // namespace likeness
