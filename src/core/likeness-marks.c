/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-marks-private.h"

#include <string.h>

#include "likeness-string-hash.h"

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

guint
likeness_marks_look_up (LikenessMarks *self, const char *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->faces, path));
}

void
likeness_marks_put (LikenessMarks *self, char *path, guint mark)
{
  if (mark != 0)
    g_hash_table_replace (self->faces, path, GUINT_TO_POINTER (mark));
  else
    {
      g_hash_table_remove (self->faces, path);
      g_free (path);
    }
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
  g_cond_clear (&self->finished);
}

void
likeness_marks_unref (LikenessMarks *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static void
mark_face (LikenessFace *face, guint mark)
{
  likeness_face_set_pin (face, mark & LIKENESS_MARK_PIN);
  likeness_face_set_excluded (face, (mark & LIKENESS_MARK_EXCLUDED) != 0);
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
      if (likeness_marks_look_up (self, move->to) == 0)
        {
          mark_face (face, likeness_marks_look_up (self, path));
          likeness_marks_put (self, g_strdup (move->to),
                              likeness_marks_look_up (self, path));
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
  GListModel *everyone = likeness_dataset_get_everyone (dataset);
  GHashTableIter iter;
  gpointer path;

  for (guint i = 0; i < g_list_model_get_n_items (everyone); i++)
    {
      g_autoptr (LikenessSubject) subject = g_list_model_get_item (everyone, i);

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
  guint mark = likeness_face_get_pin (face)
               | (likeness_face_get_excluded (face) ? LIKENESS_MARK_EXCLUDED : 0);

  likeness_marks_put (self, dup_relative (self, face), mark);
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

char *
likeness_marks_dup_folder (LikenessMarks *self)
{
  return g_strdup (self->folder);
}
