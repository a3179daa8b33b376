/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-failure.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessFailureCell:
 *
 * A face in a grid that was taken for somebody else: its picture, a picture of whom it
 * was taken for, both names and both scores.
 */
#define LIKENESS_TYPE_FAILURE_CELL (likeness_failure_cell_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFailureCell, likeness_failure_cell, LIKENESS, FAILURE_CELL, GtkWidget)

GtkWidget *
likeness_failure_cell_new (LikenessThumbnailer *thumbnailer) G_GNUC_WARN_UNUSED_RESULT;
/** @failure: (nullable): %NULL lets go of the pictures */
void likeness_failure_cell_set_failure (LikenessFailureCell *self,
                                        LikenessFailure *failure);

G_END_DECLS
