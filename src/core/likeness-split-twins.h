/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-job.h"

G_BEGIN_DECLS

/** Two faces that look nearly the same where they should not; both strings are owned. */
typedef struct
{
  char *first;      /* path relative to the source */
  char *second;     /* of another person, or in test */
  gboolean in_test; /* second stands in test */
} LikenessTwins;

void likeness_twins_free (LikenessTwins *self);

/** (transfer full): which they are and what is wrong with it, without a full stop. */
char *likeness_twins_describe (const LikenessTwins *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_split_twins_find:
 * @pool: what is split; was read
 * @test: (nullable): the faces that stay in test; was read
 *
 * Near-duplicates across two people, or between the pool and test: nothing that a plan
 * could mend, but something to look at. Of each group of look-alikes one pair is told.
 * Pure.
 *
 * Returns: (transfer full) (element-type LikenessTwins)
 */
GPtrArray *
likeness_split_twins_find (const LikenessSplitJob *pool,
                           const LikenessSplitJob *test) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
