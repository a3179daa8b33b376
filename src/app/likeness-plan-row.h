/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LikenessPlanRow:
 *
 * What one subject gets in a planned split. Properties for `<lookup>`: "name", "train",
 * "val", "maximum" (the largest sum in the plan), "summary" ("12 train, 3 val"),
 * "change" (what is another than in the plan before, "" for nothing).
 */
#define LIKENESS_TYPE_PLAN_ROW (likeness_plan_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessPlanRow, likeness_plan_row, LIKENESS, PLAN_ROW, GObject)

/** @subject: file name bytes; @is_new: it was not in the plan before */
LikenessPlanRow *likeness_plan_row_new (const char *subject,
                                        guint train,
                                        guint val,
                                        guint maximum,
                                        gboolean is_new) G_GNUC_WARN_UNUSED_RESULT;
/**
 * likeness_plan_row_update:
 * @n_moved: faces that stand on another side than before
 *
 * The same subject in the next plan.
 */
void likeness_plan_row_update (
    LikenessPlanRow *self, guint train, guint val, guint maximum, guint n_moved);
/** Bytes. */
const char *likeness_plan_row_get_subject (LikenessPlanRow *self);

G_END_DECLS
