/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LikenessSplitBar:
 *
 * A thin bar of how many faces stand in which split, drawn in the splits' colours. Its
 * full width is "maximum" faces, so that bars under each other compare. Properties:
 * "train", "val", "test", "none", "maximum" (uints; a maximum of 0 is the bar's own sum).
 */
#define LIKENESS_TYPE_SPLIT_BAR (likeness_split_bar_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSplitBar, likeness_split_bar, LIKENESS, SPLIT_BAR, GtkWidget)

GtkWidget *likeness_split_bar_new (void) G_GNUC_WARN_UNUSED_RESULT;
void likeness_split_bar_set_counts (
    LikenessSplitBar *self, guint train, guint val, guint test, guint none);
void likeness_split_bar_set_maximum (LikenessSplitBar *self, guint maximum);

G_END_DECLS
