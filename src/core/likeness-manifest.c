/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <limits.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-folder.h"
#include "likeness-json.h"
#include "likeness-manifest.h"
#include "likeness-string-hash.h"

/* About a million files. */
#define MOST_BYTES (256 * 1024 * 1024)

static void
manifest_file_free (gpointer item)
{
  LikenessManifestFile *self = item;

  g_free (self->path);
  g_free (self->subject);
  g_free (self->source);
  g_free (self);
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT, sentence);
  return FALSE;
}

/* Below the folder and nowhere else, spelt in one way only, and no deeper than the folder
 * is listed. */
static gboolean
is_inside (const char *path)
{
  const char *part = path;

  for (guint depth = 0; depth <= LIKENESS_FOLDER_MAX_DEPTH; depth++)
    {
      gsize length = strcspn (part, "/");

      if (length == 0 || length > NAME_MAX || (length == 1 && part[0] == '.')
          || (length == 2 && part[0] == '.' && part[1] == '.'))
        return FALSE;
      if (part[length] == '\0')
        return TRUE;
      part += length + 1;
    }
  return FALSE;
}

static gboolean
parse_file (JsonNode *node, LikenessManifestFile *file, GError **error)
{
  g_autofree char *split = NULL;
  g_autofree char *digest = NULL;
  guint64 group = 0;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, _ ("one of its files is not an object"));
  object = json_node_get_object (node);
  if (!likeness_json_get_bytes (object, "path", &file->path, error)
      || !likeness_json_get_bytes (object, "subject", &file->subject, error)
      || !likeness_json_get_bytes (object, "source", &file->source, error)
      || !likeness_json_get_string (object, "split", &split, error)
      || !likeness_json_get_string (object, "xxh3", &digest, error)
      || !likeness_json_get_count (object, "size", G_MAXINT64, &file->size, error)
      || !likeness_json_get_count (object, "group", G_MAXINT64, &group, error))
    return FALSE;
  file->group = group;
  if (file->path == NULL || !is_inside (file->path)
      || strcmp (file->path, LIKENESS_MANIFEST_NAME) == 0)
    return refuse (error, _ ("one of its paths does not lie inside the folder"));
  if (file->subject == NULL || file->source == NULL)
    return refuse (error, _ ("one of its files has no subject or no source"));
  if (split == NULL || !likeness_split_from_string (split, &file->split))
    return refuse (error, _ ("one of its files has no split"));
  if (digest == NULL || !likeness_digest_from_string (digest, &file->digest))
    return refuse (error, _ ("one of its files has no XXH3-128 of 32 digits"));
  return TRUE;
}

static gboolean
parse_files (JsonArray *array, LikenessManifest *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (likeness_string_hash, g_str_equal);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      LikenessManifestFile *file = g_new0 (LikenessManifestFile, 1);

      g_ptr_array_add (self->files, file);
      if (!parse_file (json_array_get_element (array, i), file, error))
        return FALSE;
      if (!g_hash_table_add (seen, file->path))
        return refuse (error, _ ("one of its paths is there twice"));
    }
  return TRUE;
}

static gboolean
parse (JsonNode *root, LikenessManifest *self, GError **error)
{
  JsonObject *object = json_node_get_object (root);
  JsonObject *options = NULL;
  JsonArray *files = NULL;
  g_autofree char *link = NULL;
  guint64 format = 0;

  if (!likeness_json_get_count (object, "format", G_MAXUINT, &format, error)
      || !likeness_json_get_bytes (object, "source", &self->source, error)
      || !likeness_json_get_object (object, "options", &options, error)
      || !likeness_json_get_array (object, "files", &files, error)
      || (options != NULL && !likeness_json_get_string (options, "link", &link, error)))
    return FALSE;
  if (format != LIKENESS_MANIFEST_FORMAT)
    return refuse (error, _ ("it is of another format: use the version that wrote it"));
  if (self->source == NULL || files == NULL)
    return refuse (error, _ ("it names no source or no files"));
  self->are_symlinks = g_strcmp0 (link, "symbolic") == 0;
  return parse_files (files, self, error);
}

LikenessManifest *
likeness_manifest_load (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, LIKENESS_MANIFEST_NAME, NULL);
  g_autofree char *display = likeness_display_name (directory);
  g_autoptr (LikenessManifest) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) local = NULL;

  root = likeness_json_load (path, MOST_BYTES, &local);
  if (g_error_matches (local, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                   _ ("There is no %s in “%s”: it was not made by a split, or it is "
                      "another folder that is meant"),
                   LIKENESS_MANIFEST_NAME, display);
      return NULL;
    }
  if (root == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  self = g_new0 (LikenessManifest, 1);
  self->files = g_ptr_array_new_with_free_func (manifest_file_free);
  if (!parse (root, self, error))
    {
      g_prefix_error (error, _ ("The %s in “%s” cannot be used: "),
                      LIKENESS_MANIFEST_NAME, display);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
likeness_manifest_free (LikenessManifest *self)
{
  if (self == NULL)
    return;
  g_free (self->source);
  g_ptr_array_unref (self->files);
  g_free (self);
}
