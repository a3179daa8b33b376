/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-weights.h"

G_BEGIN_DECLS

/**
 * likeness_weights_match:
 * @file_name: what messages call the file
 * @tensors: (element-type LikenessTensor): as the file names them; what fits is taken out
 *
 * Strips "model.", "module." and "_orig_mod.", recognises the variant by names and shapes
 * and puts the tensors into its order. Strict: nothing may be missing, left over, of
 * another shape or not finite.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_BAD_WEIGHTS
 */
LikenessWeights *likeness_weights_match (const char *file_name,
                                         LikenessWeightsKind kind,
                                         GPtrArray *tensors,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
