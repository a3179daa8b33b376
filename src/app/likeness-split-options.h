/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-dataset.h"
#include "likeness-split-job.h"

G_BEGIN_DECLS

/**
 * LikenessSplitOptions:
 *
 * The options of a split: which faces, how they are divided, what is written and where.
 * Signals: "faces-changed" (another mask), "plan-changed", "target-changed".
 */
#define LIKENESS_TYPE_SPLIT_OPTIONS (likeness_split_options_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSplitOptions, likeness_split_options, LIKENESS, SPLIT_OPTIONS, AdwBin)

/** @dataset: (nullable): the source; a new place for the result is proposed */
void likeness_split_options_set_dataset (LikenessSplitOptions *self,
                                         LikenessDataset *dataset);
/** Proposes a place that is still free, as soon as one is found. */
void likeness_split_options_propose_target (LikenessSplitOptions *self);

guint likeness_split_options_get_mask (LikenessSplitOptions *self);
void likeness_split_options_get_plan (LikenessSplitOptions *self,
                                      LikenessPlanOptions *options);
/** target is borrowed from @self. */
void likeness_split_options_get_commit (LikenessSplitOptions *self,
                                        LikenessCommitOptions *options);

G_END_DECLS
