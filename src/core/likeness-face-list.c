/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-list.h"

#include <string.h>

static int
compare_faces (gconstpointer a, gconstpointer b)
{
  LikenessFace *x = *(LikenessFace *const *)a, *y = *(LikenessFace *const *)b;
  int order = strcmp (likeness_face_get_name (x), likeness_face_get_name (y));

  return order != 0 ? order
                    : (int)likeness_face_get_split (x) - (int)likeness_face_get_split (y);
}

/* The wanted faces of a subject by name, whatever split they come from. */
static GPtrArray *
choose_faces (LikenessSubject *subject, guint split_mask)
{
  GPtrArray *faces = g_ptr_array_new ();

  if (likeness_subject_get_excluded (subject))
    return faces;
  for (guint i = 0; i < likeness_subject_get_n_faces (subject); i++)
    {
      LikenessFace *face = likeness_subject_get_face (subject, i);

      if ((split_mask >> likeness_face_get_split (face) & 1) != 0
          && !likeness_face_get_excluded (face))
        g_ptr_array_add (faces, face);
    }
  g_ptr_array_sort (faces, compare_faces);
  return faces;
}

LikenessFaceList *
likeness_face_list_new (LikenessDataset *dataset, guint split_mask)
{
  LikenessFaceList *self = g_atomic_rc_box_new0 (LikenessFaceList);
  GPtrArray *subjects = g_ptr_array_new ();
  GArray *listed = g_array_new (FALSE, FALSE, sizeof (LikenessListedFace));

  for (guint i = 0; i < likeness_dataset_get_n_subjects (dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);
      g_autoptr (GPtrArray) faces = choose_faces (subject, split_mask);

      for (guint j = 0; j < faces->len; j++)
        {
          LikenessListedFace face
              = {likeness_face_dup_path (faces->pdata[j]),
                 likeness_face_dup_low_path (faces->pdata[j]), subjects->len};

          g_array_append_val (listed, face);
        }
      if (faces->len > 0)
        g_ptr_array_add (subjects, g_strdup (likeness_subject_get_id (subject)));
    }

  self->n_subjects = subjects->len;
  g_ptr_array_add (subjects, NULL);
  self->subjects = (char **)g_ptr_array_free (subjects, FALSE);
  self->n_faces = listed->len;
  self->faces = (LikenessListedFace *)g_array_free (listed, FALSE);
  return self;
}

LikenessFaceList *
likeness_face_list_ref (LikenessFaceList *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  LikenessFaceList *self = data;

  for (guint i = 0; i < self->n_faces; i++)
    {
      g_free (self->faces[i].path);
      g_free (self->faces[i].low_path);
    }
  g_free (self->faces);
  g_strfreev (self->subjects);
}

void
likeness_face_list_unref (LikenessFaceList *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

int
likeness_face_list_find_subject (const LikenessFaceList *self, const char *subject)
{
  guint low = 0, high = self->n_subjects;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      int order = strcmp (subject, self->subjects[middle]);

      if (order == 0)
        return middle;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return -1;
}
