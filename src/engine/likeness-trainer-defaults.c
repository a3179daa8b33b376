/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-trainer-private.h"

/* A network that knows faces bears this much without forgetting them. */
#define LR_HEAD 1e-3
#define LR_BACKBONE 1e-4

/* What gets a network off the ground that knows nothing: a gentle softmax, since a margin
 * and a large scale only punish a start that is all noise, small batches for more steps,
 * and time. */
#define SCRATCH_LR 1e-3
#define SCRATCH_SCALE 16
#define SCRATCH_WEIGHT_DECAY 0.05
#define SCRATCH_BATCH 32
#define SCRATCH_EPOCHS 25
#define SCRATCH_EPOCHS_QUICK 10

/* A knob that stands where it stands for every run was not turned by anybody. */
static void
resolve_scratch (LikenessRunConfig *config)
{
  g_autoptr (LikenessRunConfig) usual = likeness_run_config_new ();
  guint epochs = config->epochs_head + config->epochs_all;
  gboolean quick = config->preset == LIKENESS_PRESET_QUICK;

  if (quick)
    likeness_run_config_set (usual, "preset", "quick", NULL);
  if (config->epochs_head == usual->epochs_head
      && config->epochs_all == usual->epochs_all)
    epochs = quick ? SCRATCH_EPOCHS_QUICK : SCRATCH_EPOCHS;
  config->epochs_head = 0;
  config->epochs_all = epochs;
  config->head_init = LIKENESS_HEAD_RANDOM;
  config->similarity_weight = 0;
  if (config->batch == usual->batch)
    config->batch = SCRATCH_BATCH;
  if (config->weight_decay == usual->weight_decay)
    config->weight_decay = SCRATCH_WEIGHT_DECAY;
  if (config->loss == usual->loss && config->scale == usual->scale
      && config->margin == usual->margin
      && config->label_smoothing == usual->label_smoothing)
    {
      config->loss = LIKENESS_LOSS_SOFTMAX;
      config->scale = SCRATCH_SCALE;
      config->margin = 0;
      config->label_smoothing = 0;
    }
}

void
likeness_trainer_resolve_config (LikenessRunConfig *config, gboolean pairs)
{
  gboolean scratch = config->edgeface == NULL;

  if (scratch)
    resolve_scratch (config);
  /* Where the best image is what is shown, there is nothing to come nearer to. */
  if (!pairs)
    config->similarity_weight = 0;
  if (config->lr_head == 0)
    config->lr_head = scratch ? SCRATCH_LR : LR_HEAD;
  if (config->lr_backbone == 0)
    config->lr_backbone = scratch ? SCRATCH_LR : LR_BACKBONE;
}
