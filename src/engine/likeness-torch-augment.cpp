/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-augment.hpp"

#include <cmath>
#include <cstring>

#include <ATen/TensorOperators.h>
#include <ATen/ops/affine_grid_generator.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/flip.h>
#include <ATen/ops/grid_sampler_2d.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/minimum.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/where.h>
#include <c10/core/InferenceMode.h>

#include "likeness-augmentation.h"
#include "likeness-torch-guard.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-types.h"

namespace likeness
{

namespace
{

at::Tensor
luma (const at::Tensor &x)
{
  return x.select (3, 0)
      .mul (0.299)
      .add_ (x.select (3, 1), 0.587)
      .add_ (x.select (3, 2), 0.114)
      .unsqueeze (3);
}

/* HSV and back (Smith 1978): with V the largest channel and C the range, channel n is
 * V - C * clamp (min (k, 4 - k), 0, 1), k = (n + 6 H) mod 6, n = 5, 3, 1. */
at::Tensor
turn_hue (const at::Tensor &x, const at::Tensor &turns)
{
  at::Tensor r = x.select (3, 0), g = x.select (3, 1), b = x.select (3, 2);
  at::Tensor most = at::maximum (at::maximum (r, g), b);
  at::Tensor range = most - at::minimum (at::minimum (r, g), b);
  at::Tensor divisor = at::where (range == 0, at::ones_like (range), range);
  at::Tensor hue
      = at::where (most == r, (g - b) / divisor,
                   at::where (most == g, (b - r) / divisor + 2, (r - g) / divisor + 4));
  hue = hue + turns.squeeze (3) * 6;
  std::vector<at::Tensor> channels;
  for (double n : {5.0, 3.0, 1.0})
    {
      at::Tensor k = (hue + n).remainder (6);
      channels.push_back (most - range * at::minimum (k, 4 - k).clamp (0, 1));
    }
  return at::stack (channels, 3);
}

at::Tensor
rotate (const at::Tensor &x, const at::Tensor &angles)
{
  at::Tensor angle = angles.flatten ();
  at::Tensor cosine = angle.cos (), sine = angle.sin (), zero = at::zeros_like (angle);
  at::Tensor matrix = at::stack (
      {at::stack ({cosine, -sine, zero}, 1), at::stack ({sine, cosine, zero}, 1)}, 1);
  at::Tensor grid = at::affine_grid_generator (
      matrix, {x.size (0), x.size (3), x.size (1), x.size (2)}, false);
  return at::grid_sampler_2d (x.permute ({0, 3, 1, 2}), grid, 0, 0, false)
      .permute ({0, 2, 3, 1});
}

} // namespace

guint
describe_looks (const LikenessAugmentation *augmentations, gsize n, float *numbers)
{
  guint kinds = 0;
  auto fill = [&] (guint look, float neutral, auto get) {
    for (gsize i = 0; i < n; i++)
      {
        float number = get (augmentations[i]);
        numbers[look * n + i] = number;
        if (number != neutral)
          kinds |= 1u << look;
      }
  };
  using Augmentation = const LikenessAugmentation &;
  fill (LIKENESS_LOOK_FLIP, 0, [] (Augmentation a) { return a.flip ? 1.0f : 0.0f; });
  fill (LIKENESS_LOOK_BRIGHTNESS, 1, [] (Augmentation a) { return a.brightness; });
  fill (LIKENESS_LOOK_CONTRAST, 1, [] (Augmentation a) { return a.contrast; });
  fill (LIKENESS_LOOK_SATURATION, 1, [] (Augmentation a) { return a.saturation; });
  fill (LIKENESS_LOOK_HUE, 0, [] (Augmentation a) { return a.hue; });
  fill (LIKENESS_LOOK_ANGLE, 0, [] (Augmentation a) { return a.angle; });
  return kinds;
}

Looks
view_looks (const at::Tensor &numbers, guint kinds)
{
  Looks looks;
  for (guint look = 0; look < LIKENESS_N_LOOKS; look++)
    if ((kinds & (1u << look)) != 0)
      looks[look] = numbers[look].view ({-1, 1, 1, 1});
  return looks;
}

at::Tensor
apply_looks (const at::Tensor &faces, const Looks &looks)
{
  const at::Tensor &flip = looks[LIKENESS_LOOK_FLIP];
  const at::Tensor &brightness = looks[LIKENESS_LOOK_BRIGHTNESS];
  const at::Tensor &contrast = looks[LIKENESS_LOOK_CONTRAST];
  const at::Tensor &saturation = looks[LIKENESS_LOOK_SATURATION];
  const at::Tensor &hue = looks[LIKENESS_LOOK_HUE];
  const at::Tensor &angle = looks[LIKENESS_LOOK_ANGLE];

  at::Tensor x = faces;
  if (flip.defined ())
    x = at::where (flip != 0, x.flip (2), x);
  if (brightness.defined () || contrast.defined () || saturation.defined ()
      || hue.defined () || angle.defined ())
    x = x.to (at::kFloat);
  if (brightness.defined ())
    x = (x * brightness).clamp_ (0, 255);
  if (contrast.defined ())
    x = (x * contrast + luma (x).mean ({1, 2}, true) * (1 - contrast)).clamp_ (0, 255);
  if (saturation.defined ())
    x = (x * saturation + luma (x) * (1 - saturation)).clamp_ (0, 255);
  if (hue.defined ())
    x = turn_hue (x, hue);
  if (angle.defined ())
    x = rotate (x, angle);
  return x;
}

at::Tensor
apply_augmentations (const LikenessNet &net,
                     const at::Tensor &faces,
                     const LikenessAugmentation *augmentations)
{
  if (augmentations == nullptr)
    return faces;
  gsize n = static_cast<gsize> (faces.size (0));
  at::Tensor numbers
      = at::empty ({LIKENESS_N_LOOKS, static_cast<int64_t> (n)}, at::kFloat);
  guint kinds = describe_looks (augmentations, n, numbers.mutable_data_ptr<float> ());
  if (kinds == 0)
    return faces;
  if (!faces.device ().is_cpu () || net.stage.by_libtorch)
    return apply_looks (faces, view_looks (numbers.to (faces.device ()), kinds));
  at::Tensor changed = at::empty (faces.sizes (), at::kFloat);
  if (!likeness_augmentation_apply (augmentations, faces.const_data_ptr<guint8> (), n,
                                    static_cast<guint> (net.threads),
                                    changed.mutable_data_ptr<float> ()))
    throw std::bad_alloc ();
  return changed;
}

gboolean
augment (LikenessNet *net,
         const guint8 *faces,
         const LikenessAugmentation *augmentations,
         gsize n,
         guint8 *out,
         GError **error) noexcept
{
  return guard (error, FALSE, [&] {
    ThreadScope threads (net->threads);
    c10::InferenceMode mode;
    at::Tensor x = apply_augmentations (*net, view_faces (faces, n).to (net->device),
                                        augmentations);
    if (x.is_floating_point ())
      x = x.round ().clamp (0, 255);
    x = x.to (at::kByte).cpu ().contiguous ();
    memcpy (out, x.const_data_ptr<guint8> (), x.nbytes ());
    return TRUE;
  });
}

} // namespace likeness
