/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

G_BEGIN_DECLS

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
} LikenessTorchCuda;

#define LIKENESS_TORCH_CUDA_ENTRY "likeness_torch_cuda_entry"
typedef const LikenessTorchCuda *(*LikenessTorchCudaEntry) (void);

G_END_DECLS
