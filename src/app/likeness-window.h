/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * LikenessWindow:
 *
 * One session and its four pages. Actions: win.open-folder, win.open-sample, win.rescan,
 * win.show-page (the page's name), win.find.
 */
#define LIKENESS_TYPE_WINDOW (likeness_window_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessWindow, likeness_window, LIKENESS, WINDOW, AdwApplicationWindow)

LikenessWindow *
likeness_window_new (GtkApplication *application) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer none) */
LikenessSession *likeness_window_get_session (LikenessWindow *self);
/** Opens the data set of the last time, where it is still there. */
void likeness_window_restore (LikenessWindow *self);

G_END_DECLS
