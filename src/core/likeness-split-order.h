/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-plan.h"

G_BEGIN_DECLS

/**
 * LikenessPlanOrder:
 *
 * The input of a plan in an order of its own (by subject, name, origin and path bytes),
 * so that the plan does not hang on the caller's.
 */
typedef struct
{
  gsize n;
  const LikenessPlanFace **faces; /* borrowed faces */
  gsize *inputs;                  /* where each stands in the caller's array */
  gsize *starts;                  /* n_subjects + 1: where each subject's faces begin */
  gsize n_subjects;
} LikenessPlanOrder;

LikenessPlanOrder *likeness_plan_order_new (const LikenessPlanFace *faces,
                                            gsize n) G_GNUC_WARN_UNUSED_RESULT;
void likeness_plan_order_free (LikenessPlanOrder *self);

/** Near-duplicates within each subject: @groups gets, for each ordered face, the place of
 * the first face of its group. */
void likeness_plan_order_find_groups (const LikenessPlanOrder *self,
                                      guint distance,
                                      gsize *groups);

/** Val faces that have a near-twin of the same subject in train; @sides: one an ordered
 * face. */
guint likeness_plan_order_count_leak (const LikenessPlanOrder *self,
                                      const LikenessAssignment *sides,
                                      guint distance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPlanOrder, likeness_plan_order_free)

G_END_DECLS
