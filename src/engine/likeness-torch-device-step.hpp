/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <ATen/core/Tensor.h>

#include "likeness-torch-batch.hpp"
#include "likeness-torch-cuda.h"
#include "likeness-torch-optimizer.hpp"
#include "likeness-torch.h"

namespace likeness
{

/**
 * A step of all layers of which everything is on the device: labels, the faces (of the
 * whole set or, where that does not fit, of the batch), what the batch is, the learning
 * rates and what comes of it. Nothing waits for the device before read(). On CUDA the
 * first batches of a size are carried out launch by launch; then one of them is recorded
 * as a CUDA graph, compared with the same step without it, and replayed from there on.
 * Where that fails the launches go on one by one.
 *
 * Borrows the net, which must keep its data and
 * its stage: make another one after data_load(), head_new() or stage_begin().
 */
class DeviceStep
{
public:
  /** For batches of @n faces. @graph: whether to record where the device can. */
  DeviceStep (LikenessNet &net, gsize n, bool graph);
  ~DeviceStep ();
  DeviceStep (const DeviceStep &) = delete;
  DeviceStep &operator= (const DeviceStep &) = delete;

  gsize size () const { return n_; }
  /** Whether the last step was a graph's replay. */
  bool is_replayed () const { return graph_ != nullptr; }

  /** One step; its numbers are added to the net's sums. */
  void run (const guint32 *indexes,
            const LikenessAugmentation *augmentations,
            float lr_head,
            float lr_backbone);

  /** What a step would learn from; @augmentations: nullable. */
  Batch make_batch (const guint32 *indexes, const LikenessAugmentation *augmentations);

private:
  at::Tensor make_pinned (at::IntArrayRef shape, at::ScalarType type) const;
  void fill (const guint32 *indexes, const LikenessAugmentation *augmentations);
  void fill_rates (float lr_head, float lr_backbone);
  Batch compose ();
  void launch ();
  void try_graph ();

  LikenessNet &net_;
  gsize n_;
  bool wants_graph_;
  bool may_record_;
  guint n_launched_ = 0;
  guint looks_ = 0; /* the kinds of augmentation that any batch has had, a bit each */
  at::Tensor numbers_, look_numbers_, rates_;
  at::Tensor faces_; /* of the batch, where the train set lies on the host */
  LikenessCudaGraph *graph_ = nullptr;
};

} // namespace likeness
