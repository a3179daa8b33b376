/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-weights.h"

G_BEGIN_DECLS

/**
 * likeness_safetensors_read:
 *
 * Strict reader of the safetensors format (8-byte little-endian header length, JSON,
 * data): header capped at 16 MiB, shapes multiplied with overflow checks, offsets in
 * range, in order, neither gaps nor overlaps. F32, F64, F16 and BF16 become float32.
 *
 * Returns: (transfer full) (element-type LikenessTensor): in file order, or %NULL with
 *   %LIKENESS_TORCH_ERROR_BAD_WEIGHTS
 */
GPtrArray *likeness_safetensors_read (const char *path,
                                      GCancellable *cancellable,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
