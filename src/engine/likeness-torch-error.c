/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-torch.h"

/* clang-format off */
G_DEFINE_QUARK (likeness-torch-error-quark, likeness_torch_error)
/* clang-format on */
