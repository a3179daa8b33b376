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
 * "val", "maximum" (the largest sum in the plan), "summary" ("12 train, 3 val").
 */
#define LIKENESS_TYPE_PLAN_ROW (likeness_plan_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessPlanRow, likeness_plan_row, LIKENESS, PLAN_ROW, GObject)

/** @subject: file name bytes */
LikenessPlanRow *likeness_plan_row_new (const char *subject,
                                        guint train,
                                        guint val,
                                        guint maximum) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
