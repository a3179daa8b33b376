/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <c10/core/Device.h>

#include "likeness-torch-cuda.h"
#include "likeness-torch.h"

namespace likeness
{

/** The CUDA part, opened by the first probe(); %NULL where no driver answers or it is not
 * installed. */
const LikenessTorchCuda *get_cuda ();

/** Bytes of its own memory that the GPU @device has free; 0 where it does not say. What
 * libtorch keeps for later does not count as free. */
double get_free_device_memory (c10::Device device);
/** Bytes of its own memory that the GPU @device has in all; 0 where it does not say. */
double get_device_memory (c10::Device device);

/** The verb of the same name. */
gboolean probe (LikenessTorchProbe *probe, GError **error) noexcept;

/** The device for @cuda_device (-1: CPU). Throws LIKENESS_TORCH_ERROR_NO_DEVICE with the
 * reason. */
c10::Device find_device (int cuda_device);

} // namespace likeness
