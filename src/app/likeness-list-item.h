/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * likeness_list_item_label:
 * @cell: the child of a #GtkListItem
 *
 * Names a cell for screen readers: the cell and the row around it, which is what gets the
 * focus and has no name of its own.
 */
void likeness_list_item_label (GtkWidget *cell, const char *label);

G_END_DECLS
