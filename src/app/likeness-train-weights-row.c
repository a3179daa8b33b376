/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-weights-row.h"

#include <glib/gi18n.h>

#include "likeness-file-dialog.h"
#include "likeness-train-row.h"
#include "likeness-weights.h"

struct _LikenessTrainWeightsRow
{
  AdwActionRow parent_instance;

  /* Owned */
  char *path;
  gboolean valid;
  GCancellable *reading;
  GtkFileChooserNative *chooser;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTrainWeightsRow,
                     likeness_train_weights_row,
                     ADW_TYPE_ACTION_ROW)

static void
say (LikenessTrainWeightsRow *self, const char *text, gboolean wrong)
{
  likeness_train_row_say (ADW_ACTION_ROW (self), text, wrong);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (LikenessWeights) weights
      = likeness_weights_load (task_data, cancellable, &error);

  if (weights != NULL)
    g_task_return_pointer (task, likeness_weights_describe (weights), g_free);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessTrainWeightsRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *description = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another file was chosen meanwhile, or the window closed. */
  if (self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  g_clear_object (&self->reading);
  self->valid = description != NULL;
  say (self, description != NULL ? description : error->message, description == NULL);
}

static void
read_file (LikenessTrainWeightsRow *self)
{
  g_autoptr (GTask) task = NULL;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->valid = FALSE;
  if (self->path == NULL)
    {
      say (self, _ ("Choose a file: .pt, .pth or .safetensors"), FALSE);
      return;
    }
  self->reading = g_cancellable_new ();
  task = g_task_new (NULL, self->reading, read_cb, g_object_ref (self));
  g_task_set_task_data (task, g_strdup (self->path), g_free);
  g_task_run_in_thread (task, read_thread);
  say (self, _ ("Reading…"), FALSE);
}

static void
chooser_cb (gpointer owner, const char *path)
{
  if (path != NULL)
    likeness_train_weights_row_set_path (LIKENESS_TRAIN_WEIGHTS_ROW (owner), path);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) weights = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (weights, _ ("Weights"));
  gtk_file_filter_add_suffix (weights, "pt");
  gtk_file_filter_add_suffix (weights, "pth");
  gtk_file_filter_add_suffix (weights, "safetensors");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, weights);
  gtk_file_chooser_add_filter (chooser, all);
}

static void
choose_cb (LikenessTrainWeightsRow *self)
{
  g_autofree char *folder = self->path != NULL ? g_path_get_dirname (self->path) : NULL;
  const LikenessFileDialog dialog = {
      .title = _ ("Weights to Begin With"),
      .action = GTK_FILE_CHOOSER_ACTION_OPEN,
      .folder = folder,
      .add_filters = add_filters,
  };

  likeness_file_dialog_show (&self->chooser, GTK_WIDGET (self), &dialog, chooser_cb);
}

static void
likeness_train_weights_row_dispose (GObject *object)
{
  LikenessTrainWeightsRow *self = LIKENESS_TRAIN_WEIGHTS_ROW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (likeness_train_weights_row_parent_class)->dispose (object);
}

static void
likeness_train_weights_row_class_init (LikenessTrainWeightsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_train_weights_row_dispose;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_WEIGHTS_ROW, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-train-weights-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
}

static void
likeness_train_weights_row_init (LikenessTrainWeightsRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  likeness_train_weights_row_set_path (self, NULL);
}

const char *
likeness_train_weights_row_get_path (LikenessTrainWeightsRow *self)
{
  return self->path;
}

void
likeness_train_weights_row_set_path (LikenessTrainWeightsRow *self, const char *path)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  char *copy = g_strdup (path);

  g_free (self->path);
  self->path = copy;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 name != NULL ? name : _ ("No file chosen"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), path);
  read_file (self);
}

gboolean
likeness_train_weights_row_get_valid (LikenessTrainWeightsRow *self)
{
  return self->valid;
}

void
likeness_train_weights_row_retry (LikenessTrainWeightsRow *self)
{
  if (self->path != NULL && !self->valid && self->reading == NULL)
    read_file (self);
}
