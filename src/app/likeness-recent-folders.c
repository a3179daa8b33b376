/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-recent-folders.h"

#include <string.h>

#define MOST 5
#define MOST_LETTERS 40 /* of a name in the menu */
#define GROUP "likeness-data-set"

void
likeness_recent_folders_add (const char *folder)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *name = g_filename_display_basename (folder);
  char *groups[] = {(char *)GROUP, NULL};
  GtkRecentData data = {
      .display_name = name,
      .mime_type = (char *)"inode/directory",
      .app_name = (char *)g_get_application_name (),
      .app_exec = (char *)"likeness %u",
      .groups = groups,
      .is_private = FALSE,
  };

  if (data.app_name == NULL)
    data.app_name = (char *)g_get_prgname ();
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((GtkRecentInfo *)b),
                              gtk_recent_info_get_modified ((GtkRecentInfo *)a));
}

GPtrArray *
likeness_recent_folders_list (void)
{
  GtkRecentManager *manager = gtk_recent_manager_get_default ();
  GList *items = g_list_sort (gtk_recent_manager_get_items (manager), compare_times);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (GList *link = items; link != NULL && paths->len < MOST; link = link->next)
    if (gtk_recent_info_has_group (link->data, GROUP))
      {
        char *path
            = g_filename_from_uri (gtk_recent_info_get_uri (link->data), NULL, NULL);

        if (path != NULL)
          g_ptr_array_add (paths, path);
      }
  g_list_free_full (items, (GDestroyNotify)gtk_recent_info_unref);
  return paths;
}

/* A menu is as wide as its longest name, which may hold what marks a mnemonic. */
static char *
make_label (const char *path)
{
  g_autofree char *whole = g_filename_display_basename (path);
  glong length = g_utf8_strlen (whole, -1);
  g_autofree char *begin = g_utf8_substring (whole, 0, MIN (length, MOST_LETTERS / 2));
  g_autofree char *end
      = g_utf8_substring (whole, MAX (0, length - MOST_LETTERS / 2), length);
  g_autofree char *name
      = length > MOST_LETTERS ? g_strconcat (begin, "…", end, NULL) : g_strdup (whole);
  g_auto (GStrv) parts = g_strsplit (name, "_", -1);

  return g_strjoinv ("__", parts);
}

/* What changes under somebody's cursor loses it. */
static gboolean
has_all (GMenuModel *section, const GPtrArray *paths)
{
  if (g_menu_model_get_n_items (section) != (int)paths->len)
    return FALSE;
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GVariant) target = g_menu_model_get_item_attribute_value (
          section, (int)i, G_MENU_ATTRIBUTE_TARGET, G_VARIANT_TYPE_BYTESTRING);

      if (target == NULL
          || strcmp (g_variant_get_bytestring (target), paths->pdata[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

void
likeness_recent_folders_fill (GMenu *section)
{
  g_autoptr (GPtrArray) paths = likeness_recent_folders_list ();

  if (has_all (G_MENU_MODEL (section), paths))
    return;
  g_menu_remove_all (section);
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *label = make_label (paths->pdata[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target_value (
          item, "win.open-recent", g_variant_new_bytestring (paths->pdata[i]));
      g_menu_append_item (section, item);
    }
}
