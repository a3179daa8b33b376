/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * likeness_show_path:
 * @widget: in the window that asks
 * @session: is told where it does not work
 * @path: file or folder, bytes
 *
 * Shows @path in the program that is meant for it.
 */
void likeness_show_path (GtkWidget *widget, LikenessSession *session, const char *path);

G_END_DECLS
