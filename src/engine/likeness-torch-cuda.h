/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-row-norm.h"
#include "likeness-torch.h"

G_BEGIN_DECLS

/** A recorded CUDA graph and the memory that it works in. */
typedef struct _LikenessCudaGraph LikenessCudaGraph;

/**
 * LikenessTorchCuda:
 *
 * What liblikeness-torch-cuda.so offers to liblikeness-torch.so. Opening it brings
 * libtorch's CUDA part into the process, so it is opened only where a driver answers.
 */
typedef struct
{
  /* Appends the CUDA devices to @probe, or fills @probe->cuda_missing. */
  void (*list) (LikenessTorchProbe *probe);

  /* What @record launches on device @index, recorded but not carried out: one launch
   * replays it all. Whatever @record reads and writes must stay where it is. (transfer
   * full); what goes wrong, in @record or around it, is thrown. */
  LikenessCudaGraph *(*graph_new) (int index,
                                   void (*record) (gpointer data),
                                   gpointer data);
  /* Does not wait for the device. */
  void (*graph_replay) (LikenessCudaGraph *graph);
  void (*graph_free) (LikenessCudaGraph *graph);

  /* Gives back the memory that libtorch keeps for later; throws what goes wrong. */
  void (*give_memory_back) (void);

  /* Kernels for rows of @channels, made for device @index when they are first asked for;
   * NULL where they cannot be made, do not do what libtorch does, or are slower. */
  const LikenessRowNorm *(*find_row_norm) (int index,
                                           int channels,
                                           gboolean input_bfloat16,
                                           gboolean output_bfloat16);
} LikenessTorchCuda;

#define LIKENESS_TORCH_CUDA_ENTRY "likeness_torch_cuda_entry"
typedef const LikenessTorchCuda *(*LikenessTorchCudaEntry) (void);

G_END_DECLS
