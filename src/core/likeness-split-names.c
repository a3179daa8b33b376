/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <string.h>

#include "likeness-string-hash.h"

#include "likeness-split-names.h"

#define LONGEST_NAME 255
/* The scanner takes the best images of the paired layout from no other folder. */
#define HIGH_FOLDER "hr_images"
#define LOW_FOLDER "vlr_images"

static void
planned_file_free (gpointer item)
{
  LikenessPlannedFile *self = item;

  g_free (self->path);
  g_free (self);
}

/* The name with @mark before its extension; shortened where it would grow too long. */
static char *
mark_name (const char *name, const char *mark)
{
  const char *dot = strrchr (name, '.');
  const char *extension = dot != NULL && dot != name ? dot : name + strlen (name);
  gsize stem = extension - name;
  gsize added = 1 + strlen (mark) + strlen (extension);

  if (added < LONGEST_NAME && stem + added > LONGEST_NAME)
    stem = LONGEST_NAME - added;
  return g_strdup_printf ("%.*s.%s%s", (int)stem, name, mark, extension);
}

/* What must be unique: the name, within its subject where subjects have folders. */
static char *
make_scope (const LikenessPlanFace *face, const char *name, LikenessLayout layout)
{
  return layout == LIKENESS_LAYOUT_FOLDERS ? g_strconcat (face->subject, "/", name, NULL)
                                           : g_strdup (name);
}

static int
compare_by_path (gconstpointer a, gconstpointer b, gpointer faces)
{
  const LikenessPlanFace *first = (const LikenessPlanFace *)faces + *(const gsize *)a;
  const LikenessPlanFace *second = (const LikenessPlanFace *)faces + *(const gsize *)b;

  return strcmp (first->path, second->path);
}

static char *
choose_name (const LikenessPlanFace *face, LikenessLayout layout, GHashTable *taken)
{
  const char *origin = likeness_split_to_string (face->origin);

  for (guint i = 1;; i++)
    {
      g_autofree char *mark
          = i == 1 ? g_strdup (origin) : g_strdup_printf ("%s-%u", origin, i);
      g_autofree char *name = mark_name (face->name, mark);
      g_autofree char *scope = make_scope (face, name, layout);

      if (!g_hash_table_contains (taken, scope))
        {
          g_hash_table_add (taken, g_steal_pointer (&scope));
          return g_steal_pointer (&name);
        }
    }
}

/* One new name a face, by index. All faces of the job take part, whatever their side is,
 * so that a name does not hang on the seed. */
static char **
choose_names (const LikenessSplitJob *job, LikenessLayout layout)
{
  g_autoptr (GHashTable) taken
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) doubled
      = g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
  g_autofree gsize *order = g_new (gsize, job->n_faces);
  char **names = g_new0 (char *, job->n_faces + 1);

  for (gsize i = 0; i < job->n_faces; i++)
    {
      char *scope = make_scope (&job->faces[i], job->faces[i].name, layout);

      order[i] = i;
      if (g_hash_table_contains (taken, scope))
        g_hash_table_add (doubled, scope);
      else
        g_hash_table_add (taken, scope);
    }
  g_qsort_with_data (order, job->n_faces, sizeof *order, compare_by_path, job->faces);

  for (gsize i = 0; i < job->n_faces; i++)
    {
      const LikenessPlanFace *face = &job->faces[order[i]];
      g_autofree char *scope = make_scope (face, face->name, layout);

      names[order[i]] = g_hash_table_contains (doubled, scope)
                            ? choose_name (face, layout, taken)
                            : g_strdup (face->name);
    }
  return names;
}

/* The name of the folder that a file stands in: "vlr_images_16x16" of the source is kept,
 * so that it goes on saying what it holds. */
static char *
get_folder_name (const LikenessJobFile *file, const char *otherwise)
{
  g_autofree char *folder = NULL;
  g_autofree char *name = NULL;

  if (file->path == NULL)
    return g_strdup (otherwise);
  folder = g_path_get_dirname (file->path);
  name = g_path_get_basename (folder);
  return g_strdup (strcmp (name, ".") == 0 ? otherwise : name);
}

static char *
make_path (const LikenessPlanFace *face,
           LikenessLayout layout,
           const char *split,
           const char *folder,
           gboolean is_partner,
           const char *name)
{
  gboolean is_special = strcmp (face->subject, "") == 0
                        || strcmp (face->subject, ".") == 0
                        || strcmp (face->subject, "..") == 0;

  switch (layout)
    {
    case LIKENESS_LAYOUT_PAIRED:
      return g_strdup_printf ("%s/%s/%s", split, folder, name);
    case LIKENESS_LAYOUT_FLAT:
      return g_strdup_printf ("%s%s/%s", split, is_partner ? "_low" : "", name);
    case LIKENESS_LAYOUT_FOLDERS:
      /* "..": a name like ".._1.png" gives one, and it must not lead out of the target.
       */
      return g_strdup_printf ("%s%s/%s%s/%s", split, is_partner ? "_low" : "",
                              is_special ? "_" : "", face->subject, name);
    default:
      g_return_val_if_reached (NULL);
    }
}

GPtrArray *
likeness_split_names_new (const LikenessSplitJob *job, LikenessLayout layout)
{
  GPtrArray *planned = g_ptr_array_new_with_free_func (planned_file_free);
  g_auto (GStrv) names = choose_names (job, layout);
  g_autofree char *low_folder = NULL;

  g_return_val_if_fail (job->plan != NULL, planned);

  for (gsize i = 0; i < job->n_faces; i++)
    {
      LikenessAssignment side = job->plan->assignments[i];
      const char *split = side == LIKENESS_ASSIGNMENT_TRAIN ? "train" : "val";

      if (side == LIKENESS_ASSIGNMENT_OUT)
        continue;
      for (gsize j = 0; j < LIKENESS_FILES_PER_FACE; j++)
        {
          gsize index = i * LIKENESS_FILES_PER_FACE + j;
          LikenessPlannedFile *file;

          if (job->files[index].path == NULL)
            continue;
          /* One name for all: a folder with half of the partners would pair half. */
          if (j == 1 && low_folder == NULL)
            low_folder = get_folder_name (&job->files[index], LOW_FOLDER);
          file = g_new (LikenessPlannedFile, 1);
          file->file = index;
          file->path = make_path (&job->faces[i], layout, split,
                                  j == 0 ? HIGH_FOLDER : low_folder, j == 1, names[i]);
          g_ptr_array_add (planned, file);
        }
    }
  return planned;
}
