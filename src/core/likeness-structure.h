/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"

G_BEGIN_DECLS

/**
 * likeness_structure_decide:
 * @n_train: subjects in train, @n_val: in val, @n_both: in train and in val
 *
 * Pure. No train and no val: unsplit. Only one of the two, or none shared: disjoint. All
 * val subjects shared: closed set. Otherwise mixed.
 */
LikenessStructure likeness_structure_decide (guint n_train, guint n_val, guint n_both);

/**
 * likeness_structure_describe:
 *
 * The verdict in plain words, one translated sentence with this data's numbers and what
 * follows from it.
 *
 * Returns: (transfer full)
 */
char *likeness_structure_describe (LikenessDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
