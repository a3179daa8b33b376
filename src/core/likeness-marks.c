/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-marks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-digest.h"
#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-string-hash.h"

#define MOST_BYTES (64 * 1024 * 1024)
#define PINS_FILE "pins.tsv"
#define EXCLUDED_FILE "excluded.tsv"
#define SUBJECT_WORD "subject"
#define FACE_WORD "face"

/* What stands in the table of faces: the pin, and this where it is excluded. */
#define EXCLUDED 4u
#define PIN_MASK 3u

struct _LikenessMarks
{
  /* Owned */
  char *root;
  char *folder;
  GHashTable *subjects; /* a set of ids, bytes */
  GHashTable *faces;    /* relative path, bytes -> pin and EXCLUDED */
  guint n_asked;        /* for a save, so far */

  GMutex mutex;
  guint n_saved; /* under the mutex: the youngest request that was written */
};

static void
move_free (gpointer data)
{
  LikenessMove *move = data;

  g_free (move->from);
  g_free (move->to);
  g_free (move);
}

static const char *
skip_root (LikenessMarks *self, const char *path)
{
  if (g_str_has_prefix (path, self->root))
    for (path += strlen (self->root); *path == '/'; path++)
      ;
  return path;
}

static char *
dup_relative (LikenessMarks *self, LikenessFace *face)
{
  g_autofree char *path = likeness_face_dup_path (face);

  return g_strdup (skip_root (self, path));
}

static guint
look_up (LikenessMarks *self, const char *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->faces, path));
}

static void
put (LikenessMarks *self, char *path, guint mark)
{
  if (mark != 0)
    g_hash_table_replace (self->faces, path, GUINT_TO_POINTER (mark));
  else
    {
      g_hash_table_remove (self->faces, path);
      g_free (path);
    }
}

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
    put (self, path, (look_up (self, path) & EXCLUDED) | pin);
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
    put (self, name, look_up (self, name) | EXCLUDED);
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

  if (!read_file (self, PINS_FILE, read_pin, error)
      || !read_file (self, EXCLUDED_FILE, read_excluded, error))
    return NULL;
  return g_steal_pointer (&self);
}

LikenessMarks *
likeness_marks_ref (LikenessMarks *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  LikenessMarks *self = data;

  g_free (self->root);
  g_free (self->folder);
  g_clear_pointer (&self->subjects, g_hash_table_unref);
  g_clear_pointer (&self->faces, g_hash_table_unref);
  g_mutex_clear (&self->mutex);
}

void
likeness_marks_unref (LikenessMarks *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
mark_face (LikenessFace *face, guint mark)
{
  likeness_face_set_pin (face, mark & PIN_MASK);
  likeness_face_set_excluded (face, (mark & EXCLUDED) != 0);
}

static GPtrArray *
list_faces (LikenessDataset *dataset)
{
  GPtrArray *faces = g_ptr_array_sized_new (likeness_dataset_get_n_faces (dataset));

  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      for (guint j = 0; j < likeness_subject_get_n_faces (subject); j++)
        g_ptr_array_add (faces, likeness_subject_get_face (subject, j));
    }
  return faces;
}

/* By its name the one face of a lost mark; itself where there are more. */
static GHashTable *
find_names (GPtrArray *lost, GPtrArray *faces)
{
  GHashTable *found
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < lost->len; i++)
    g_hash_table_insert (found, g_path_get_basename (g_ptr_array_index (lost, i)), NULL);
  for (guint i = 0; i < faces->len; i++)
    {
      LikenessFace *face = g_ptr_array_index (faces, i);
      gpointer name, before;

      if (g_hash_table_lookup_extended (found, likeness_face_get_name (face), &name,
                                        &before))
        g_hash_table_insert (found, g_strdup (name),
                             before == NULL ? (gpointer)face : (gpointer)found);
    }
  return found;
}

static GPtrArray *
follow (LikenessMarks *self, GPtrArray *lost, GPtrArray *faces)
{
  g_autoptr (GHashTable) found = find_names (lost, faces);
  GPtrArray *moves = g_ptr_array_new_with_free_func (move_free);

  for (guint i = 0; i < lost->len; i++)
    {
      const char *path = g_ptr_array_index (lost, i);
      g_autofree char *name = g_path_get_basename (path);
      gpointer face = g_hash_table_lookup (found, name);
      LikenessMove *move = g_new0 (LikenessMove, 1);

      move->from = g_strdup (path);
      g_ptr_array_add (moves, move);
      if (face == NULL || face == found)
        continue;
      move->to = dup_relative (self, face);
      /* A mark of its own comes first, and of two lost ones of one name the former. */
      if (look_up (self, move->to) == 0)
        {
          mark_face (face, look_up (self, path));
          put (self, g_strdup (move->to), look_up (self, path));
        }
      g_hash_table_remove (self->faces, path);
    }
  return moves;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
likeness_marks_apply (LikenessMarks *self, LikenessDataset *dataset)
{
  g_autoptr (GPtrArray) faces = NULL;
  g_autoptr (GPtrArray) lost = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = NULL;
  GHashTableIter iter;
  gpointer path;

  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);

      likeness_subject_set_excluded (
          subject,
          g_hash_table_contains (self->subjects, likeness_subject_get_id (subject)));
    }
  if (g_hash_table_size (self->faces) == 0)
    return g_ptr_array_new_with_free_func (move_free);

  faces = list_faces (dataset);
  seen = g_hash_table_new (likeness_string_hash, g_str_equal);
  for (guint i = 0; i < faces->len; i++)
    {
      g_autofree char *relative = dup_relative (self, g_ptr_array_index (faces, i));
      gpointer key, mark;

      if (!g_hash_table_lookup_extended (self->faces, relative, &key, &mark))
        continue;
      g_hash_table_add (seen, key);
      mark_face (g_ptr_array_index (faces, i), GPOINTER_TO_UINT (mark));
    }
  g_hash_table_iter_init (&iter, self->faces);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (seen, path))
      g_ptr_array_add (lost, g_strdup (path));
  g_ptr_array_sort (lost, compare_paths);
  return follow (self, lost, faces);
}

void
likeness_marks_set_subject_excluded (LikenessMarks *self,
                                     LikenessSubject *subject,
                                     gboolean excluded)
{
  const char *id = likeness_subject_get_id (subject);

  likeness_subject_set_excluded (subject, excluded);
  if (excluded)
    g_hash_table_add (self->subjects, g_strdup (id));
  else
    g_hash_table_remove (self->subjects, id);
}

static void
remember (LikenessMarks *self, LikenessFace *face)
{
  guint mark
      = likeness_face_get_pin (face) | (likeness_face_get_excluded (face) ? EXCLUDED : 0);

  put (self, dup_relative (self, face), mark);
}

void
likeness_marks_set_face_excluded (LikenessMarks *self,
                                  LikenessFace *face,
                                  gboolean excluded)
{
  likeness_face_set_excluded (face, excluded);
  remember (self, face);
}

void
likeness_marks_set_pin (LikenessMarks *self, LikenessFace *face, LikenessPin pin)
{
  likeness_face_set_pin (face, pin);
  remember (self, face);
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
  save->number = ++self->n_asked;
  save->pins = g_string_new (NULL);
  save->excluded = g_string_new (NULL);
  for (guint i = 0; i < subjects->len; i++)
    add_line (save->excluded, SUBJECT_WORD, g_ptr_array_index (subjects, i));
  for (guint i = 0; i < faces->len; i++)
    {
      const char *path = g_ptr_array_index (faces, i);
      guint mark = look_up (self, path);

      if ((mark & PIN_MASK) != 0)
        add_line (save->pins, likeness_pin_to_string (mark & PIN_MASK), path);
      if ((mark & EXCLUDED) != 0)
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
  if (save->number > self->n_saved)
    {
      g_mkdir_with_parents (self->folder, 0700);
      done = write_file (self->folder, PINS_FILE, save->pins, &error)
             && write_file (self->folder, EXCLUDED_FILE, save->excluded, &error);
      if (done)
        self->n_saved = save->number;
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

char *
likeness_marks_dup_folder (LikenessMarks *self)
{
  return g_strdup (self->folder);
}
