/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-order.h"

G_BEGIN_DECLS

/** One way of giving sides to all faces, in their order. */
typedef struct
{
  LikenessAssignment *sides; /* one an ordered face */
  GArray *subjects;          /* LikenessPlanSubject, the kept ones */
  GArray *drops;             /* LikenessDrop */
  guint wanted;              /* train faces that the ratio asks for */
} LikenessPlanArrangement;

/**
 * likeness_plan_arrangement_new:
 * @group_of: for each ordered face the place of the first face of its group
 *
 * Gathers the pins, drops the subjects that cannot be split, and rounds. Pure.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_CONFLICT
 */
LikenessPlanArrangement *
likeness_plan_arrangement_new (const LikenessPlanOrder *order,
                               const gsize *group_of,
                               const LikenessPlanOptions *options,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_plan_arrangement_free (LikenessPlanArrangement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPlanArrangement, likeness_plan_arrangement_free)

G_END_DECLS
