/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-change-bar.h"

#include <glib/gi18n.h>

#include "likeness-folder-watch.h"
#include "likeness-sentence-bar.h"

struct _LikenessChangeBar
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;

  /* Owned */
  LikenessFolderWatch *watch;
};

G_DEFINE_FINAL_TYPE (LikenessChangeBar, likeness_change_bar, ADW_TYPE_BIN)

static void
changed_cb (LikenessChangeBar *self)
{
  LikenessFolderState state = likeness_folder_watch_get_state (self->watch);
  gboolean gone = state == LIKENESS_FOLDER_GONE;

  gtk_revealer_set_reveal_child (self->revealer, state != LIKENESS_FOLDER_SAME);
  if (state == LIKENESS_FOLDER_SAME)
    return;
  gtk_label_set_label (
      self->label,
      gone ? _ ("The folder is gone: it was moved, renamed or deleted. What is shown is "
                "what it held.")
           : _ ("Folder changed."));
  gtk_button_set_label (self->button, gone ? _ ("_Open Another Folder…") : _ ("_Rescan"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button),
                                  gone ? "win.open-folder" : "win.rescan");
}

/* Who comes back to the window may have changed files meanwhile. */
static void
active_cb (LikenessChangeBar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)))
    likeness_folder_watch_check (self->watch);
}

static void
likeness_change_bar_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_change_bar_parent_class)->root (widget);
  g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                           G_CALLBACK (active_cb), widget, G_CONNECT_SWAPPED);
}

static void
likeness_change_bar_dispose (GObject *object)
{
  g_clear_object (&LIKENESS_CHANGE_BAR (object)->watch);

  G_OBJECT_CLASS (likeness_change_bar_parent_class)->dispose (object);
}

static void
likeness_change_bar_class_init (LikenessChangeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_change_bar_dispose;
  widget_class->root = likeness_change_bar_root;

  g_type_ensure (LIKENESS_TYPE_SENTENCE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-change-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessChangeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, LikenessChangeBar, label);
  gtk_widget_class_bind_template_child (widget_class, LikenessChangeBar, button);
}

static void
likeness_change_bar_init (LikenessChangeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->watch = likeness_folder_watch_new ();
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
likeness_change_bar_set_dataset (LikenessChangeBar *self, LikenessDataset *dataset)
{
  likeness_folder_watch_set_dataset (self->watch, dataset);
}
