/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-application.h"

#include <glib/gi18n.h>

#include "likeness-window.h"

struct _LikenessApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (LikenessApplication, likeness_application, ADW_TYPE_APPLICATION)

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  g_autofree char *libraries = g_strdup_printf (
      "Likeness %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n", PACKAGE_VERSION,
      gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
      adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
      glib_major_version, glib_minor_version, glib_micro_version);

  adw_show_about_window (
      gtk_application_get_active_window (application), "application-name", _ ("Likeness"),
      "application-icon", APPLICATION_ID, "version", PACKAGE_VERSION, "developer-name",
      _ ("The Likeness authors"), "copyright", _ ("© 2026 The Likeness authors"),
      "license-type", GTK_LICENSE_APACHE_2_0, "comments",
      _ ("Adapts a face recogniser to your own people, and shows whether that helped."),
      "debug-info", libraries, NULL);
}

static void
new_window (GtkApplication *application)
{
  gtk_window_present (GTK_WINDOW (likeness_window_new (application)));
}

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  new_window (user_data);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows
      = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* Each may hold back, as one that is training does. */
  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static const GActionEntry actions[] = {
    {"about", about_action},
    {"new-window", new_window_action},
    {"quit", quit_action},
};

static const struct
{
  const char *action;
  const char *accels[3];
} accelerators[] = {
    {"app.new-window", {"<Control>n"}},
    {"app.quit", {"<Control>q"}},
    {"win.open-folder", {"<Control>o"}},
    {"win.rescan", {"F5", "<Control>r"}},
    {"win.find", {"<Control>f"}},
    {"win.start-training", {"<Control>Return", "<Control>KP_Enter"}},
    {"win.show-help-overlay", {"<Control>question"}},
    {"win.show-page::data", {"<Alt>1"}},
    {"win.show-page::split", {"<Alt>2"}},
    {"win.show-page::train", {"<Alt>3"}},
    {"win.show-page::results", {"<Alt>4"}},
    {"window.close", {"<Control>w"}},
};

static void
likeness_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (likeness_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions,
                                   G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (
        GTK_APPLICATION (application), accelerators[i].action, accelerators[i].accels);
}

static void
likeness_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    {
      window = GTK_WINDOW (likeness_window_new (GTK_APPLICATION (application)));
      likeness_window_restore (LIKENESS_WINDOW (window));
    }
  gtk_window_present (window);
}

/* The first folder goes into a window that has none yet. */
static LikenessDatasetLoader *
get_loader (GtkWindow *window)
{
  return likeness_session_get_loader (
      likeness_window_get_session (LIKENESS_WINDOW (window)));
}

static void
likeness_application_open (GApplication *application,
                           GFile **files,
                           int n_files,
                           const char *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      GtkWindow *window
          = gtk_application_get_active_window (GTK_APPLICATION (application));
      g_autofree char *path = g_file_get_path (files[i]);

      if (!LIKENESS_IS_WINDOW (window)
          || likeness_dataset_loader_get_state (get_loader (window))
                 != LIKENESS_DATASET_LOADER_EMPTY)
        window = GTK_WINDOW (likeness_window_new (GTK_APPLICATION (application)));
      if (path != NULL)
        likeness_dataset_loader_open (get_loader (window), path);
      gtk_window_present (window);
    }
}

static void
likeness_application_class_init (LikenessApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = likeness_application_startup;
  application_class->activate = likeness_application_activate;
  application_class->open = likeness_application_open;
}

static void
likeness_application_init (LikenessApplication *self)
{
}

LikenessApplication *
likeness_application_new (void)
{
  return g_object_new (LIKENESS_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                       "/org/likeness/Likeness", NULL);
}
