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
 * more from 80 small steps than from 24 large ones (bench/recipe). */
#define USUAL_BATCH 64
#define SMALLEST_BATCH 8
#define MIN_STEPS 10

/* Where an epoch has many steps, fewer epochs of smaller steps come as far: on 142 people
 * five epochs in batches of 32 do what eight of 64 do, in two thirds of the time. */
#define USUAL_EPOCHS 8
#define FEWER_EPOCHS 5
#define SMALLER_BATCH 32
#define MANY_STEPS 40

/* What the preset says, not somebody's own number. */
static gboolean
is_usual (const LikenessRunConfig *config, const char *key, guint value, guint usual)
{
  return value == usual && !likeness_run_config_is_meant (config, key);
}

/* A GPU with room for more changes nothing: the size of a batch is part of what is learnt,
 * and a run should come out alike on every machine. */
static void
resolve_steps (LikenessRunConfig *config, guint n_faces)
{
  if (n_faces == 0 || !is_usual (config, "batch", config->batch, USUAL_BATCH))
    return;
  if (n_faces >= MANY_STEPS * SMALLER_BATCH
      && is_usual (config, "epochs_all", config->epochs_all, USUAL_EPOCHS))
    {
      config->epochs_all = FEWER_EPOCHS;
      config->batch = SMALLER_BATCH;
    }
  while (config->batch > SMALLEST_BATCH && n_faces < MIN_STEPS * config->batch)
    config->batch /= 2;
}

void
likeness_trainer_resolve_config (LikenessRunConfig *config, gboolean pairs, guint n_faces)
{
  gboolean scratch = config->edgeface == NULL;

  resolve_steps (config, n_faces);

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
