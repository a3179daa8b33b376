/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-digest.h"
#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-marks-private.h"
#include "likeness-string-hash.h"

#define MOST_BYTES (64 * 1024 * 1024)
#define PINS_FILE "pins.tsv"
#define EXCLUDED_FILE "excluded.tsv"
#define SUBJECT_WORD "subject"
#define FACE_WORD "face"

/* "word<TAB>escaped name"; the name's bytes, or NULL. Cuts @line at the tab. */
static char *
read_line (char *line)
{
  char *tab = strchr (line, '\t');
  char *name = NULL;

  if (tab == NULL)
    return NULL;
  *tab = '\0';
  name = likeness_json_unescape (tab + 1);
  return name != NULL ? name : g_strdup (tab + 1);
}

static void
read_pin (LikenessMarks *self, char *line)
{
  char *path = read_line (line);
  LikenessPin pin = path != NULL ? likeness_pin_from_string (line) : LIKENESS_PIN_NONE;

  if (pin != LIKENESS_PIN_NONE)
    likeness_marks_put (
        self, path, (likeness_marks_look_up (self, path) & LIKENESS_MARK_EXCLUDED) | pin);
  else
    g_free (path);
}

static void
read_excluded (LikenessMarks *self, char *line)
{
  char *name = read_line (line);

  if (name != NULL && strcmp (line, SUBJECT_WORD) == 0)
    g_hash_table_add (self->subjects, name);
  else if (name != NULL && strcmp (line, FACE_WORD) == 0)
    likeness_marks_put (self, name,
                        likeness_marks_look_up (self, name) | LIKENESS_MARK_EXCLUDED);
  else
    g_free (name);
}

static gboolean
read_file (LikenessMarks *self,
           const char *name,
           void (*read) (LikenessMarks *self, char *line),
           GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) failure = NULL;
  gsize length = 0;

  if (!likeness_json_read_file (path, MOST_BYTES, &contents, &length, &failure))
    {
      if (g_error_matches (failure, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  lines = g_strsplit (contents, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    read (self, *line);
  return TRUE;
}

LikenessMarks *
likeness_marks_load (const char *root, GError **error)
{
  g_autoptr (LikenessMarks) self = g_atomic_rc_box_new0 (LikenessMarks);
  g_autofree char *digits = NULL;
  LikenessDigest digest;

  self->root = g_canonicalize_filename (root, NULL);
  likeness_digest_bytes (self->root, strlen (self->root), &digest);
  digits = likeness_digest_to_string (&digest);
  self->folder
      = g_build_filename (g_get_user_data_dir (), "likeness", "datasets", digits, NULL);
  self->subjects
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  self->faces = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->finished);

  if (!read_file (self, PINS_FILE, read_pin, error)
      || !read_file (self, EXCLUDED_FILE, read_excluded, error))
    return NULL;
  return g_steal_pointer (&self);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The files as they are to be, made where the marks belong. */
typedef struct
{
  LikenessMarks *marks;
  guint number;
  GString *pins;
  GString *excluded;
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  likeness_marks_unref (save->marks);
  g_string_free (save->pins, TRUE);
  g_string_free (save->excluded, TRUE);
  g_free (save);
}

static GPtrArray *
sort_keys (GHashTable *table)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_ptr_array_add (keys, key);
  g_ptr_array_sort (keys, compare_paths);
  return keys;
}

static void
add_line (GString *text, const char *word, const char *name)
{
  g_autofree char *escaped = likeness_json_escape (name);
  g_auto (GStrv) pieces = g_strsplit (escaped, "\n", -1);
  /* JSON can hold what a line cannot. */
  g_autofree char *line = g_strjoinv ("\\x0a", pieces);

  g_string_append_printf (text, "%s\t%s\n", word, line);
}

static Save *
save_new (LikenessMarks *self)
{
  Save *save = g_new0 (Save, 1);
  g_autoptr (GPtrArray) subjects = sort_keys (self->subjects);
  g_autoptr (GPtrArray) faces = sort_keys (self->faces);

  save->marks = likeness_marks_ref (self);
  g_mutex_lock (&self->mutex);
  save->number = ++self->n_asked;
  g_mutex_unlock (&self->mutex);
  save->pins = g_string_new (NULL);
  save->excluded = g_string_new (NULL);
  for (guint i = 0; i < subjects->len; i++)
    add_line (save->excluded, SUBJECT_WORD, g_ptr_array_index (subjects, i));
  for (guint i = 0; i < faces->len; i++)
    {
      const char *path = g_ptr_array_index (faces, i);
      guint mark = likeness_marks_look_up (self, path);

      if ((mark & LIKENESS_MARK_PIN) != 0)
        add_line (save->pins, likeness_pin_to_string (mark & LIKENESS_MARK_PIN), path);
      if ((mark & LIKENESS_MARK_EXCLUDED) != 0)
        add_line (save->excluded, FACE_WORD, path);
    }
  return save;
}

static gboolean
write_file (const char *folder, const char *name, const GString *text, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents_full (path, text->str, text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static void
write_marks (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Save *save = task_data;
  LikenessMarks *self = save->marks;
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  g_mutex_lock (&self->mutex);
  if (save->number > self->n_finished)
    {
      g_mkdir_with_parents (self->folder, 0700);
      done = write_file (self->folder, PINS_FILE, save->pins, &error)
             && write_file (self->folder, EXCLUDED_FILE, save->excluded, &error);
      self->n_finished = save->number;
      g_cond_broadcast (&self->finished);
    }
  g_mutex_unlock (&self->mutex);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (
        task, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
        _ ("Exclusions and pins could not be saved (%s). Make room or allow writing "
           "there, and change one again."),
        error->message);
}

void
likeness_marks_save_async (LikenessMarks *self,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, save_new (self), save_free);
  g_task_run_in_thread (task, write_marks);
}

gboolean
likeness_marks_save_finish (LikenessMarks *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
likeness_marks_wait_saved (LikenessMarks *self)
{
  g_mutex_lock (&self->mutex);
  while (self->n_finished < self->n_asked)
    g_cond_wait (&self->finished, &self->mutex);
  g_mutex_unlock (&self->mutex);
}
