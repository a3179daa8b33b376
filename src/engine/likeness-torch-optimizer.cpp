/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-optimizer.hpp"

#include <cmath>
#include <map>
#include <string>

#include <glib/gi18n.h>

#include <ATen/TensorOperators.h>
#include <ATen/ops/_foreach_norm.h>
#include <ATen/ops/_fused_adamw.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/full.h>
#include <ATen/ops/isfinite.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/where.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include "likeness-torch-device-step.hpp"
#include "likeness-torch-guard.hpp"
#include "likeness-torch-net.hpp"

namespace likeness
{

namespace
{

/* What net.sums holds. */
enum
{
  SUM_LOSS, /* times faces */
  SUM_CORRECT,
  SUM_FACES,
  LAST_NORM,
  SUM_UNAPPLIED, /* steps that were not finite */
  N_SUMS,
};

/* One group: the tensors from @first up to @end. @rate: a double, or a scalar on the
 * device. */
template <typename Rate>
void
apply_group (LikenessNet &net,
             const std::vector<at::Tensor> &tensors,
             const std::vector<at::Tensor> &gradients,
             size_t first,
             size_t end,
             const Rate &rate,
             const std::optional<at::Tensor> &scale,
             const std::optional<at::Tensor> &unapplied)
{
  auto part = [&] (const std::vector<at::Tensor> &list) {
    return at::TensorList (list).slice (first, end - first);
  };
  if (first == end)
    return;
  /* One count serves all, but the kernel wants one a tensor. */
  std::vector<at::Tensor> steps (end - first, net.steps);
  at::_fused_adamw_ (part (tensors), part (gradients), part (net.averages),
                     part (net.squares), {}, steps, rate, 0.9, 0.999,
                     net.stage.weight_decay, 1e-8, false, false, scale, unapplied);
}

[[noreturn]] void
throw_not_finite ()
{
  throw Failure (LIKENESS_TORCH_ERROR_NOT_FINITE,
                 _ ("The loss is no longer a number, so this step was not applied: "
                    "choose a lower learning rate."));
}

} // namespace

std::vector<at::Tensor>
list_learning (const LikenessNet &net)
{
  std::vector<at::Tensor> list;
  if (net.stage.all_layers)
    list = net.parameters;
  list.push_back (net.head);
  return list;
}

LikenessStepResult
apply_gradients (LikenessNet &net,
                 std::vector<at::Tensor> gradients,
                 const at::Tensor &loss,
                 const at::Tensor &correct,
                 double lr_head,
                 double lr_backbone)
{
  at::NoGradGuard no_grad;
  at::Tensor norm = at::linalg_vector_norm (at::stack (at::_foreach_norm (gradients)));
  at::Tensor numbers = at::stack ({loss.detach ().to (at::kDouble), norm.to (at::kDouble),
                                   correct.to (at::kDouble)})
                           .cpu ();
  const double *number = numbers.const_data_ptr<double> ();
  LikenessStepResult result = {};
  result.path = LIKENESS_PATH_LAUNCHES;
  result.loss = static_cast<float> (number[0]);
  result.gradient_norm = static_cast<float> (number[1]);
  result.correct = static_cast<guint> (number[2]);
  if (!std::isfinite (number[0]) || !std::isfinite (number[1]))
    throw_not_finite ();

  /* The kernel divides by the scale while it reads the gradients. */
  std::optional<at::Tensor> scale;
  double clip = net.stage.clip_norm;
  if (clip > 0 && number[1] + 1e-6 > clip)
    scale = at::full ({1}, (number[1] + 1e-6) / clip,
                      at::TensorOptions ().device (net.device).dtype (at::kFloat));

  std::vector<at::Tensor> tensors = list_learning (net);
  size_t n = tensors.size ();
  net.steps.add_ (1);
  apply_group (net, tensors, gradients, 0, n - 1, lr_backbone, scale, {});
  apply_group (net, tensors, gradients, n - 1, n, lr_head, scale, {});
  return result;
}

void
apply_gradients_unseen (LikenessNet &net,
                        const std::vector<at::Tensor> &gradients,
                        const at::Tensor &loss,
                        const at::Tensor &correct,
                        int64_t n,
                        const at::Tensor &lr_head,
                        const at::Tensor &lr_backbone)
{
  at::NoGradGuard no_grad;
  at::Tensor norm = at::linalg_vector_norm (at::stack (at::_foreach_norm (gradients)));
  at::Tensor finite = at::isfinite (loss.detach () + norm);
  at::Tensor unapplied = finite.logical_not ().to (at::kFloat).view ({1});
  std::optional<at::Tensor> scale;
  if (net.stage.clip_norm > 0)
    scale = ((norm + 1e-6) / net.stage.clip_norm).clamp_min (1).view ({1});

  std::vector<at::Tensor> tensors = list_learning (net);
  size_t last = tensors.size () - 1;
  net.steps.add_ (finite);
  apply_group (net, tensors, gradients, 0, last, lr_backbone, scale, unapplied);
  apply_group (net, tensors, gradients, last, last + 1, lr_head, scale, unapplied);

  at::Tensor none = at::zeros_like (norm);
  at::Tensor numbers
      = at::stack ({at::where (finite, loss.detach (), none) * n,
                    at::where (finite, correct, none), finite.to (at::kFloat) * n, norm,
                    unapplied.squeeze ()})
            .to (at::kDouble);
  net.sums[LAST_NORM].zero_ ();
  net.sums.add_ (numbers);
}

void
add_result (LikenessNet &net, const LikenessStepResult &result, int64_t n)
{
  double *sums = net.sums.mutable_data_ptr<double> ();
  sums[SUM_LOSS] += static_cast<double> (result.loss) * static_cast<double> (n);
  sums[SUM_CORRECT] += result.correct;
  sums[SUM_FACES] += static_cast<double> (n);
  sums[LAST_NORM] = result.gradient_norm;
}

LikenessStepResult
read_sums (LikenessNet &net)
{
  at::NoGradGuard no_grad;
  at::Tensor numbers = net.sums.cpu ().clone ();
  const double *sums = numbers.const_data_ptr<double> ();
  net.sums.zero_ ();
  if (sums[SUM_UNAPPLIED] > 0)
    throw_not_finite ();
  LikenessStepResult result = {};
  result.loss = static_cast<float> (sums[SUM_LOSS] / sums[SUM_FACES]);
  result.gradient_norm = static_cast<float> (sums[LAST_NORM]);
  result.correct = static_cast<guint> (sums[SUM_CORRECT]);
  result.faces = static_cast<guint> (sums[SUM_FACES]);
  return result;
}

gboolean
stage_begin (LikenessNet *net,
             const LikenessStageOptions *options,
             GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require_network (*net);
    require (net->head.defined (), _ ("The network has no head yet."));
    ThreadScope threads (net->threads);
    at::NoGradGuard no_grad;
    net->in_stage = false;
    net->device_step.reset ();
    net->stage = *options;
    net->averages.clear ();
    net->squares.clear ();
    for (const at::Tensor &parameter : net->parameters)
      parameter.requires_grad_ (options->all_layers);
    net->head.requires_grad_ (true);
    for (const at::Tensor &tensor : list_learning (*net))
      {
        net->averages.push_back (at::zeros_like (tensor));
        net->squares.push_back (at::zeros_like (tensor));
      }
    net->steps
        = at::zeros ({}, at::TensorOptions ().device (net->device).dtype (at::kFloat));
    net->sums = at::zeros ({N_SUMS},
                           at::TensorOptions ().device (net->device).dtype (at::kDouble));
    net->in_stage = true;
    return TRUE;
  });
}

gboolean
optimizer_restore (LikenessNet *net, GPtrArray *tensors, GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    require (net->in_stage, _ ("No stage of the training has begun."));
    ThreadScope threads (net->threads);
    at::NoGradGuard no_grad;
    std::map<std::string, const LikenessTensor *> by_name;
    for (guint i = 0; i < tensors->len; i++)
      {
        const auto *tensor = static_cast<const LikenessTensor *> (tensors->pdata[i]);
        by_name[tensor->name] = tensor;
      }

    std::vector<std::pair<at::Tensor, at::Tensor> > copies;
    auto find = [&] (const std::string &name, const at::Tensor &into) {
      auto found = by_name.find (name);
      if (found == by_name.end ()
          || static_cast<int64_t> (found->second->n) != into.numel ())
        {
          g_autofree char *sentence = g_strdup_printf (
              _ ("The checkpoint's optimizer state does not fit this network (%s): "
                 "start this stage anew from its weights."),
              name.c_str ());
          throw Failure (LIKENESS_TORCH_ERROR_BAD_WEIGHTS, sentence);
        }
      copies.emplace_back (
          into, at::from_blob (found->second->data, into.sizes (), at::kFloat));
    };
    find ("step", net->steps);
    for (size_t i = 0; i < net->averages.size (); i++)
      {
        std::string name
            = i + 1 < net->averages.size () ? net->names[i] : LIKENESS_HEAD_NAME;
        find ("exp_avg." + name, net->averages[i]);
        find ("exp_avg_sq." + name, net->squares[i]);
      }
    /* Nothing is touched before everything is known to fit. */
    for (auto &[into, from] : copies)
      into.copy_ (from);
    return TRUE;
  });
}

} // namespace likeness
