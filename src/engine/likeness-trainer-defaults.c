/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-trainer-private.h"

/* A network that knows faces bears this much without forgetting them, and twice as much
 * where each face is held near to what the network made of its best image. */
#define LR_HEAD 1e-3
#define LR_BACKBONE 1e-4
#define LR_BACKBONE_HELD 2e-4

/* One that knows nothing has a longer way to go. */
#define LR_SCRATCH 1e-3

void
likeness_trainer_resolve_config (LikenessRunConfig *config, gboolean pairs)
{
  gboolean scratch = config->edgeface == NULL;

  /* Where the best image is what is shown, there is nothing to come nearer to. */
  if (!pairs)
    config->similarity_weight = 0;
  if (config->lr_head == 0)
    config->lr_head = scratch ? LR_SCRATCH : LR_HEAD;
  if (config->lr_backbone == 0)
    config->lr_backbone = scratch                          ? LR_SCRATCH
                          : config->similarity_weight >= 1 ? LR_BACKBONE_HELD
                                                           : LR_BACKBONE;
}
