/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pickle.h"

G_BEGIN_DECLS

/** torch._utils._rebuild_tensor_v2 (storage, offset, size, stride, ...): a tensor of its
 * own, in float32. Every number it touches must lie in its storage. */
LikenessPtValue *likeness_pickle_make_tensor (LikenessPickle *self,
                                              LikenessPtValue *arguments,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** torch._utils._rebuild_qtensor (storage, offset, size, stride, (scheme, scale, zero
 * point), ...): the same, dequantised. */
LikenessPtValue *
likeness_pickle_make_quantized (LikenessPickle *self,
                                LikenessPtValue *arguments,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
