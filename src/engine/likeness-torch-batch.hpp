/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <ATen/core/Tensor.h>

#include "likeness-torch.h"

namespace likeness
{

/** What one step learns from. */
struct Batch
{
  at::Tensor faces;   /* [N, 112, 112, 3] in 0..255 */
  at::Tensor labels;  /* [N], int64 */
  at::Tensor targets; /* [N, 512], or undefined */
};

/** Whether the stage wants each embedding near to its target. */
bool has_targets (const LikenessNet &net);

/** The row of net.targets that belongs to a face of the train set. */
inline int64_t
get_target_row (guint32 face, bool flip)
{
  return 2 * static_cast<int64_t> (face) + (flip ? 1 : 0);
}

/** int64 on @device from the caller's numbers. */
at::Tensor copy_numbers (const guint32 *numbers, gsize n, at::Device device);

/** The faces @indexes of a train set that lies on the host, each at its best where its
 * augmentation (nullable) says so: uint8 on the host, in memory from which a GPU copies
 * by itself where the net is on one. */
at::Tensor copy_faces (const LikenessNet &net,
                       const guint32 *indexes,
                       const LikenessAugmentation *augmentations,
                       gsize n);

/** Throws where no stage has begun or a face of the batch was not loaded. */
void require_batch (const LikenessNet &net, const guint32 *indexes, gsize n);

/** The faces @indexes of the train set as @augmentations (nullable) want them, for a net
 * on the processor. What a DeviceStep does elsewhere. */
Batch gather (const LikenessNet &net,
              const guint32 *indexes,
              const LikenessAugmentation *augmentations,
              gsize n);

} // namespace likeness
