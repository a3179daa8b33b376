/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-plan.h"

G_BEGIN_DECLS

/** Ratios are counted in millionths, so that no plan hangs on a rounding of doubles. */
#define LIKENESS_RATIO_UNIT 1000000

/** Faces of one subject that stay on one side together. */
typedef struct
{
  gsize first;    /* the caller's index of the group's first face */
  guint64 key;    /* place in the seeded order; ties by first */
  guint size;     /* faces */
  gboolean fixed; /* pinned to the side that train says */
  gboolean train; /* the side: train or val */
} LikenessPlanGroup;

/** One subject: its groups in the seeded order. */
typedef struct
{
  LikenessPlanGroup *groups; /* borrowed */
  gsize n_groups;
  guint faces;
  guint train; /* faces that are on the train side */
} LikenessPlanShare;

/**
 * likeness_split_rounding_apply:
 * @shares: @n_shares subjects in the order of their name bytes; each can have both sides
 * filled
 * @ratio: share of train in millionths
 *
 * Controlled rounding: each subject's train becomes the prefix of its free groups nearest
 * to its ratio, with a face on each side; then single groups change sides, the cheapest
 * change first, ties by subject and then nearest to the prefix's end, until the total is
 * round(ratio * faces) or no change helps; then likeness_split_exchange_apply(). Pure.
 *
 * Returns: the total that was wanted.
 */
guint
likeness_split_rounding_apply (LikenessPlanShare *shares, gsize n_shares, guint64 ratio);

G_END_DECLS
