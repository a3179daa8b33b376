/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-file-dialog.h"

#include <glib/gi18n.h>

/* Of a dialog on show. */
typedef struct
{
  GtkFileChooserNative **slot; /* in the owner, which lives as long as it is asked */
  LikenessFileDialogFunc chosen;
} Question;

#define QUESTION_KEY "likeness-question"

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer owner)
{
  const Question *question = g_object_get_data (G_OBJECT (dialog), QUESTION_KEY);
  LikenessFileDialogFunc chosen = question->chosen;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  /* First, so that the answer may lead to another question. */
  g_clear_object (question->slot);
  if (file != NULL)
    {
      g_autofree char *path = g_file_get_path (file);

      chosen (owner, path);
    }
}

void
likeness_file_dialog_show (GtkFileChooserNative **slot,
                           GtkWidget *owner,
                           const LikenessFileDialog *dialog,
                           LikenessFileDialogFunc chosen)
{
  GtkFileChooserNative *native;
  Question *question;

  if (*slot != NULL)
    return;
  native = gtk_file_chooser_native_new (
      dialog->title, GTK_WINDOW (gtk_widget_get_root (owner)), dialog->action,
      dialog->accept != NULL ? dialog->accept : _ ("_Choose"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  if (dialog->folder != NULL)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (dialog->folder);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (native), folder, NULL);
    }
  if (dialog->name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), dialog->name);
  if (dialog->add_filters != NULL)
    dialog->add_filters (GTK_FILE_CHOOSER (native));

  question = g_new (Question, 1);
  *question = (Question){slot, chosen};
  g_object_set_data_full (G_OBJECT (native), QUESTION_KEY, question, g_free);
  g_signal_connect_object (native, "response", G_CALLBACK (response_cb), owner, 0);
  *slot = native;
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}
