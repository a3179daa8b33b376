/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-list.h"

#include <glib/gstdio.h>

#include "likeness-run-item.h"
#include "likeness-run-log.h"

/* What the worker finds: plain, since objects belong to the main thread. */
typedef struct
{
  char *folder;
  gint64 changed;
} Found;

typedef struct
{
  char *directory;
  char *also;
  GArray *found;
} Listing;

static void
found_clear (gpointer data)
{
  g_free (((Found *)data)->folder);
}

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_free (listing->directory);
  g_free (listing->also);
  g_array_unref (listing->found);
  g_free (listing);
}

/* A folder is a run's where a run wrote its log. */
static void
add_if_run (Listing *listing, const char *folder)
{
  g_autofree char *path = g_build_filename (folder, LIKENESS_RUN_EVENTS_NAME, NULL);
  GStatBuf status;

  if (g_stat (path, &status) == 0 && S_ISREG (status.st_mode))
    {
      Found found = {g_strdup (folder), status.st_mtime};

      g_array_append_val (listing->found, found);
    }
}

static void
read_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Listing *listing = task_data;
  g_autoptr (GDir) dir = g_dir_open (listing->directory, 0, NULL);
  g_autofree char *also_parent
      = listing->also != NULL ? g_path_get_dirname (listing->also) : NULL;
  const char *name;

  if (listing->also != NULL && !g_str_equal (also_parent, listing->directory))
    add_if_run (listing, listing->also);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL
         && !g_cancellable_is_cancelled (cancellable))
    {
      g_autofree char *folder = g_build_filename (listing->directory, name, NULL);

      add_if_run (listing, folder);
    }
  g_task_return_boolean (task, TRUE);
}

void
likeness_run_list_read_async (const char *directory,
                              const char *also,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);

  listing->directory = g_strdup (directory);
  listing->also = g_strdup (also);
  listing->found = g_array_new (FALSE, FALSE, sizeof (Found));
  g_array_set_clear_func (listing->found, found_clear);
  g_task_set_source_tag (task, likeness_run_list_read_async);
  g_task_set_task_data (task, listing, listing_free);
  g_task_run_in_thread (task, read_thread);
}

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return likeness_run_item_compare ((LikenessRunItem *)a, (LikenessRunItem *)b);
}

GListStore *
likeness_run_list_read_finish (GAsyncResult *result, GError **error)
{
  Listing *listing = g_task_get_task_data (G_TASK (result));
  GListStore *store = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  store = g_list_store_new (LIKENESS_TYPE_RUN_ITEM);
  for (guint i = 0; i < listing->found->len; i++)
    {
      const Found *found = &g_array_index (listing->found, Found, i);
      g_autoptr (LikenessRunItem) item
          = likeness_run_item_new (found->folder, found->changed);

      g_list_store_append (store, item);
    }
  g_list_store_sort (store, compare, NULL);
  return store;
}
