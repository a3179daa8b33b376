/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-weights.h"

G_BEGIN_DECLS

/** What `best.pt` or `last.pt` holds. */
typedef struct
{
  LikenessWeights *weights;
  guint n_classes;
  char **subjects;      /* in the order of the labels, %NULL-terminated */
  LikenessTensor *head; /* n_classes x 512; NULL: none */
  GPtrArray *optimizer; /* LikenessTensor, for LikenessTorch.optimizer_restore: "step",
                           "exp_avg.NAME", "exp_avg_sq.NAME"; empty: none */
  int stage;
  int epoch;
  double val_similarity; /* NaN: None */
  double val_accuracy;
  char *config_json;
} LikenessCheckpoint;

/**
 * likeness_checkpoint_check_classes:
 *
 * Whether a checkpoint of @variant with @n_classes and its optimizer can be read back,
 * as what is read here is capped: asked before a run is begun that could not go on.
 *
 * Returns: or %FALSE with %LIKENESS_ERROR_TOO_LARGE
 */
gboolean likeness_checkpoint_check_classes (const LikenessVariant *variant,
                                            guint n_classes,
                                            GError **error);

/**
 * likeness_checkpoint_load:
 *
 * Reads a checkpoint with the restricted reader, whether the module or Python's
 * torch.save() wrote it. Labels, head and optimizer must fit each other and the network.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
 *   %LIKENESS_ERROR_NOT_FOUND or _NOT_READABLE
 */
LikenessCheckpoint *likeness_checkpoint_load (const char *path,
                                              GCancellable *cancellable,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_checkpoint_free (LikenessCheckpoint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessCheckpoint, likeness_checkpoint_free)

G_END_DECLS
