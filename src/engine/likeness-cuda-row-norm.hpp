/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-row-norm.h"

namespace likeness
{

/** What LikenessTorchCuda calls find_row_norm. */
const LikenessRowNorm *find_row_norm (int index,
                                      int channels,
                                      gboolean input_bfloat16,
                                      gboolean output_bfloat16);

} // namespace likeness
