/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-folder-row.h"

#include <glib/gi18n.h>

#include "likeness-dataset-scanner.h"
#include "likeness-file-dialog.h"
#include "likeness-format.h"
#include "likeness-train-row.h"

/* A head needs two people to tell apart. */
#define FEWEST_SUBJECTS 2

struct _LikenessTrainFolderRow
{
  AdwActionRow parent_instance;

  /* Owned */
  LikenessSession *session;
  char *folder; /* that is shown, or being scanned */
  LikenessDataset *dataset;
  LikenessTrainFolderState state;
  GCancellable *scanning;
  GtkFileChooserNative *chooser;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTrainFolderRow,
                     likeness_train_folder_row,
                     ADW_TYPE_ACTION_ROW)

static void
set_state (LikenessTrainFolderRow *self, LikenessTrainFolderState state, const char *text)
{
  self->state = state;
  likeness_train_row_say (ADW_ACTION_ROW (self), text,
                          state == LIKENESS_TRAIN_FOLDER_WRONG);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_dataset (LikenessTrainFolderRow *self, LikenessDataset *dataset)
{
  LikenessSplitCount train = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN);
  LikenessSplitCount val = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_VAL);
  g_autofree char *people = likeness_format_subjects (train.subjects);
  g_autofree char *train_faces = likeness_format_faces (train.faces);
  g_autofree char *val_faces = likeness_format_faces (val.faces);
  g_autofree char *text = NULL;

  g_set_object (&self->dataset, dataset);
  /* Translators: "24 subjects to learn: 576 faces in train, 144 faces in val" */
  text = g_strdup_printf (_ ("%s to learn: %s in train, %s in val"), people, train_faces,
                          val_faces);
  set_state (self,
             train.subjects >= FEWEST_SUBJECTS && val.faces > 0
                 ? LIKENESS_TRAIN_FOLDER_READY
                 : LIKENESS_TRAIN_FOLDER_UNSPLIT,
             text);
}

static void
scan_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessTrainFolderRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessDataset) dataset
      = likeness_dataset_scanner_scan_finish (result, &error);

  /* Another folder was chosen meanwhile, or the window closed. */
  if (self->scanning == NULL
      || g_task_get_cancellable (G_TASK (result)) != self->scanning)
    return;
  g_clear_object (&self->scanning);
  if (dataset != NULL)
    set_dataset (self, dataset);
  else
    set_state (self, LIKENESS_TRAIN_FOLDER_WRONG, error->message);
}

static void
chooser_cb (gpointer owner, const char *path)
{
  if (path != NULL)
    likeness_session_set_training_folder (LIKENESS_TRAIN_FOLDER_ROW (owner)->session,
                                          path);
}

static void
likeness_train_folder_row_dispose (GObject *object)
{
  LikenessTrainFolderRow *self = LIKENESS_TRAIN_FOLDER_ROW (object);

  g_cancellable_cancel (self->scanning);
  g_clear_object (&self->scanning);
  g_clear_object (&self->chooser);
  g_clear_object (&self->dataset);
  g_clear_object (&self->session);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (likeness_train_folder_row_parent_class)->dispose (object);
}

static void
likeness_train_folder_row_class_init (LikenessTrainFolderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_train_folder_row_dispose;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_FOLDER_ROW, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-train-folder-row.ui");
  gtk_widget_class_bind_template_callback (widget_class,
                                           likeness_train_folder_row_choose);
}

static void
likeness_train_folder_row_init (LikenessTrainFolderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_train_folder_row_set_session (LikenessTrainFolderRow *self,
                                       LikenessSession *session)
{
  g_set_object (&self->session, session);
}

void
likeness_train_folder_row_look (LikenessTrainFolderRow *self)
{
  const char *folder = likeness_session_get_training_folder (self->session);
  LikenessDataset *open = likeness_session_get_dataset (self->session);
  gboolean is_open
      = open != NULL && g_strcmp0 (likeness_dataset_get_root (open), folder) == 0;
  g_autofree char *shown = folder != NULL ? likeness_format_path (folder) : NULL;

  /* What could not be read may be there by now. */
  if (g_strcmp0 (folder, self->folder) == 0 && (!is_open || open == self->dataset)
      && self->state != LIKENESS_TRAIN_FOLDER_WRONG)
    return;
  g_cancellable_cancel (self->scanning);
  g_clear_object (&self->scanning);
  g_clear_object (&self->dataset);
  g_free (self->folder);
  self->folder = g_strdup (folder);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), shown != NULL ? shown : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), shown);
  if (folder == NULL)
    {
      set_state (self, LIKENESS_TRAIN_FOLDER_NONE, "");
      return;
    }
  if (is_open)
    {
      set_dataset (self, open);
      return;
    }
  self->scanning = g_cancellable_new ();
  set_state (self, LIKENESS_TRAIN_FOLDER_READING, _ ("Looking at the faces…"));
  likeness_dataset_scanner_scan_async (folder, NULL, self->scanning, scan_cb,
                                       g_object_ref (self));
}

LikenessTrainFolderState
likeness_train_folder_row_get_state (LikenessTrainFolderRow *self)
{
  return self->state;
}

const char *
likeness_train_folder_row_get_folder (LikenessTrainFolderRow *self)
{
  return self->folder;
}

LikenessDataset *
likeness_train_folder_row_get_dataset (LikenessTrainFolderRow *self)
{
  return self->dataset;
}

void
likeness_train_folder_row_choose (LikenessTrainFolderRow *self)
{
  const LikenessFileDialog dialog = {
      .title = _ ("Folder to Train On"),
      .action = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };

  likeness_file_dialog_show (&self->chooser, GTK_WIDGET (self), &dialog, chooser_cb);
}
