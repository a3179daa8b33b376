/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-weights.h"

G_BEGIN_DECLS

/** Every parameter of @variant under its own name, filled with small numbers that depend
 * on @seed: (transfer full) (element-type LikenessTensor). */
GPtrArray *likeness_test_make_tensors (const LikenessVariant *variant,
                                       guint32 seed) G_GNUC_WARN_UNUSED_RESULT;

/** Writes @tensors to @path as safetensors, F32, in their order. */
void likeness_test_write_safetensors (const char *path, GPtrArray *tensors);

/** Writes @header and @n_data bytes of @data to @path as a safetensors file, whatever
 * they say. */
void likeness_test_write_safetensors_raw (const char *path,
                                          const char *header,
                                          const void *data,
                                          gsize n_data);

G_END_DECLS
