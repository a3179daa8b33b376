/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

namespace likeness
{

LikenessScript *
script_open (const char *path, int cuda_device, int threads, GError **error) noexcept;
void script_free (LikenessScript *script) noexcept;
gboolean script_enlarge (LikenessScript *script,
                         const guint8 *images,
                         gsize n,
                         int width,
                         int height,
                         guint8 *faces,
                         GError **error) noexcept;
gboolean script_embed (LikenessScript *script,
                       const guint8 *faces,
                       gsize n,
                       gboolean flip,
                       float *embeddings,
                       GError **error) noexcept;

} // namespace likeness
