/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-normalize.hpp"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/layer_norm.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>

#include "likeness-torch-cuda.h"
#include "likeness-torch-devices.hpp"

namespace likeness
{

namespace
{

bool
is_supported (at::ScalarType type)
{
  return type == at::kFloat || type == at::kBFloat16;
}

const LikenessRowNorm *
find_kernels (const at::Tensor &x, at::ScalarType type)
{
  if (!x.is_cuda () || !is_supported (x.scalar_type ()) || !is_supported (type)
      || x.numel () == 0)
    return nullptr;
  return get_cuda ()->find_row_norm (x.get_device (), static_cast<int> (x.size (-1)),
                                     x.scalar_type () == at::kBFloat16,
                                     type == at::kBFloat16);
}

at::Tensor
run_forward (const LikenessRowNorm &kernels,
             const at::Tensor &x,
             const at::Tensor &scales,
             at::ScalarType type)
{
  at::Tensor y = at::empty (x.sizes (), x.options ().dtype (type));
  kernels.forward (&kernels, x.const_data_ptr (), y.mutable_data_ptr (),
                   scales.mutable_data_ptr<float> (),
                   static_cast<guint64> (scales.numel ()));
  return y;
}

at::Tensor
make_scales (const at::Tensor &x)
{
  return at::empty ({x.numel () / x.size (-1)}, x.options ().dtype (at::kFloat));
}

/* The way back needs the result, which the layer that follows keeps anyway, and a number
 * for each row. */
class Normalize : public torch::autograd::Function<Normalize>
{
public:
  static at::Tensor forward (torch::autograd::AutogradContext *context,
                             const at::Tensor &x,
                             const LikenessRowNorm *kernels,
                             at::ScalarType type)
  {
    at::Tensor scales = make_scales (x);
    at::Tensor y = run_forward (*kernels, x, scales, type);
    context->saved_data["kernels"] = reinterpret_cast<int64_t> (kernels);
    context->saved_data["type"] = static_cast<int64_t> (x.scalar_type ());
    context->save_for_backward ({y, scales});
    return y;
  }

  static torch::autograd::variable_list
  backward (torch::autograd::AutogradContext *context,
            torch::autograd::variable_list gradients)
  {
    auto *kernels = reinterpret_cast<const LikenessRowNorm *> (
        context->saved_data["kernels"].toInt ());
    auto type = static_cast<at::ScalarType> (context->saved_data["type"].toInt ());
    torch::autograd::variable_list saved = context->get_saved_variables ();
    at::Tensor dy = gradients[0].contiguous ();
    at::Tensor dx = at::empty_like (dy, dy.options ().dtype (type));
    kernels->backward (kernels, dy.const_data_ptr (), saved[0].const_data_ptr (),
                       saved[1].const_data_ptr<float> (), dx.mutable_data_ptr (),
                       static_cast<guint64> (saved[1].numel ()));
    return {dx, at::Tensor (), at::Tensor ()};
  }
};

} // namespace

at::Tensor
normalize_by (const LikenessRowNorm &kernels, const at::Tensor &x, at::ScalarType type)
{
  at::Tensor dense = x.contiguous ();
  if (at::GradMode::is_enabled () && x.requires_grad ())
    return Normalize::apply (dense, &kernels, type);
  return run_forward (kernels, dense, make_scales (dense), type);
}

at::Tensor
normalize (const at::Tensor &x, at::ScalarType type)
{
  const LikenessRowNorm *kernels = find_kernels (x, type);
  if (kernels != nullptr)
    return normalize_by (*kernels, x, type);
  return at::layer_norm (x, {x.size (-1)}, {}, {}, 1e-6).to (type);
}

} // namespace likeness
