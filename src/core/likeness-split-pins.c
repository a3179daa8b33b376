/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
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
