/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-torch-batch.hpp"

#include <algorithm>
#include <cstring>

#include <glib/gi18n.h>

#include <ATen/ops/empty.h>

#include "likeness-torch-augment.hpp"
#include "likeness-torch-device-step.hpp"
#include "likeness-torch-net.hpp"
#include "likeness-types.h"

namespace likeness
{

bool
has_targets (const LikenessNet &net)
{
  return net.targets.defined () && net.stage.all_layers
         && net.stage.similarity_weight != 0;
}

at::Tensor
copy_numbers (const guint32 *numbers, gsize n, at::Device device)
{
  at::Tensor copy = at::empty ({static_cast<int64_t> (n)}, at::kLong);
  std::copy_n (numbers, n, copy.mutable_data_ptr<int64_t> ());
  return copy.to (device);
}

void
require_batch (const LikenessNet &net, const guint32 *indexes, gsize n)
{
  require (net.in_stage, _ ("No stage of the training has begun."));
  require (net.probe.defined (), _ ("No faces have been loaded to train on."));
  require (n > 0 && *std::max_element (indexes, indexes + n) < net.n_faces,
           _ ("The batch names a face that was not loaded."));
  require (net.largest_label < net.head.size (0),
           _ ("The faces have more subjects than the head."));
}

at::Tensor
copy_faces (const LikenessNet &net,
            const guint32 *indexes,
            const LikenessAugmentation *augmentations,
            gsize n)
{
  at::Tensor faces = at::empty (
      {static_cast<int64_t> (n), LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE, 3},
      at::TensorOptions ().dtype (at::kByte).pinned_memory (net.device.is_cuda ()));
  guint8 *face = faces.mutable_data_ptr<guint8> ();
  const guint8 *probe = net.probe.const_data_ptr<guint8> ();
  const guint8 *best = net.best.defined () ? net.best.const_data_ptr<guint8> () : probe;
  for (gsize i = 0; i < n; i++, face += LIKENESS_FACE_BYTES)
    {
      bool use_best = augmentations != nullptr && augmentations[i].use_best;
      memcpy (face,
              (use_best ? best : probe)
                  + static_cast<gsize> (indexes[i]) * LIKENESS_FACE_BYTES,
              LIKENESS_FACE_BYTES);
    }
  return faces;
}

Batch
gather (const LikenessNet &net,
        const guint32 *indexes,
        const LikenessAugmentation *augmentations,
        gsize n)
{
  require_batch (net, indexes, n);
  Batch batch;
  batch.faces = apply_augmentations (net, copy_faces (net, indexes, augmentations, n),
                                     augmentations);
  batch.labels = net.labels.index_select (0, copy_numbers (indexes, n, at::kCPU));
  if (has_targets (net))
    {
      at::Tensor rows = at::empty ({static_cast<int64_t> (n)}, at::kLong);
      for (gsize i = 0; i < n; i++)
        rows.mutable_data_ptr<int64_t> ()[i] = get_target_row (
            indexes[i], augmentations != nullptr && augmentations[i].flip);
      batch.targets = net.targets.index_select (0, rows);
    }
  return batch;
}

} // namespace likeness
