/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-folder-watch.h"

#include <string.h>
#include <sys/stat.h>

/* A folder as it was. */
typedef struct
{
  char *path;
  struct timespec modified;
} Folder;

/* The folders of a data set, the root first; atomic reference count, then only read. */
typedef struct
{
  GArray *folders;
} Folders;

struct _LikenessFolderWatch
{
  GObject parent_instance;

  /* Owned */
  LikenessDataset *dataset;
  Folders *folders; /* NULL until they are known */
  GPtrArray *monitors;
  GCancellable *cancellable;
  LikenessFolderState state;
  gboolean checking;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessFolderWatch, likeness_folder_watch, G_TYPE_OBJECT)

static void
folder_clear (gpointer data)
{
  g_free (((Folder *)data)->path);
}

static void
folders_clear (gpointer data)
{
  g_array_unref (((Folders *)data)->folders);
}

static void
folders_unref (gpointer folders)
{
  g_atomic_rc_box_release_full (folders, folders_clear);
}

static gboolean
get_time (const char *path, struct timespec *modified)
{
  struct stat status;

  if (stat (path, &status) != 0 || !S_ISDIR (status.st_mode))
    return FALSE;
  *modified = status.st_mtim;
  return TRUE;
}

/* Folders above come before those inside. */
static void
add (Folders *self, GHashTable *known, const char *path, const char *root)
{
  Folder folder = {0};

  if (path == NULL || g_hash_table_contains (known, path))
    return;
  if (strcmp (path, root) != 0 && g_str_has_prefix (path, root))
    {
      g_autofree char *parent = g_path_get_dirname (path);

      add (self, known, parent, root);
    }
  folder.path = g_strdup (path);
  get_time (path, &folder.modified);
  g_array_append_val (self->folders, folder);
  g_hash_table_add (known, g_strdup (path));
}

static Folders *
list_folders (LikenessDataset *dataset)
{
  Folders *self = g_atomic_rc_box_new0 (Folders);
  g_autoptr (GHashTable) known
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *root = likeness_dataset_get_root (dataset);
  const char *last = NULL;

  self->folders = g_array_new (FALSE, FALSE, sizeof (Folder));
  g_array_set_clear_func (self->folders, folder_clear);
  add (self, known, root, root);
  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
        {
          LikenessFace *face = likeness_subject_get_face (subject, j);

          /* One string for a folder: the next face mostly has the same one. */
          if (likeness_face_get_directory (face) == last)
            continue;
          last = likeness_face_get_directory (face);
          add (self, known, last, root);
          add (self, known, likeness_face_get_low_directory (face), root);
        }
    }
  return self;
}

static void
set_state (LikenessFolderWatch *self, LikenessFolderState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_signal_emit (self, signals[CHANGED], 0);
}

static LikenessFolderState
compare (const Folders *self)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      const Folder *folder = &g_array_index (self->folders, Folder, i);
      struct timespec now;

      if (!get_time (folder->path, &now))
        return i == 0 ? LIKENESS_FOLDER_GONE : LIKENESS_FOLDER_CHANGED;
      if (now.tv_sec != folder->modified.tv_sec
          || now.tv_nsec != folder->modified.tv_nsec)
        return LIKENESS_FOLDER_CHANGED;
    }
  return LIKENESS_FOLDER_SAME;
}

static void
compare_in_thread (GTask *task,
                   gpointer source_object,
                   gpointer task_data,
                   GCancellable *cancellable)
{
  g_task_return_int (task, compare (task_data));
}

static void
compare_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessFolderWatch) self = user_data;
  gssize state = g_task_propagate_int (G_TASK (result), NULL);

  if (g_task_get_task_data (G_TASK (result)) != self->folders)
    return;
  self->checking = FALSE;
  /* What a monitor saw and is as before again, may hold other files all the same. */
  if (state > (gssize)self->state)
    set_state (self, state);
}

static void
monitor_cb (LikenessFolderWatch *self,
            GFile *file,
            GFile *other_file,
            GFileMonitorEvent event)
{
  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED
      || event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT
      || event == G_FILE_MONITOR_EVENT_PRE_UNMOUNT)
    return;
  if (self->state == LIKENESS_FOLDER_SAME)
    set_state (self, LIKENESS_FOLDER_CHANGED);
  /* It may be the root that went. */
  if (event == G_FILE_MONITOR_EVENT_DELETED || event == G_FILE_MONITOR_EVENT_MOVED
      || event == G_FILE_MONITOR_EVENT_MOVED_OUT || event == G_FILE_MONITOR_EVENT_RENAMED
      || event == G_FILE_MONITOR_EVENT_UNMOUNTED)
    likeness_folder_watch_check (self);
}

static void
watch (LikenessFolderWatch *self)
{
  const GArray *folders = self->folders->folders;

  for (guint i = 0; i < folders->len && i <= LIKENESS_FOLDER_WATCH_MOST; i++)
    {
      g_autoptr (GFile) file
          = g_file_new_for_path (g_array_index (folders, Folder, i).path);
      GFileMonitor *monitor
          = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

      /* Without one the times are still compared. */
      if (monitor == NULL)
        continue;
      g_signal_connect_object (monitor, "changed", G_CALLBACK (monitor_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->monitors, monitor);
    }
}

static void
list_in_thread (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  g_task_return_pointer (task, list_folders (task_data), folders_unref);
}

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessFolderWatch) self = user_data;
  Folders *folders = g_task_propagate_pointer (G_TASK (result), NULL);

  if (folders == NULL)
    return;
  if (g_task_get_task_data (G_TASK (result)) != self->dataset || self->folders != NULL)
    {
      folders_unref (folders);
      return;
    }
  self->folders = folders;
  watch (self);
}

static void
let_go (LikenessFolderWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->dataset);
  g_clear_pointer (&self->folders, folders_unref);
  g_ptr_array_set_size (self->monitors, 0);
  self->checking = FALSE;
}

static void
likeness_folder_watch_finalize (GObject *object)
{
  LikenessFolderWatch *self = LIKENESS_FOLDER_WATCH (object);

  let_go (self);
  g_ptr_array_unref (self->monitors);

  G_OBJECT_CLASS (likeness_folder_watch_parent_class)->finalize (object);
}

static void
likeness_folder_watch_class_init (LikenessFolderWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = likeness_folder_watch_finalize;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_FOLDER_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
likeness_folder_watch_init (LikenessFolderWatch *self)
{
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
}

LikenessFolderWatch *
likeness_folder_watch_new (void)
{
  return g_object_new (LIKENESS_TYPE_FOLDER_WATCH, NULL);
}

void
likeness_folder_watch_set_dataset (LikenessFolderWatch *self, LikenessDataset *dataset)
{
  let_go (self);
  set_state (self, LIKENESS_FOLDER_SAME);
  if (dataset != NULL)
    {
      g_autoptr (GTask) task = NULL;

      self->dataset = g_object_ref (dataset);
      self->cancellable = g_cancellable_new ();
      task = g_task_new (NULL, self->cancellable, list_cb, g_object_ref (self));
      g_task_set_task_data (task, g_object_ref (dataset), g_object_unref);
      g_task_run_in_thread (task, list_in_thread);
    }
}

void
likeness_folder_watch_check (LikenessFolderWatch *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->folders == NULL || self->checking)
    return;
  self->checking = TRUE;
  task = g_task_new (NULL, self->cancellable, compare_cb, g_object_ref (self));
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->folders), folders_unref);
  g_task_run_in_thread (task, compare_in_thread);
}

LikenessFolderState
likeness_folder_watch_get_state (LikenessFolderWatch *self)
{
  return self->state;
}

guint
likeness_folder_watch_get_n_watched (LikenessFolderWatch *self)
{
  return self->monitors->len;
}
