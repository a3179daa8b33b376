/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-leftover.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "likeness-display-name.h"
#include "likeness-folder.h"

#define MARK ".likeness-"
/* Longer names are shortened, so that the hidden name still fits into 255 bytes. */
#define LONGEST_NAME 160
#define KEPT_NAME 160

void
likeness_leftover_free (LikenessLeftover *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->target_name);
  g_free (self);
}

char *
likeness_leftover_make_prefix (const char *name)
{
  if (strlen (name) <= LONGEST_NAME)
    return g_strdup_printf (".%s" MARK, name);
  return g_strdup_printf (".%.*s-%016" G_GINT64_MODIFIER "x" MARK, KEPT_NAME, name,
                          (guint64)XXH3_64bits (name, strlen (name)));
}

gboolean
likeness_leftover_parse_suffix (const char *suffix, gboolean *is_old)
{
  *is_old = g_str_has_prefix (suffix, LIKENESS_LEFTOVER_OLD_MARK);
  if (*is_old)
    suffix += strlen (LIKENESS_LEFTOVER_OLD_MARK);
  if (strlen (suffix) != LIKENESS_LEFTOVER_N_RANDOM)
    return FALSE;
  for (; *suffix != '\0'; suffix++)
    if (!g_ascii_islower (*suffix) && !g_ascii_isdigit (*suffix))
      return FALSE;
  return TRUE;
}

/* Where the suffix of a hidden folder's name begins, or NULL. */
static const char *
find_suffix (const char *name)
{
  const char *mark = NULL;
  gboolean is_old;

  if (*name != '.')
    return NULL;
  for (const char *next = name; (next = strstr (next, MARK)) != NULL; next++)
    mark = next;
  if (mark == NULL || mark <= name + 1)
    return NULL;
  mark += strlen (MARK);
  return likeness_leftover_parse_suffix (mark, &is_old) ? mark : NULL;
}

GPtrArray *
likeness_leftover_list (const LikenessFileCalls *calls, int parent, const char *prefix)
{
  int file = calls->open (parent, ".", O_RDONLY | O_DIRECTORY);
  DIR *folder = file >= 0 ? fdopendir (file) : NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  struct dirent *entry;

  if (folder == NULL)
    {
      if (file >= 0)
        close (file);
      return names;
    }
  while ((entry = calls->read_folder (folder)) != NULL)
    {
      const char *suffix = find_suffix (entry->d_name);

      if (suffix != NULL
          && (prefix == NULL
              || (g_str_has_prefix (entry->d_name, prefix)
                  && suffix == entry->d_name + strlen (prefix))))
        g_ptr_array_add (names, g_strdup (entry->d_name));
    }
  closedir (folder);
  return names;
}

int
likeness_leftover_take (const LikenessFileCalls *calls, int parent, const char *name)
{
  int folder = calls->open (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);

  if (folder >= 0 && calls->lock (folder) != 0)
    {
      close (folder);
      folder = -1;
    }
  return folder;
}

static int
compare_leftovers (gconstpointer a, gconstpointer b)
{
  const LikenessLeftover *const *first = a;
  const LikenessLeftover *const *second = b;

  return strcmp ((*first)->path, (*second)->path);
}

static LikenessLeftover *
look_at (int parent, const char *parent_path, const char *name, const char *target_name)
{
  const char *suffix = find_suffix (name);
  int folder = likeness_leftover_take (&likeness_file_calls, parent, name);
  g_autoptr (GHashTable) files = NULL;
  LikenessLeftover *self;
  struct stat status;

  if (folder < 0)
    return NULL;
  files = likeness_folder_list (folder);
  close (folder);

  self = g_new0 (LikenessLeftover, 1);
  self->path = g_build_filename (parent_path, name, NULL);
  self->n_files = g_hash_table_size (files);
  likeness_leftover_parse_suffix (suffix, &self->is_old);
  self->target_name = target_name != NULL
                          ? g_strdup (target_name)
                          : g_strndup (name + 1, suffix - strlen (MARK) - name - 1);
  self->is_last = self->is_old
                  && likeness_file_calls.look (parent, self->target_name, &status) != 0
                  && errno == ENOENT;
  return self;
}

GPtrArray *
likeness_leftover_find (const char *folder, const char *name)
{
  g_autofree char *prefix = name != NULL ? likeness_leftover_make_prefix (name) : NULL;
  GPtrArray *found
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_leftover_free);
  g_autoptr (GPtrArray) names = NULL;
  int parent = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (parent < 0)
    return found;
  names = likeness_leftover_list (&likeness_file_calls, parent, prefix);
  for (guint i = 0; i < names->len; i++)
    {
      LikenessLeftover *leftover = NULL;

      if (name != NULL || strlen (names->pdata[i]) <= LONGEST_NAME)
        leftover = look_at (parent, folder, names->pdata[i], name);
      if (leftover != NULL)
        g_ptr_array_add (found, leftover);
    }
  close (parent);
  g_ptr_array_sort (found, compare_leftovers);
  return found;
}

gboolean
likeness_leftover_clear (const LikenessLeftover *self,
                         LikenessProgress *progress,
                         GError **error)
{
  g_autofree char *parent_path = g_path_get_dirname (self->path);
  g_autofree char *name = g_path_get_basename (self->path);
  int parent = open (parent_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int folder
      = parent >= 0 ? likeness_leftover_take (&likeness_file_calls, parent, name) : -1;
  gboolean done = FALSE;

  if (folder >= 0)
    {
      likeness_progress_begin (progress, N_ ("Cleaning up"), self->n_files);
      if (self->is_last)
        done = likeness_file_calls.rename (parent, name, self->target_name, 0) == 0;
      else
        done = likeness_file_calls_remove_tree (&likeness_file_calls, parent, name,
                                                progress);
    }
  if (!done)
    likeness_file_calls_set_error (errno, self->path, error);
  if (folder >= 0)
    close (folder);
  if (parent >= 0)
    close (parent);
  return done;
}

char *
likeness_leftover_describe (const LikenessLeftover *self)
{
  g_autofree char *name = likeness_display_name (self->target_name);

  if (self->is_last)
    return g_strdup_printf (
        ngettext ("“%s” was about to be replaced when the program was killed; the former "
                  "one is there, with %u file",
                  "“%s” was about to be replaced when the program was killed; the former "
                  "one is there, with %u files",
                  self->n_files),
        name, self->n_files);
  if (self->is_old)
    return g_strdup_printf (
        ngettext ("“%s” was replaced, but the former one, with %u file, was not removed "
                  "when the program was killed",
                  "“%s” was replaced, but the former one, with %u files, was not removed "
                  "when the program was killed",
                  self->n_files),
        name, self->n_files);
  return g_strdup_printf (
      ngettext ("A split into “%s” was killed and left %u file beside it",
                "A split into “%s” was killed and left %u files beside it",
                self->n_files),
      name, self->n_files);
}
