/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-program-row.h"

#include <glib/gi18n.h>

#include "likeness-file-dialog.h"
#include "likeness-train-row.h"
#include "likeness-weights-file.h"

struct _LikenessTrainProgramRow
{
  AdwActionRow parent_instance;

  /* Template widgets */
  GtkButton *clear_button;

  /* Owned */
  char *path;
  char *asked; /* what the open question is about */
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

G_DEFINE_FINAL_TYPE (LikenessTrainProgramRow,
                     likeness_train_program_row,
                     ADW_TYPE_ACTION_ROW)

static void
say (LikenessTrainProgramRow *self, const char *text, gboolean wrong)
{
  likeness_train_row_say (ADW_ACTION_ROW (self), text, wrong);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Only what its first bytes say that it is: nothing of it is run, or read to its end. */
static void
read_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (task_data, &error);

  if (file != NULL
      && (file->kind == LIKENESS_WEIGHTS_FILE_ZIP
          || likeness_weights_file_refuse (file, &error)))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessTrainProgramRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;
  gboolean good = g_task_propagate_boolean (G_TASK (result), &error);

  /* Another file was chosen meanwhile, or the window closed. */
  if (self->reading == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;
  g_clear_object (&self->reading);
  self->valid = good;
  name = g_filename_display_basename (self->path);
  if (good)
    /* Translators: %s is a file */
    text = g_strdup_printf (_ ("“%s” enlarges the low-resolution faces, as the program "
                               "that it is"),
                            name);
  say (self, good ? text : error->message, !good);
}

static void
set_path (LikenessTrainProgramRow *self, const char *path)
{
  g_autoptr (GTask) task = NULL;
  char *copy = g_strdup (path);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_free (self->path);
  self->path = copy;
  self->valid = path == NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), path != NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), path);
  if (path == NULL)
    {
      say (self, _ ("None: low-resolution faces are enlarged bilinearly"), FALSE);
      return;
    }
  self->reading = g_cancellable_new ();
  task = g_task_new (NULL, self->reading, read_cb, g_object_ref (self));
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_thread);
  say (self, _ ("Reading…"), FALSE);
}

static void
answer_cb (LikenessTrainProgramRow *self, const char *response)
{
  g_autofree char *path = g_steal_pointer (&self->asked);

  if (g_str_equal (response, "use"))
    set_path (self, path);
}

void
likeness_train_program_row_ask (LikenessTrainProgramRow *self, const char *path)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = g_filename_display_basename (path);
  AdwMessageDialog *question = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ ("Run This Program?"), NULL));

  adw_message_dialog_format_body (question,
                                  /* Translators: %s is a file */
                                  _ ("“%s” is not only numbers: it is a program, and it "
                                     "runs with your rights. Use it "
                                     "only if you trust where it comes from."),
                                  name);
  adw_message_dialog_add_responses (question, "cancel", _ ("_Cancel"), "use",
                                    _ ("_Use It"), NULL);
  adw_message_dialog_set_response_appearance (question, "use", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (question, "cancel");
  adw_message_dialog_set_close_response (question, "cancel");
  g_free (self->asked);
  self->asked = g_strdup (path);
  g_signal_connect_object (question, "response", G_CALLBACK (answer_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (question));
}

static void
chooser_cb (gpointer owner, const char *path)
{
  if (path != NULL)
    likeness_train_program_row_ask (LIKENESS_TRAIN_PROGRAM_ROW (owner), path);
}

static void
choose_cb (LikenessTrainProgramRow *self)
{
  const LikenessFileDialog dialog = {
      .title = _ ("Super-Resolution Model"),
      .action = GTK_FILE_CHOOSER_ACTION_OPEN,
  };

  likeness_file_dialog_show (&self->chooser, GTK_WIDGET (self), &dialog, chooser_cb);
}

static void
likeness_train_program_row_dispose (GObject *object)
{
  LikenessTrainProgramRow *self = LIKENESS_TRAIN_PROGRAM_ROW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->asked, g_free);

  G_OBJECT_CLASS (likeness_train_program_row_parent_class)->dispose (object);
}

static void
likeness_train_program_row_class_init (LikenessTrainProgramRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_train_program_row_dispose;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_PROGRAM_ROW, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-train-program-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainProgramRow,
                                        clear_button);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class,
                                           likeness_train_program_row_reset);
}

static void
likeness_train_program_row_init (LikenessTrainProgramRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_path (self, NULL);
}

GtkWidget *
likeness_train_program_row_new (void)
{
  return g_object_new (LIKENESS_TYPE_TRAIN_PROGRAM_ROW, NULL);
}

const char *
likeness_train_program_row_get_path (LikenessTrainProgramRow *self)
{
  return self->path;
}

gboolean
likeness_train_program_row_get_valid (LikenessTrainProgramRow *self)
{
  return self->valid;
}

void
likeness_train_program_row_apply (LikenessTrainProgramRow *self,
                                  LikenessRunConfig *config)
{
  g_free (config->super_resolution);
  config->super_resolution = g_strdup (self->path);
  config->trust_super_resolution = self->path != NULL;
}

void
likeness_train_program_row_reset (LikenessTrainProgramRow *self)
{
  if (self->path != NULL)
    set_path (self, NULL);
}
