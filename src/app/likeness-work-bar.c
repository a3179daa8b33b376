/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-work-bar.h"

#include <glib/gi18n.h>

#define INTERVAL_MS 200

struct _LikenessWorkBar
{
  AdwBin parent_instance;

  /* Children */
  GtkProgressBar *bar;
  GtkWidget *cancel_button;

  /* Owned */
  char *format;
  LikenessProgress *progress;
  GCancellable *cancellable;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (LikenessWorkBar, likeness_work_bar, ADW_TYPE_BIN)

static gboolean
poll_cb (gpointer user_data)
{
  LikenessWorkBar *self = user_data;
  LikenessProgressSnapshot snapshot = {0};
  g_autofree char *text = NULL;
  double fraction;

  likeness_progress_snapshot (self->progress, &snapshot);
  fraction = snapshot.total > 0 ? (double)snapshot.done / snapshot.total : 0;
  text = g_strdup_printf (self->format, 100 * MIN (fraction, 1));
  gtk_progress_bar_set_fraction (self->bar, MIN (fraction, 1));
  gtk_progress_bar_set_text (self->bar, text);
  return G_SOURCE_CONTINUE;
}

static void
cancel_cb (LikenessWorkBar *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
let_go (LikenessWorkBar *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->format, g_free);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_object (&self->cancellable);
}

static void
likeness_work_bar_dispose (GObject *object)
{
  let_go (LIKENESS_WORK_BAR (object));

  G_OBJECT_CLASS (likeness_work_bar_parent_class)->dispose (object);
}

static void
likeness_work_bar_class_init (LikenessWorkBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = likeness_work_bar_dispose;
}

static void
likeness_work_bar_init (LikenessWorkBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_progress_bar_set_ellipsize (self->bar, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->bar), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->bar), "work-bar");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->bar));
  self->cancel_button = gtk_button_new_from_icon_name ("process-stop-symbolic");
  gtk_widget_set_tooltip_text (self->cancel_button, _ ("Cancel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->cancel_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cancel"), -1);
  gtk_widget_add_css_class (self->cancel_button, "flat");
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (cancel_cb), self);
  gtk_box_append (GTK_BOX (box), self->cancel_button);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
likeness_work_bar_show (LikenessWorkBar *self,
                        const char *format,
                        LikenessProgress *progress,
                        GCancellable *cancellable)
{
  let_go (self);
  gtk_widget_set_visible (GTK_WIDGET (self), progress != NULL);
  if (progress == NULL)
    return;
  self->format = g_strdup (format);
  self->progress = likeness_progress_ref (progress);
  g_set_object (&self->cancellable, cancellable);
  gtk_widget_set_visible (self->cancel_button, cancellable != NULL);
  poll_cb (self);
  self->timeout = g_timeout_add (INTERVAL_MS, poll_cb, self);
}
