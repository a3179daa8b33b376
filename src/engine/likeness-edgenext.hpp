/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <functional>
#include <string>
#include <vector>

#include <ATen/core/Tensor.h>

#include "likeness-variant.h"

namespace likeness
{

/** A layer normalisation over the last axis (channels), eps 1e-6. */
struct Norm
{
  at::Tensor weight, bias;
};

/** A linear layer; in the low-rank variants two, without anything between. */
struct Linear
{
  at::Tensor first; /* [rank, in], undefined where the layer is not low-rank */
  at::Tensor weight, bias;
};

/** A depthwise convolution, stride 1, same size. */
struct Depthwise
{
  at::Tensor weight, bias;
};

struct Downsample
{
  Norm norm;
  at::Tensor weight, bias;
};

/** ConvBlock where @convolutions is one and there is no attention; else SplitTranspose.
 */
struct Block
{
  std::vector<Depthwise> convolutions;
  at::Tensor gamma;
  Norm norm;
  Linear fc1, fc2;
  /* SplitTranspose alone. */
  bool split = false;
  at::Tensor gamma_xca, temperature, position_weight, position_bias;
  Norm norm_xca;
  Linear qkv, projection;
};

/**
 * EdgeNext:
 *
 * EdgeFace's network as a function over named parameters: nothing is owned but references
 * to them, so an optimizer may change them in place between two calls. Activations are
 * channels-last from the first layer to the last: linear layers see them as they lie, and
 * the views that convolutions need cost nothing.
 *
 * Architecture: George et al., "EdgeFace" (2023), after Maaz et al., "EdgeNeXt" (2022).
 */
class EdgeNext
{
public:
  using Lookup = std::function<at::Tensor (const std::string &)>;
  using Watch = std::function<void (int stage, const at::Tensor &activation)>;

  /** @lookup: a parameter by its published name. */
  EdgeNext (const LikenessVariant &variant, const Lookup &lookup, at::Device device);

  /**
   * @faces: [N, 112, 112, 3], uint8 or float in 0..255
   * @type: that of the parameters (kFloat; kDouble to check other ways by), or kBFloat16
   *   for products and activations within blocks (what is carried from block to block,
   *   and the result, stay float)
   * @watch: called after the stem (0) and the stages (1 to 4) with [N, H, W, C]
   *
   * Returns: [N, 512] float, not normalised
   */
  at::Tensor forward (const at::Tensor &faces,
                      at::ScalarType type,
                      const Watch &watch = nullptr) const;

private:
  int heads_;
  at::Tensor stem_weight_, stem_bias_;
  Norm stem_norm_;
  std::vector<Downsample> downsamples_;
  std::vector<std::vector<Block> > stages_;
  Norm head_norm_;
  Linear head_;
  at::Tensor positions_; /* [196, 64]: the Fourier features of a 14 x 14 map */

  at::Tensor convolve (const Block &block, const at::Tensor &x) const;
  at::Tensor split_convolve (const Block &block, const at::Tensor &x) const;
  at::Tensor attend (const Block &block, const at::Tensor &x, at::ScalarType type) const;
};

} // namespace likeness
