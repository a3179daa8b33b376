/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LikenessReasonsWindow:
 *
 * A list of what was left out, each with its reason, that can be copied.
 */
#define LIKENESS_TYPE_REASONS_WINDOW (likeness_reasons_window_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessReasonsWindow, likeness_reasons_window, LIKENESS, REASONS_WINDOW, AdwWindow)

/**
 * likeness_reasons_window_present:
 * @owner: a widget of the window that it stands before
 * @reasons: (element-type LikenessReason)
 */
void likeness_reasons_window_present (GtkWidget *owner,
                                      const char *title,
                                      GListModel *reasons);

G_END_DECLS
