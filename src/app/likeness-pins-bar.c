/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pins-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-file-dialog.h"
#include "likeness-sentence-bar.h"

struct _LikenessPinsBar
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *label;

  /* Owned */
  LikenessSplitPlanner *planner;
  GtkFileChooserNative *chooser;
};

enum
{
  SAY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessPinsBar, likeness_pins_bar, ADW_TYPE_BIN)

static void
update (LikenessPinsBar *self)
{
  guint n = likeness_split_planner_get_n_pins (self->planner);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%'u face is pinned by hand.", "%'u faces are pinned by hand.", n), n);

  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
}

static void
clear_cb (LikenessPinsBar *self)
{
  likeness_split_planner_clear_pins (self->planner);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessPinsBar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    g_signal_emit (self, signals[SAY], 0, error->message);
  else
    g_signal_emit (self, signals[SAY], 0, _ ("The pins are saved"));
}

static void
chosen_cb (gpointer owner, const char *path)
{
  LikenessPinsBar *self = LIKENESS_PINS_BAR (owner);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  if (file == NULL)
    return;
  text = likeness_split_planner_dup_pins (self->planner);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                       saved_cb, g_object_ref (self));
}

static void
save_cb (LikenessPinsBar *self)
{
  const LikenessFileDialog dialog = {
      .title = _ ("Save Pins"),
      .action = GTK_FILE_CHOOSER_ACTION_SAVE,
      .accept = _ ("_Save"),
      .name = "pins.txt",
  };

  likeness_file_dialog_show (&self->chooser, GTK_WIDGET (self), &dialog, chosen_cb);
}

static void
likeness_pins_bar_dispose (GObject *object)
{
  LikenessPinsBar *self = LIKENESS_PINS_BAR (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->planner);

  G_OBJECT_CLASS (likeness_pins_bar_parent_class)->dispose (object);
}

static void
likeness_pins_bar_class_init (LikenessPinsBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_pins_bar_dispose;

  signals[SAY] = g_signal_new ("say", LIKENESS_TYPE_PINS_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIKENESS_TYPE_SENTENCE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-pins-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessPinsBar, label);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
}

static void
likeness_pins_bar_init (LikenessPinsBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_pins_bar_set_planner (LikenessPinsBar *self, LikenessSplitPlanner *planner)
{
  g_set_object (&self->planner, planner);
  g_signal_connect_object (planner, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
}
