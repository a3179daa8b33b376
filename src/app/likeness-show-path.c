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

/* Somebody who waits for a file manager. */
typedef struct
{
  GtkWidget *widget;
  LikenessSession *session;
  char *folder;
} Showing;

static void
show_items_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Showing *showing = user_data;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer == NULL && gtk_widget_get_root (showing->widget) != NULL)
    likeness_show_path (showing->widget, showing->session, showing->folder);
  g_object_unref (showing->widget);
  g_object_unref (showing->session);
  g_free (showing->folder);
  g_free (showing);
}

void
likeness_show_in_folder (GtkWidget *widget, LikenessSession *session, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *uri = g_file_get_uri (file);
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus
      = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  Showing *showing = NULL;

  if (bus == NULL)
    {
      likeness_show_path (widget, session, folder);
      return;
    }
  showing = g_new (Showing, 1);
  showing->widget = g_object_ref (widget);
  showing->session = g_object_ref (session);
  showing->folder = g_steal_pointer (&folder);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1",
                          "/org/freedesktop/FileManager1", "org.freedesktop.FileManager1",
                          "ShowItems",
                          g_variant_new ("(^ass)", (const char *const[]){uri, NULL}, ""),
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, show_items_cb, showing);
}
