/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

namespace likeness
{

LikenessScript *script_open (GBytes *program,
                             const char *name,
                             int cuda_device,
                             int threads,
                             GError **error) noexcept;
void script_free (LikenessScript *script) noexcept;
gboolean script_enlarge (LikenessScript *script,
                         const guint8 *images,
                         gsize n,
                         int width,
                         int height,
                         guint8 *faces,
                         GError **error) noexcept;
LikenessNet *
net_open_script (const char *path, int cuda_device, int threads, GError **error) noexcept;

/** Embeddings of @n faces; throws. */
void embed_by_script (
    LikenessScript &script, const guint8 *faces, gsize n, bool flip, float *embeddings);

} // namespace likeness
