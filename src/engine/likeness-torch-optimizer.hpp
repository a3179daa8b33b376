/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <vector>

#include <ATen/core/Tensor.h>

#include "likeness-torch.h"

namespace likeness
{

/** What the head is called in a checkpoint. */
#define LIKENESS_HEAD_NAME "arcface.weight"

/** The tensors that learn in the current stage: the parameters, where all layers do, and
 * the head at the end. */
std::vector<at::Tensor> list_learning (const LikenessNet &net);

/**
 * Clips @gradients (in the order of list_learning()) to the stage's norm and applies one
 * step of AdamW (Loshchilov, Hutter 2019; betas 0.9 and 0.999, eps 1e-8), the decay on
 * every tensor, as the usual PyTorch script has it.
 * @loss, @correct: scalars, read back together with the norm
 *
 * Throws LIKENESS_TORCH_ERROR_NOT_FINITE, with nothing applied, where the loss or the
 * norm is not a number.
 */
LikenessStepResult apply_gradients (LikenessNet &net,
                                    std::vector<at::Tensor> gradients,
                                    const at::Tensor &loss,
                                    const at::Tensor &correct,
                                    double lr_head,
                                    double lr_backbone);

gboolean stage_begin (LikenessNet *net,
                      const LikenessStageOptions *options,
                      GError **error) noexcept;
gboolean
optimizer_restore (LikenessNet *net, GPtrArray *tensors, GError **error) noexcept;

} // namespace likeness
