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

/* The usual batch, halved until an epoch has some steps: 20 people with 8 faces each gain
 * more from 80 small steps than from 24 large ones (bench/recipe). Another number was
 * meant. */
#define USUAL_BATCH 64
#define SMALLEST_BATCH 8
#define MIN_STEPS 10

void
likeness_trainer_resolve_config (LikenessRunConfig *config, gboolean pairs, guint n_faces)
{
  gboolean scratch = config->edgeface == NULL;

  if (config->batch == USUAL_BATCH && n_faces > 0)
    while (config->batch > SMALLEST_BATCH && n_faces < MIN_STEPS * config->batch)
      config->batch /= 2;

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
