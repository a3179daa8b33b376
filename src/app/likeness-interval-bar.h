/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LikenessIntervalBar:
 *
 * A share of 0 to 1 drawn with its 95 % interval, and a hollow mark where it was before.
 * Properties: "value", "low", "high", "was" (NaN: not drawn), "text" (the same in words:
 * tooltip and name for a screen reader).
 */
#define LIKENESS_TYPE_INTERVAL_BAR (likeness_interval_bar_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessIntervalBar, likeness_interval_bar, LIKENESS, INTERVAL_BAR, GtkWidget)

void likeness_interval_bar_set_values (
    LikenessIntervalBar *self, double value, double low, double high, double was);
/** @text: (nullable) */
void likeness_interval_bar_set_text (LikenessIntervalBar *self, const char *text);

G_END_DECLS
