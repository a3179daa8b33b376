/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <ATen/core/Tensor.h>

#include "likeness-row-norm.h"

namespace likeness
{

/**
 * Layer normalisation over the last axis of @x, eps 1e-6, without weight and bias: by
 * kernels of our own where the device has them, else by libtorch's.
 *
 * Returns: @x's shape, in @type
 */
at::Tensor normalize (const at::Tensor &x, at::ScalarType type);

/** The same by @kernels, which must be for the last axis of @x, its type, and @type. */
at::Tensor
normalize_by (const LikenessRowNorm &kernels, const at::Tensor &x, at::ScalarType type);

} // namespace likeness
