/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-device-step.hpp"

#include <ATen/ops/empty.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/_foreach_copy.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <ATen/ops/where.h>
#include <c10/core/GradMode.h>

#include "likeness-torch-augment.hpp"
#include "likeness-torch-devices.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-torch-step.hpp"
#include "likeness-types.h"

namespace likeness
{

namespace
{

/* Steps before one is recorded: the first ones choose kernels and open workspaces. */
constexpr guint n_warm = 3;
/* A replayed step must change the weights as the launched one did, but for what the order
 * of sums does to them, which a sign in AdamW makes visible. */
constexpr double max_deviation = 0.1;

/* Rows of the numbers that describe a batch. */
enum
{
  ROW_FACE,
  ROW_BEST,   /* whether its best image is shown: 0 or 1 */
  ROW_TARGET, /* its target embedding, plain or mirrored */
  N_ROWS,
};

/* All that a step changes. */
std::vector<at::Tensor>
list_state (const LikenessNet &net)
{
  std::vector<at::Tensor> state = list_learning (net);
  state.insert (state.end (), net.averages.begin (), net.averages.end ());
  state.insert (state.end (), net.squares.begin (), net.squares.end ());
  state.push_back (net.steps);
  state.push_back (net.sums);
  return state;
}

std::vector<at::Tensor>
copy_state (const std::vector<at::Tensor> &state)
{
  std::vector<at::Tensor> copies;
  for (const at::Tensor &tensor : state)
    copies.push_back (tensor.detach ().clone ());
  return copies;
}

/* |a - b| over the first @n tensors of each. */
double
measure_distance (const std::vector<at::Tensor> &a,
                  const std::vector<at::Tensor> &b,
                  size_t n)
{
  double squares = 0;
  for (size_t i = 0; i < n; i++)
    {
      double norm = at::linalg_vector_norm (a[i] - b[i]).item<double> ();
      squares += norm * norm;
    }
  return std::sqrt (squares);
}

} // namespace

DeviceStep::DeviceStep (LikenessNet &net, gsize n, bool graph)
    : net_ (net), n_ (n), wants_graph_ (graph && net.device.is_cuda ()),
      may_record_ (wants_graph_)
{
  auto size = static_cast<int64_t> (n);
  auto options = at::TensorOptions ().device (net.device);
  numbers_ = at::empty ({N_ROWS, size}, options.dtype (at::kLong));
  look_numbers_ = at::empty ({LIKENESS_N_LOOKS, size}, options.dtype (at::kFloat));
  rates_ = at::empty ({2}, options.dtype (at::kFloat));
  if (net.probe.is_cpu ())
    faces_ = at::empty ({size, LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE, 3},
                        options.dtype (at::kByte));
}

at::Tensor
DeviceStep::make_pinned (at::IntArrayRef shape, at::ScalarType type) const
{
  return at::empty (
      shape, at::TensorOptions ().dtype (type).pinned_memory (net_.device.is_cuda ()));
}

DeviceStep::~DeviceStep ()
{
  if (graph_ != nullptr)
    get_cuda ()->graph_free (graph_);
}

/* Describes the batch on the device, without waiting for it: what is being copied to a
 * GPU lies in pinned memory, which is given back only when it has been. While the device
 * works on one batch, the next one is made ready so. */
void
DeviceStep::fill (const guint32 *indexes, const LikenessAugmentation *augmentations)
{
  LikenessAugmentation neutral = {};
  neutral.brightness = neutral.contrast = neutral.saturation = 1;
  std::vector<LikenessAugmentation> plain;
  if (augmentations == nullptr)
    {
      plain.assign (n_, neutral);
      augmentations = plain.data ();
    }

  auto size = static_cast<int64_t> (n_);
  at::Tensor numbers = make_pinned ({N_ROWS, size}, at::kLong);
  int64_t *number = numbers.mutable_data_ptr<int64_t> ();
  for (gsize i = 0; i < n_; i++)
    {
      number[ROW_FACE * n_ + i] = indexes[i];
      number[ROW_BEST * n_ + i] = augmentations[i].use_best ? 1 : 0;
      number[ROW_TARGET * n_ + i] = get_target_row (indexes[i], augmentations[i].flip);
    }
  numbers_.copy_ (numbers, true);
  if (faces_.defined ())
    faces_.copy_ (copy_faces (net_, indexes, augmentations, n_), true);

  at::Tensor looks = make_pinned ({LIKENESS_N_LOOKS, size}, at::kFloat);
  guint kinds = describe_looks (augmentations, n_, looks.mutable_data_ptr<float> ());
  look_numbers_.copy_ (looks, true);
  /* A kind that the recorded step leaves out: another record is made. */
  if ((kinds & ~looks_) != 0 && graph_ != nullptr)
    {
      get_cuda ()->graph_free (graph_);
      graph_ = nullptr;
      may_record_ = wants_graph_;
    }
  looks_ |= kinds;
}

void
DeviceStep::fill_rates (float lr_head, float lr_backbone)
{
  at::Tensor rates = make_pinned ({2}, at::kFloat);
  rates.mutable_data_ptr<float> ()[0] = lr_backbone;
  rates.mutable_data_ptr<float> ()[1] = lr_head;
  rates_.copy_ (rates, true);
}

Batch
DeviceStep::compose ()
{
  at::NoGradGuard no_grad;
  Batch batch;
  at::Tensor face = numbers_[ROW_FACE];
  batch.faces = faces_.defined () ? faces_ : net_.probe.index_select (0, face);
  if (!faces_.defined () && net_.best.defined ())
    batch.faces = at::where (numbers_[ROW_BEST].view ({-1, 1, 1, 1}) != 0,
                             net_.best.index_select (0, face), batch.faces);
  batch.faces = apply_looks (batch.faces, view_looks (look_numbers_, looks_));
  batch.labels = net_.labels.index_select (0, face);
  if (has_targets (net_))
    batch.targets = net_.targets.index_select (0, numbers_[ROW_TARGET]);
  return batch;
}

Batch
DeviceStep::make_batch (const guint32 *indexes, const LikenessAugmentation *augmentations)
{
  fill (indexes, augmentations);
  return compose ();
}

/* The step itself: also what is recorded, so nothing in it may look at a number. */
void
DeviceStep::launch ()
{
  at::AutoGradMode mode (true);
  Batch batch = compose ();
  Learnt learnt = learn (net_, batch);
  apply_gradients_unseen (net_, learnt.gradients, learnt.loss.total, learnt.loss.correct,
                          static_cast<int64_t> (n_), rates_[1], rates_[0]);
}

/* Records the step, and believes the record only if it does what the launches do. The
 * batch that has been filled in is carried out once, one way or the other. */
void
DeviceStep::try_graph ()
{
  std::vector<at::Tensor> state = list_state (net_);
  size_t n_learning = list_learning (net_).size ();
  std::vector<at::Tensor> before = copy_state (state);
  launch ();
  std::vector<at::Tensor> launched = copy_state (state);

  at::NoGradGuard no_grad;
  may_record_ = false;
  try
    {
      graph_ = get_cuda ()->graph_new (
          net_.device.index (),
          [] (gpointer self) { static_cast<DeviceStep *> (self)->launch (); }, this);
      at::_foreach_copy_ (state, before);
      get_cuda ()->graph_replay (graph_);
      double moved = measure_distance (before, launched, n_learning);
      double apart = measure_distance (state, launched, n_learning);
      if (!(apart <= max_deviation * moved))
        {
          g_debug ("The CUDA graph goes another way: %g of %g", apart, moved);
          get_cuda ()->graph_free (graph_);
          graph_ = nullptr;
        }
    }
  catch (const std::exception &failure)
    {
      g_debug ("No CUDA graph: %s", failure.what ());
    }
  at::_foreach_copy_ (state, launched);
}

void
DeviceStep::run (const guint32 *indexes,
                 const LikenessAugmentation *augmentations,
                 float lr_head,
                 float lr_backbone)
{
  fill (indexes, augmentations);
  fill_rates (lr_head, lr_backbone);
  if (graph_ != nullptr)
    get_cuda ()->graph_replay (graph_);
  else if (may_record_ && n_launched_ >= n_warm)
    try_graph ();
  else
    launch ();
  n_launched_++;
}

} // namespace likeness
