/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-file-row.h"

#include <glib/gi18n.h>

#include "likeness-train-row.h"

typedef struct
{
  /* Owned */
  char *path;
  gboolean valid;
  GCancellable *reading;
  GtkFileChooserNative *chooser;
} LikenessTrainFileRowPrivate;

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LikenessTrainFileRow,
                                     likeness_train_file_row,
                                     ADW_TYPE_ACTION_ROW)

static LikenessTrainFileRowPrivate *
get_private (LikenessTrainFileRow *self)
{
  return likeness_train_file_row_get_instance_private (self);
}

static void
say (LikenessTrainFileRow *self, const char *text, gboolean wrong)
{
  likeness_train_row_say (ADW_ACTION_ROW (self), text, wrong);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* No widget goes to the worker. */
typedef struct
{
  char *path;
  char *(*describe) (const char *path, GCancellable *cancellable, GError **error);
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  g_free (reading);
}

static void
read_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  const Reading *reading = task_data;
  GError *error = NULL;
  char *description = reading->describe (reading->path, cancellable, &error);

  if (description != NULL)
    g_task_return_pointer (task, description, g_free);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessTrainFileRow) self = user_data;
  LikenessTrainFileRowPrivate *private = get_private (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *description = g_task_propagate_pointer (G_TASK (result), &error);

  /* Another file was chosen meanwhile, or the window closed. */
  if (private->reading == NULL
      || g_task_get_cancellable (G_TASK (result)) != private->reading)
    return;
  g_clear_object (&private->reading);
  private->valid = description != NULL;
  say (self, description != NULL ? description : error->message, description == NULL);
}

static void
read_file (LikenessTrainFileRow *self)
{
  LikenessTrainFileRowClass *klass = LIKENESS_TRAIN_FILE_ROW_GET_CLASS (self);
  LikenessTrainFileRowPrivate *private = get_private (self);
  g_autoptr (GTask) task = NULL;
  Reading *reading = NULL;

  g_cancellable_cancel (private->reading);
  g_clear_object (&private->reading);
  private->valid = private->path == NULL && klass->optional;
  if (private->path == NULL)
    {
      say (self, _ (klass->none), FALSE);
      return;
    }
  private->reading = g_cancellable_new ();
  task = g_task_new (NULL, private->reading, read_cb, g_object_ref (self));
  reading = g_new0 (Reading, 1);
  reading->path = g_strdup (private->path);
  reading->describe = klass->describe;
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_thread);
  say (self, _ ("Reading…"), FALSE);
}

static void
likeness_train_file_row_dispose (GObject *object)
{
  LikenessTrainFileRowPrivate *private = get_private (LIKENESS_TRAIN_FILE_ROW (object));

  g_cancellable_cancel (private->reading);
  g_clear_object (&private->reading);
  g_clear_object (&private->chooser);
  g_clear_pointer (&private->path, g_free);

  G_OBJECT_CLASS (likeness_train_file_row_parent_class)->dispose (object);
}

static void
likeness_train_file_row_class_init (LikenessTrainFileRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = likeness_train_file_row_dispose;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_FILE_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
likeness_train_file_row_init (LikenessTrainFileRow *self)
{
}

const char *
likeness_train_file_row_get_path (LikenessTrainFileRow *self)
{
  return get_private (self)->path;
}

void
likeness_train_file_row_set_path (LikenessTrainFileRow *self, const char *path)
{
  LikenessTrainFileRowPrivate *private = get_private (self);
  char *copy = g_strdup (path);

  g_free (private->path);
  private->path = copy;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), copy);
  read_file (self);
}

gboolean
likeness_train_file_row_get_valid (LikenessTrainFileRow *self)
{
  return get_private (self)->valid;
}

void
likeness_train_file_row_retry (LikenessTrainFileRow *self)
{
  LikenessTrainFileRowPrivate *private = get_private (self);

  if (private->path != NULL && !private->valid && private->reading == NULL)
    read_file (self);
}

void
likeness_train_file_row_choose (LikenessTrainFileRow *self,
                                const LikenessFileDialog *dialog,
                                LikenessFileDialogFunc callback)
{
  likeness_file_dialog_show (&get_private (self)->chooser, GTK_WIDGET (self), dialog,
                             callback);
}
