/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <string>
#include <vector>

#include <cuda_runtime_api.h>

namespace likeness
{

/**
 * Compiles @source, CUDA C without any include, for the GPU @device by NVRTC, which comes
 * with CUDA's libraries: nobody needs a toolkit, and the kernels fit every GPU.
 * @definitions: "NAME=VALUE" each
 *
 * Returns: the library of its kernels, which is never unloaded; throws what goes wrong.
 */
cudaLibrary_t compile_for_device (const char *source,
                                  const std::vector<std::string> &definitions,
                                  int device);

} // namespace likeness
