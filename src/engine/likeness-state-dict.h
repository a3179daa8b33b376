/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pt-reader.h"

G_BEGIN_DECLS

/**
 * likeness_state_dict_list:
 * @file_name: what messages call the file
 * @root: what the file held: a state_dict, or one under "backbone_state_dict", "model" or
 * "state_dict", or the module of a TorchScript file
 * @kind: (out): state dict, quantised, checkpoint or TorchScript
 *
 * Lists the tensors of a network by name. A quantised linear X of PyTorch
 * (X._packed_params._packed_params, with X.scale, X.zero_point and X._packed_params.dtype
 * beside it) becomes X.weight and X.bias.
 *
 * Returns: (transfer full) (element-type LikenessTensor): or %NULL with
 *   %LIKENESS_TORCH_ERROR_BAD_WEIGHTS
 */
GPtrArray *likeness_state_dict_list (const char *file_name,
                                     const LikenessPtValue *root,
                                     LikenessWeightsKind *kind,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** A copy of @tensor under @name: (transfer full) (nullable). */
LikenessTensor *likeness_state_dict_copy (const LikenessTensor *tensor,
                                          const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
