/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-show-path.h"

static void
show_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSession) session = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    likeness_session_say (session, error->message);
}

void
likeness_show_path (GtkWidget *widget, LikenessSession *session, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);

  gtk_show_uri_full (GTK_WINDOW (gtk_widget_get_root (widget)), uri, GDK_CURRENT_TIME,
                     NULL, show_cb, g_object_ref (session));
}
