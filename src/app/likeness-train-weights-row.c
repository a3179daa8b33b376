/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-weights-row.h"

#include <glib/gi18n.h>

#include "likeness-weights.h"

struct _LikenessTrainWeightsRow
{
  LikenessTrainFileRow parent_instance;
};

G_DEFINE_FINAL_TYPE (LikenessTrainWeightsRow,
                     likeness_train_weights_row,
                     LIKENESS_TYPE_TRAIN_FILE_ROW)

static char *
describe (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessWeights) weights = likeness_weights_load (path, cancellable, error);

  return weights != NULL ? likeness_weights_describe (weights) : NULL;
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
  LikenessTrainFileRow *row = LIKENESS_TRAIN_FILE_ROW (self);
  const char *path = likeness_train_file_row_get_path (row);
  g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
  const LikenessFileDialog dialog = {
      .title = _ ("Weights to Begin With"),
      .action = GTK_FILE_CHOOSER_ACTION_OPEN,
      .folder = folder,
      .add_filters = add_filters,
  };

  likeness_train_file_row_choose (row, &dialog, chooser_cb);
}

static void
likeness_train_weights_row_class_init (LikenessTrainWeightsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LikenessTrainFileRowClass *row_class = LIKENESS_TRAIN_FILE_ROW_CLASS (klass);

  row_class->none = N_ ("Choose a file: .pt, .pth or .safetensors");
  row_class->describe = describe;

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

void
likeness_train_weights_row_set_path (LikenessTrainWeightsRow *self, const char *path)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 name != NULL ? name : _ ("No file chosen"));
  likeness_train_file_row_set_path (LIKENESS_TRAIN_FILE_ROW (self), path);
}
