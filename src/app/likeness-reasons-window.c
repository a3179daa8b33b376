/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-reasons-window.h"

#include "likeness-reason.h"

struct _LikenessReasonsWindow
{
  AdwWindow parent_instance;

  /* Template widgets */
  GtkNoSelection *selection;
};

G_DEFINE_FINAL_TYPE (LikenessReasonsWindow, likeness_reasons_window, ADW_TYPE_WINDOW)

static void
copy_cb (LikenessReasonsWindow *self)
{
  GListModel *reasons = G_LIST_MODEL (self->selection);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (reasons); i++)
    {
      g_autoptr (LikenessReason) reason = g_list_model_get_item (reasons, i);

      g_string_append_printf (text, "%s\t%s\n", likeness_reason_get_name (reason),
                              likeness_reason_get_reason (reason));
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text->str);
}

static void
likeness_reasons_window_class_init (LikenessReasonsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LIKENESS_TYPE_REASON);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-reasons-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessReasonsWindow, selection);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close",
                                       NULL);
}

static void
likeness_reasons_window_init (LikenessReasonsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_reasons_window_present (GtkWidget *owner, const char *title, GListModel *reasons)
{
  LikenessReasonsWindow *self
      = g_object_new (LIKENESS_TYPE_REASONS_WINDOW, "title", title, "transient-for",
                      GTK_WINDOW (gtk_widget_get_root (owner)), NULL);

  gtk_no_selection_set_model (self->selection, reasons);
  gtk_window_present (GTK_WINDOW (self));
}
