/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-duplicates.h"

G_BEGIN_DECLS

/**
 * LikenessDuplicateFinder:
 *
 * Looks for near-duplicates in a data set on a worker thread and flags its faces when it
 * is done.
 *
 * Signal "changed": looking has begun, or it has ended and the flags are there.
 */
#define LIKENESS_TYPE_DUPLICATE_FINDER (likeness_duplicate_finder_get_type ())
G_DECLARE_FINAL_TYPE (LikenessDuplicateFinder,
                      likeness_duplicate_finder,
                      LIKENESS,
                      DUPLICATE_FINDER,
                      GObject)

LikenessDuplicateFinder *likeness_duplicate_finder_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** Begins with @dataset (nullable), and lets go of the former one. */
void likeness_duplicate_finder_set_dataset (LikenessDuplicateFinder *self,
                                            LikenessDataset *dataset);
/** (transfer none) (nullable): what was found; %NULL until then. */
const LikenessDuplicates *
likeness_duplicate_finder_get_duplicates (LikenessDuplicateFinder *self);
/** (transfer none) (nullable): while looking. */
LikenessProgress *likeness_duplicate_finder_get_progress (LikenessDuplicateFinder *self);

G_END_DECLS
