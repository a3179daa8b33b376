/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-split-plan.h"

G_BEGIN_DECLS

/**
 * LikenessSplitPreview:
 *
 * A plan to look at: headline figures, what near-duplicates would leak, a bar a subject,
 * the dropped ones with their reasons.
 */
#define LIKENESS_TYPE_SPLIT_PREVIEW (likeness_split_preview_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSplitPreview, likeness_split_preview, LIKENESS, SPLIT_PREVIEW, AdwBin)

/**
 * likeness_split_preview_set_plan:
 * @plan: (nullable): copied
 * @options: it was made with
 * @was_read: whether near-duplicates are known
 */
void likeness_split_preview_set_plan (LikenessSplitPreview *self,
                                      const LikenessSplitPlan *plan,
                                      const LikenessPlanOptions *options,
                                      gboolean was_read);
/** Says why there is no plan. */
void likeness_split_preview_set_error (LikenessSplitPreview *self, const GError *error);

G_END_DECLS
