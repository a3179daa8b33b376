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

/**
 * likeness_show_in_folder:
 *
 * Shows the folder of @path with @path chosen, where the desktop has a file manager that
 * can (org.freedesktop.FileManager1); else the folder.
 */
void
likeness_show_in_folder (GtkWidget *widget, LikenessSession *session, const char *path);

G_END_DECLS
