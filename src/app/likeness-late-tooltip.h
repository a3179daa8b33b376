/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * likeness_late_tooltip_set:
 * @text: (nullable): plain
 *
 * gtk_widget_set_tooltip_text() for cells that are recycled: it asks the display where the
 * pointer is each time it is called, which is a wait for an answer a cell and a step of a
 * scroll. This one only remembers the text until the pointer asks for it.
 */
void likeness_late_tooltip_set (GtkWidget *widget, const char *text);

G_END_DECLS
