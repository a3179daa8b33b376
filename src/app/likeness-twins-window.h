/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessTwinsWindow:
 *
 * The pictures that look nearly the same across two people, or in the pool and in test,
 * side by side.
 */
#define LIKENESS_TYPE_TWINS_WINDOW (likeness_twins_window_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessTwinsWindow, likeness_twins_window, LIKENESS, TWINS_WINDOW, AdwWindow)

/**
 * likeness_twins_window_present:
 * @owner: a widget of the window that it belongs to
 * @root: what the paths are relative to
 * @twins: (element-type LikenessTwins): are copied
 */
void likeness_twins_window_present (GtkWidget *owner,
                                    LikenessThumbnailer *thumbnailer,
                                    const char *root,
                                    GPtrArray *twins);

G_END_DECLS
