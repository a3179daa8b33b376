/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-tensor.h"
#include "likeness-variant.h"

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_WEIGHTS_STATE_DICT,
  LIKENESS_WEIGHTS_QUANTIZED, /* int8, dequantised while reading */
  LIKENESS_WEIGHTS_SAFETENSORS,
  LIKENESS_WEIGHTS_CHECKPOINT, /* one of our own */
  LIKENESS_WEIGHTS_TORCHSCRIPT,
} LikenessWeightsKind;

/**
 * LikenessWeights:
 *
 * The parameters of one EdgeFace, complete, checked against its variant, in its order.
 * Plain, read-only, atomic reference count.
 */
typedef struct
{
  LikenessWeightsKind kind;
  const LikenessVariant *variant;
  GPtrArray *tensors; /* LikenessTensor, names with "model." */
} LikenessWeights;

/**
 * likeness_weights_load:
 *
 * Recognises the file by its content and reads it without running anything in it:
 * state_dict .pt/.pth with its usual nestings and prefixes, the published int8 files,
 * .safetensors, our own checkpoints, and the parameters of TorchScript by their names.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_BAD_WEIGHTS (the message
 * names the file, what was found and what to do), %LIKENESS_TORCH_ERROR_SCRIPT for
 * TorchScript that is no EdgeFace, %LIKENESS_ERROR_NOT_FOUND or _NOT_READABLE
 */
LikenessWeights *likeness_weights_load (const char *path,
                                        GCancellable *cancellable,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;
LikenessWeights *likeness_weights_ref (LikenessWeights *self);
void likeness_weights_unref (LikenessWeights *self);
/** "EdgeFace-XXS, int8, 1.24 M parameters": (transfer full), translated. */
char *likeness_weights_describe (const LikenessWeights *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessWeights, likeness_weights_unref)

G_END_DECLS
