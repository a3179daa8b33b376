/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-edgenext.hpp"

#include <cmath>

#include <ATen/TensorOperators.h>
#include <ATen/ops/addcmul.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/conv2d.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/linear.h>

#include "likeness-torch-normalize.hpp"

namespace likeness
{

namespace
{

constexpr int map_size = 14; /* of the stage that has the positional encoding */
constexpr int n_waves = 32;  /* numbers an axis */

/* Section "Fourier positional encoding": interleaved sines and cosines of y, then of x.
 */
at::Tensor
make_positions (at::Device device)
{
  at::Tensor table = at::empty ({map_size * map_size, 2 * n_waves}, at::kFloat);
  float *numbers = table.mutable_data_ptr<float> ();
  for (int y = 0; y < map_size; y++)
    for (int x = 0; x < map_size; x++)
      for (int k = 0; k < 2 * n_waves; k++)
        {
          int axis = k < n_waves ? y : x;
          double value = (axis + 1) / (map_size + 1e-6) * 2 * M_PI;
          double angle = value / std::pow (10000.0, 2.0 * (k % n_waves / 2) / n_waves);
          *numbers++ = k % 2 == 0 ? std::sin (angle) : std::cos (angle);
        }
  return table.to (device);
}

/*
 * linear (norm (x)) * gain, where @x has been normalised without weight and bias and
 * @gain (nullable) is a factor for each output. Both factors go into the matrix, which is
 * small, so that no pass over the activations is spent on them, forwards or backwards.
 */
at::Tensor
apply (const Linear &layer,
       const at::Tensor &x,
       const Norm *norm,
       const at::Tensor *gain,
       at::ScalarType type)
{
  bool low_rank = layer.first.defined ();
  at::Tensor in = low_rank ? layer.first : layer.weight;
  at::Tensor shift;
  if (norm != nullptr)
    {
      shift = in.mv (norm->bias);
      in = in * norm->weight;
    }

  at::Tensor out = layer.weight, bias = layer.bias, y = x;
  if (low_rank)
    y = at::linear (x, in.to (type),
                    shift.defined () ? std::optional (shift.to (type)) : std::nullopt);
  else
    {
      out = in;
      if (shift.defined ())
        bias = bias + shift;
    }
  if (gain != nullptr)
    {
      out = out * gain->unsqueeze (1);
      bias = bias * *gain;
    }
  return at::linear (y, out.to (type), bias.to (type));
}

/* Depthwise convolution of [N, H, W, C]: a channels-last map for the kernel. */
at::Tensor
convolve_depthwise (const Depthwise &layer, const at::Tensor &x)
{
  int64_t padding = layer.weight.size (2) / 2;
  at::Tensor y = at::conv2d (x.permute ({0, 3, 1, 2}), layer.weight.to (x.scalar_type ()),
                             layer.bias.to (x.scalar_type ()), 1, padding, 1, x.size (3));
  return y.permute ({0, 2, 3, 1});
}

/* A convolution whose stride is its kernel is a linear layer on patches. */
at::Tensor
convolve_patches (const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias)
{
  int64_t k = weight.size (2);
  int64_t n = x.size (0), height = x.size (1) / k, width = x.size (2) / k, c = x.size (3);
  at::Tensor patches = x.slice (1, 0, height * k)
                           .slice (2, 0, width * k)
                           .unflatten (2, {width, k})
                           .unflatten (1, {height, k})
                           .permute ({0, 1, 3, 2, 4, 5})
                           .reshape ({n, height, width, k * k * c});
  at::Tensor matrix
      = weight.permute ({0, 2, 3, 1}).reshape ({weight.size (0), k * k * c});
  return at::linear (patches, matrix, bias);
}

/* What a norm scales and shifts goes into the matrix, as in apply(). */
at::Tensor
downsample (const Downsample &layer, const at::Tensor &x)
{
  at::Tensor shift
      = (layer.weight * layer.norm.bias.view ({-1, 1, 1})).sum ({1, 2, 3}) + layer.bias;
  return convolve_patches (x, layer.weight * layer.norm.weight.view ({-1, 1, 1}), shift);
}

/* x / |x| along the last axis. */
at::Tensor
unit (const at::Tensor &x)
{
  return x / at::linalg_vector_norm (x, 2, {-1}, true).clamp_min (1e-12);
}

} // namespace

EdgeNext::EdgeNext (const LikenessVariant &variant,
                    const Lookup &lookup,
                    at::Device device)
    : heads_ (variant.heads), positions_ (make_positions (device))
{
  auto norm = [&] (const std::string &name) {
    return Norm{lookup (name + ".weight"), lookup (name + ".bias")};
  };
  auto linear = [&] (const std::string &name) {
    if (variant.low_rank > 0)
      return Linear{lookup (name + ".linear1.weight"), lookup (name + ".linear2.weight"),
                    lookup (name + ".linear2.bias")};
    return Linear{{}, lookup (name + ".weight"), lookup (name + ".bias")};
  };

  stem_weight_ = lookup ("model.stem.0.weight");
  stem_bias_ = lookup ("model.stem.0.bias");
  stem_norm_ = norm ("model.stem.1");
  for (int i = 0; i < 4; i++)
    {
      std::string stage = "model.stages." + std::to_string (i);
      if (i > 0)
        downsamples_.push_back ({norm (stage + ".downsample.0"),
                                 lookup (stage + ".downsample.1.weight"),
                                 lookup (stage + ".downsample.1.bias")});
      stages_.emplace_back ();
      for (int j = 0; j < variant.depths[i]; j++)
        {
          std::string name = stage + ".blocks." + std::to_string (j);
          Block block;
          block.split = i > 0 && j == variant.depths[i] - 1;
          if (block.split)
            {
              for (int k = 0; k < i; k++)
                {
                  std::string convolution = name + ".convs." + std::to_string (k);
                  block.convolutions.push_back (
                      {lookup (convolution + ".weight"), lookup (convolution + ".bias")});
                }
              if (i == 1)
                {
                  block.position_weight
                      = lookup (name + ".pos_embd.token_projection.weight");
                  block.position_bias = lookup (name + ".pos_embd.token_projection.bias");
                }
              block.gamma_xca = lookup (name + ".gamma_xca");
              block.norm_xca = norm (name + ".norm_xca");
              block.temperature = lookup (name + ".xca.temperature");
              block.qkv = linear (name + ".xca.qkv");
              block.projection = linear (name + ".xca.proj");
            }
          else
            block.convolutions.push_back (
                {lookup (name + ".conv_dw.weight"), lookup (name + ".conv_dw.bias")});
          block.gamma = lookup (name + ".gamma");
          block.norm = norm (name + ".norm");
          block.fc1 = linear (name + ".mlp.fc1");
          block.fc2 = linear (name + ".mlp.fc2");
          stages_.back ().push_back (std::move (block));
        }
    }
  head_norm_ = norm ("model.head.norm");
  head_ = linear ("model.head.fc");
}

/* The cascade of a SplitTranspose block: each piece but the last is convolved together
 * with what the piece before it became. */
at::Tensor
EdgeNext::split_convolve (const Block &block, const at::Tensor &x) const
{
  std::vector<at::Tensor> pieces = x.chunk (block.convolutions.size () + 1, 3);
  at::Tensor carried;
  for (size_t i = 0; i < block.convolutions.size (); i++)
    {
      carried = carried.defined () ? carried + pieces[i] : pieces[i];
      carried = convolve_depthwise (block.convolutions[i], carried);
      pieces[i] = carried;
    }
  return at::cat (pieces, 3);
}

/* Cross-covariance attention: channels attend to channels, over all tokens [N, L, C]. */
at::Tensor
EdgeNext::attend (const Block &block, const at::Tensor &x, at::ScalarType type) const
{
  int64_t n = x.size (0), length = x.size (1), c = x.size (2), d = c / heads_;
  at::Tensor qkv = apply (block.qkv, normalize (x, type), &block.norm_xca, nullptr, type)
                       .view ({n, length, 3, heads_, d})
                       .permute ({2, 0, 3, 4, 1});
  at::Tensor q = unit (qkv[0]), k = unit (qkv[1]);
  at::Tensor attention
      = (q.matmul (k.transpose (-2, -1)) * block.temperature).softmax (-1);
  at::Tensor y = attention.to (type)
                     .matmul (qkv[2])
                     .permute ({0, 3, 1, 2})
                     .reshape ({n, length, c});
  return apply (block.projection, y, nullptr, &block.gamma_xca, type);
}

at::Tensor
EdgeNext::convolve (const Block &block, const at::Tensor &x) const
{
  return block.split ? split_convolve (block, x)
                     : convolve_depthwise (block.convolutions[0], x);
}

at::Tensor
EdgeNext::forward (const at::Tensor &faces, at::ScalarType type, const Watch &watch) const
{
  at::ScalarType precise = stem_weight_.scalar_type ();
  at::Tensor x = faces.to (precise) / 127.5 - 1;
  x = normalize (convolve_patches (x, stem_weight_, stem_bias_), precise);
  x = at::addcmul (stem_norm_.bias, x, stem_norm_.weight);
  if (watch)
    watch (0, x);

  for (size_t i = 0; i < stages_.size (); i++)
    {
      if (i > 0)
        {
          const Downsample &down = downsamples_[i - 1];
          x = downsample (down, normalize (x, precise));
        }
      for (const Block &block : stages_[i])
        {
          at::Tensor y = convolve (block, x.to (type));
          if (block.split)
            {
              int64_t height = y.size (1);
              y = y.flatten (1, 2);
              if (block.position_weight.defined ())
                y = y
                    + at::linear (positions_.to (precise),
                                  block.position_weight.flatten (1), block.position_bias);
              y = (y + attend (block, y, type)).unflatten (1, {height, -1});
            }
          y = apply (block.fc1, normalize (y, type), &block.norm, nullptr, type);
          y = apply (block.fc2, at::gelu (y), nullptr, &block.gamma, type);
          x = x + y;
        }
      if (watch)
        watch (static_cast<int> (i) + 1, x);
    }

  x = normalize (x.mean ({1, 2}), precise);
  return apply (head_, x, &head_norm_, nullptr, precise);
}

} // namespace likeness
