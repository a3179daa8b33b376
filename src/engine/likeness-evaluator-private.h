/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-evaluator.h"
#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * likeness_evaluator_open_net:
 * @config: edgeface and trust_script, or from_scratch; threads (not 0), seed
 * @weights: (out) (optional) (transfer full) (nullable): what was read; %NULL where there
 * was nothing to read, or where a script runs instead
 *
 * Returns: (transfer full): the network that @config names, untrained
 */
LikenessNet *likeness_evaluator_open_net (const LikenessRunConfig *config,
                                          const LikenessTorch *torch,
                                          int cuda_device,
                                          LikenessWeights **weights,
                                          GCancellable *cancellable,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
