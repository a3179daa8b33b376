/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include "likeness-torch-batch.hpp"
#include "likeness-torch-head.hpp"
#include "likeness-torch.h"

namespace likeness
{

/** A batch's loss and its gradients, in the order of list_learning(). */
struct Learnt
{
  Loss loss;
  std::vector<at::Tensor> gradients;
};

/** Forward and back, nothing applied. */
Learnt learn (LikenessNet &net, const Batch &batch);

gboolean data_load (LikenessNet *net,
                    const guint8 *probe,
                    const guint8 *best,
                    const guint32 *labels,
                    const float *targets,
                    gsize n,
                    GError **error) noexcept;
gboolean step_head (LikenessNet *net,
                    const float *embeddings,
                    const guint32 *labels,
                    gsize n,
                    float lr_head,
                    LikenessStepResult *result,
                    GError **error) noexcept;
gboolean step (LikenessNet *net,
               const guint32 *indexes,
               const LikenessAugmentation *augmentations,
               gsize n,
               float lr_head,
               float lr_backbone,
               LikenessStepResult *result,
               GError **error) noexcept;
gboolean gradient_norms (LikenessNet *net,
                         const guint32 *indexes,
                         gsize n,
                         float *loss,
                         float *norms,
                         GError **error) noexcept;

} // namespace likeness
