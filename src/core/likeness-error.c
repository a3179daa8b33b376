/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-error.h"

/* clang-format off */
G_DEFINE_QUARK (likeness-error-quark, likeness_error)
/* clang-format on */
