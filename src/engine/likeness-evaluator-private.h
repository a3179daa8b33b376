/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-run-config.h"
#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * likeness_evaluator_open_net:
 * @config: edgeface, or else from_scratch; device, threads and seed
 * @torch: (out) (transfer none): whose net_free() frees what is returned
 *
 * Returns: (transfer full): a network that can embed
 */
LikenessNet *likeness_evaluator_open_net (const LikenessRunConfig *config,
                                          const LikenessTorch **torch,
                                          GCancellable *cancellable,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
