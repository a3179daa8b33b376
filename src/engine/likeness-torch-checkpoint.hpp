/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

namespace likeness
{

/** The verb of the same name. */
gboolean checkpoint_save (LikenessNet *net,
                          const char *path,
                          const LikenessCheckpointInfo *info,
                          GError **error) noexcept;

} // namespace likeness
