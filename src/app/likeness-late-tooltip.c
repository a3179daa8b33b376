/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-late-tooltip.h"

#define KEY "likeness-late-tooltip"

static gboolean
query_cb (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  const char *text = g_object_get_data (G_OBJECT (widget), KEY);

  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
likeness_late_tooltip_set (GtkWidget *widget, const char *text)
{
  g_object_set_data_full (G_OBJECT (widget), KEY, g_strdup (text), g_free);
  if (gtk_widget_get_has_tooltip (widget))
    return;
  g_signal_connect (widget, "query-tooltip", G_CALLBACK (query_cb), NULL);
  gtk_widget_set_has_tooltip (widget, TRUE);
}
