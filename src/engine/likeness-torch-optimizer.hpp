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

/**
 * The same without a look at any number, so that nothing waits for the device: the rates
 * are scalars there, a step that is not finite leaves everything as it is, and loss,
 * count and norm are added to net.sums for read_sums().
 * @n: faces of the batch
 */
void apply_gradients_unseen (LikenessNet &net,
                             const std::vector<at::Tensor> &gradients,
                             const at::Tensor &loss,
                             const at::Tensor &correct,
                             int64_t n,
                             const at::Tensor &lr_head,
                             const at::Tensor &lr_backbone);
/** Adds what a step of apply_gradients() on the CPU has brought for @n faces. */
void add_result (LikenessNet &net, const LikenessStepResult &result, int64_t n);
/** What the steps since the last read have brought; waits for the device. Throws
 * LIKENESS_TORCH_ERROR_NOT_FINITE where one of them was not applied. */
LikenessStepResult read_sums (LikenessNet &net);

gboolean stage_begin (LikenessNet *net,
                      const LikenessStageOptions *options,
                      GError **error) noexcept;
gboolean
optimizer_restore (LikenessNet *net, GPtrArray *tensors, GError **error) noexcept;

} // namespace likeness
