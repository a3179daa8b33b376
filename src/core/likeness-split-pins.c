/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-split-job-private.h"
#include "likeness-string-hash.h"

#define MOST_BYTES (64 * 1024 * 1024)

/* Where each path of the job stands; a partner's path means its face. */
static GHashTable *
index_paths (const LikenessSplitJob *job)
{
  GHashTable *table = g_hash_table_new (likeness_string_hash, g_str_equal);

  for (gsize i = 0; i < job->n_faces * LIKENESS_FILES_PER_FACE; i++)
    if (job->files[i].path != NULL)
      g_hash_table_insert (table, (gpointer)job->files[i].path,
                           GSIZE_TO_POINTER (i / LIKENESS_FILES_PER_FACE + 1));
  return table;
}

/* The path as it stands, or as likeness_json_escape() writes names that a line of text
 * cannot hold. Returns the face's index plus one. */
static gsize
find_face (GHashTable *table, const char *path)
{
  gsize found = GPOINTER_TO_SIZE (g_hash_table_lookup (table, path));
  g_autofree char *bytes = found == 0 ? likeness_json_unescape (path) : NULL;

  return bytes == NULL ? found : GPOINTER_TO_SIZE (g_hash_table_lookup (table, bytes));
}

static gboolean
read_line (LikenessSplitJob *job,
           GHashTable *table,
           LikenessPin *pins,
           char *line,
           GError **error)
{
  char *tab = strchr (line, '\t');
  LikenessPin pin;
  gsize face;

  if (tab == NULL)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("there is no tab: write train, val or out, a tab, and a path"));
      return FALSE;
    }
  *tab = '\0';
  pin = likeness_pin_from_string (line);
  if (pin == LIKENESS_PIN_NONE)
    {
      g_autofree char *word = likeness_display_name (line);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("“%s” is none of train, val and out"), word);
      return FALSE;
    }
  face = find_face (table, tab + 1);
  if (face == 0 || (pins[face - 1] != LIKENESS_PIN_NONE && pins[face - 1] != pin))
    {
      g_autofree char *path = likeness_display_name (tab + 1);

      g_set_error (error, LIKENESS_ERROR,
                   face == 0 ? LIKENESS_ERROR_BAD_FORMAT : LIKENESS_ERROR_CONFLICT,
                   face == 0 ? _ ("“%s” is not among the faces to split: paths are "
                                  "relative to the source")
                             : _ ("“%s” is pinned a second time, to another side: keep "
                                  "one of the two lines"),
                   path);
      return FALSE;
    }
  pins[face - 1] = pin;
  return TRUE;
}

gboolean
likeness_split_job_load_pins (LikenessSplitJob *self, const char *path, GError **error)
{
  g_autoptr (GHashTable) table = NULL;
  g_autofree LikenessPin *pins = g_new0 (LikenessPin, self->n_faces);
  g_autofree char *contents = NULL;
  gsize length = 0;
  guint number = 1;

  if (!likeness_json_read_file (path, MOST_BYTES, &contents, &length, error))
    return FALSE;
  table = index_paths (self);
  for (char *line = contents, *end; line < contents + length; line = end + 1, number++)
    {
      end = memchr (line, '\n', contents + length - line);
      if (end == NULL)
        end = contents + length;
      *end = '\0';
      if (*line != '\0' && !read_line (self, table, pins, line, error))
        {
          g_autofree char *name = likeness_display_name (path);

          g_prefix_error (error, _ ("“%s”, line %u: "), name, number);
          return FALSE;
        }
    }
  for (gsize i = 0; i < self->n_faces; i++)
    if (pins[i] != LIKENESS_PIN_NONE)
      self->faces[i].pin = pins[i];
  return TRUE;
}

void
likeness_split_job_set_pins (LikenessSplitJob *self, GHashTable *pins)
{
  for (gsize i = 0; i < self->n_faces; i++)
    self->faces[i].pin
        = (LikenessPin)GPOINTER_TO_INT (g_hash_table_lookup (pins, self->faces[i].path));
}

GHashTable *
likeness_split_pins_new (void)
{
  return g_hash_table_new_full (likeness_string_hash, g_str_equal, g_free, NULL);
}

GHashTable *
likeness_split_pins_copy (GHashTable *pins)
{
  GHashTable *copy = likeness_split_pins_new ();
  GHashTableIter iter;
  gpointer path;
  gpointer pin;

  g_hash_table_iter_init (&iter, pins);
  while (g_hash_table_iter_next (&iter, &path, &pin))
    g_hash_table_insert (copy, g_strdup (path), pin);
  return copy;
}

void
likeness_split_pins_set (GHashTable *pins,
                         const LikenessPlanFace *faces,
                         const LikenessSplitPlan *plan,
                         gsize face,
                         LikenessPin pin)
{
  for (gsize i = 0; plan != NULL && i < plan->n_faces; i++)
    if (plan->groups[i] == plan->groups[face])
      g_hash_table_remove (pins, faces[i].path);
  g_hash_table_remove (pins, faces[face].path);
  if (pin != LIKENESS_PIN_NONE)
    g_hash_table_insert (pins, g_strdup (faces[face].path), GINT_TO_POINTER (pin));
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

char *
likeness_split_pins_to_string (GHashTable *pins)
{
  static const char *const words[] = {NULL, "train", "val", "out"};
  g_autofree char **paths = (char **)g_hash_table_get_keys_as_array (pins, NULL);
  GString *text = g_string_new (NULL);

  qsort (paths, g_hash_table_size (pins), sizeof *paths, compare_paths);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *path = likeness_json_escape (paths[i]);
      g_auto (GStrv) lines = g_strsplit (path, "\n", -1);
      g_autofree char *escaped = g_strjoinv ("\\x0a", lines);
      int pin = GPOINTER_TO_INT (g_hash_table_lookup (pins, paths[i]));

      g_string_append_printf (text, "%s\t%s\n", words[pin], escaped);
    }
  return g_string_free (text, FALSE);
}
