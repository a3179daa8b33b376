/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <ATen/core/Tensor.h>

#include "likeness-torch.h"

namespace likeness
{

/** The parts of a batch's loss. */
struct Loss
{
  at::Tensor total; /* to be differentiated */
  at::Tensor
      correct; /* how many faces are nearest to their own subject, without margin */
};

/**
 * Margin softmax over cosines, and what is asked beside it.
 * @head: [n_classes, 512]
 * @embeddings: [N, 512]
 * @labels: [N], int64
 * @targets: (nullable) [N, 512]: what the embeddings should be similar to
 *
 * ArcFace: Deng et al. (2019); beyond pi - margin a straight line, so that the angle
 * cannot wrap. CosFace: Wang et al. (2018). Label smoothing: Szegedy et al. (2016).
 */
Loss compute_loss (const LikenessStageOptions &options,
                   const at::Tensor &head,
                   const at::Tensor &embeddings,
                   const at::Tensor &labels,
                   const at::Tensor &targets);

gboolean head_new (LikenessNet *net,
                   guint n_classes,
                   const float *weights,
                   guint64 seed,
                   GError **error) noexcept;
gboolean head_scores (LikenessNet *net,
                      const float *embeddings,
                      gsize n,
                      float *cosines,
                      GError **error) noexcept;

} // namespace likeness
