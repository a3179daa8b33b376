/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What a dialog asks for. */
typedef struct
{
  const char *title;
  GtkFileChooserAction action;
  const char *accept; /* label of the button; NULL: "Choose" */
  const char *folder; /* absolute, bytes: where it begins; NULL: anywhere */
  const char *name;   /* UTF-8, of a file to save; NULL: none */
  void (*add_filters) (GtkFileChooser *chooser); /* NULL: any file */
} LikenessFileDialog;

/** @owner: as given to likeness_file_dialog_show(); @path: (nullable): what was chosen,
 * bytes; %NULL: it is not on this computer */
typedef void (*LikenessFileDialogFunc) (gpointer owner, const char *path);

/**
 * likeness_file_dialog_show:
 * @slot: (inout): a place in @owner that holds the dialog while it is there; nothing
 * happens where it is taken. @owner clears it when it is disposed.
 * @owner: a widget of the window that the dialog belongs to
 * @chosen: is called for a file, not for a dialog that was left
 */
void likeness_file_dialog_show (GtkFileChooserNative **slot,
                                GtkWidget *owner,
                                const LikenessFileDialog *dialog,
                                LikenessFileDialogFunc chosen);

G_END_DECLS
