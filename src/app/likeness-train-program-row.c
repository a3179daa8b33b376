/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-program-row.h"

#include <glib/gi18n.h>

#include "likeness-weights-file.h"

struct _LikenessTrainProgramRow
{
  LikenessTrainFileRow parent_instance;

  /* Template widgets */
  GtkButton *clear_button;

  /* Owned */
  char *asked; /* what the open question is about */
};

G_DEFINE_FINAL_TYPE (LikenessTrainProgramRow,
                     likeness_train_program_row,
                     LIKENESS_TYPE_TRAIN_FILE_ROW)

/* Only what its first bytes say that it is: nothing of it is run, or read to its end. */
static char *
describe (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  g_autofree char *name = g_filename_display_basename (path);

  if (file == NULL
      || (file->kind != LIKENESS_WEIGHTS_FILE_ZIP
          && !likeness_weights_file_refuse (file, error)))
    return NULL;
  /* Translators: %s is a file */
  return g_strdup_printf (_ ("“%s” enlarges the low-resolution faces, as the program "
                             "that it is"),
                          name);
}

static void
set_path (LikenessTrainProgramRow *self, const char *path)
{
  gtk_widget_set_visible (GTK_WIDGET (self->clear_button), path != NULL);
  likeness_train_file_row_set_path (LIKENESS_TRAIN_FILE_ROW (self), path);
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

  likeness_train_file_row_choose (LIKENESS_TRAIN_FILE_ROW (self), &dialog, chooser_cb);
}

static void
likeness_train_program_row_finalize (GObject *object)
{
  g_free (LIKENESS_TRAIN_PROGRAM_ROW (object)->asked);

  G_OBJECT_CLASS (likeness_train_program_row_parent_class)->finalize (object);
}

static void
likeness_train_program_row_class_init (LikenessTrainProgramRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LikenessTrainFileRowClass *row_class = LIKENESS_TRAIN_FILE_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = likeness_train_program_row_finalize;
  row_class->none = N_ ("None: low-resolution faces are enlarged bilinearly");
  row_class->optional = TRUE;
  row_class->describe = describe;

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

void
likeness_train_program_row_apply (LikenessTrainProgramRow *self,
                                  LikenessRunConfig *config)
{
  const char *path = likeness_train_file_row_get_path (LIKENESS_TRAIN_FILE_ROW (self));

  g_free (config->super_resolution);
  config->super_resolution = g_strdup (path);
  config->trust_super_resolution = path != NULL;
}

void
likeness_train_program_row_reset (LikenessTrainProgramRow *self)
{
  if (likeness_train_file_row_get_path (LIKENESS_TRAIN_FILE_ROW (self)) != NULL)
    set_path (self, NULL);
}
