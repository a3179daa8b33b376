/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Remembers a data set that was opened, where the desktop does (#GtkRecentManager). */
void likeness_recent_folders_add (const char *folder);

/** (transfer full) (element-type filename): the data sets that were open last, the newest
 * first, a handful. */
GPtrArray *likeness_recent_folders_list (void) G_GNUC_WARN_UNUSED_RESULT;

/** Fills @section of a menu with them: items that activate "win.open-recent" with the
 * path's bytes. */
void likeness_recent_folders_fill (GMenu *section);

G_END_DECLS
