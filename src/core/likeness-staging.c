/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#define _GNU_SOURCE
#include "config.h"

#include "likeness-staging.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-leftover.h"

#define N_RANDOM LIKENESS_LEFTOVER_N_RANDOM
#define OLD_MARK LIKENESS_LEFTOVER_OLD_MARK
#define MAX_TRIES 100

struct _LikenessStaging
{
  const LikenessFileCalls *calls;
  char *target;
  char *name;   /* of the target, in parent */
  char *prefix; /* ".NAME.likeness-" */
  char *hidden; /* the name of the hidden folder, in parent */
  int parent;   /* open */
  int folder;   /* open and locked, or -1 */
  gboolean replace;
  gboolean finished;
  double sync_seconds;
};

char *
likeness_staging_resolve (const char *target, GError **error)
{
  g_autofree char *display = likeness_display_name (target);
  g_autofree char *stripped = g_strdup (target);
  g_autofree char *parent = NULL;
  g_autofree char *name = NULL;
  char *real = realpath (target, NULL);
  struct stat status;
  gsize length = strlen (stripped);

  if (real != NULL)
    {
      if (strcmp (real, "/") != 0)
        return real;
      free (real);
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_TARGET,
                   _ ("“%s” is the root of all folders: choose a new folder"), display);
      return NULL;
    }
  if (lstat (target, &status) == 0)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EXISTS,
                   _ ("“%s” is a link that leads nowhere: remove it or choose another "
                      "folder"),
                   display);
      return NULL;
    }

  while (length > 1 && stripped[length - 1] == '/')
    stripped[--length] = '\0';
  parent = g_path_get_dirname (stripped);
  name = g_path_get_basename (stripped);
  real = realpath (parent, NULL);
  if (real == NULL || stat (real, &status) != 0 || !S_ISDIR (status.st_mode)
      || strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    {
      g_autofree char *shown = likeness_display_name (parent);

      free (real);
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                   _ ("“%s” cannot be made, as there is no folder “%s”: make that first"),
                   display, shown);
      return NULL;
    }
  {
    char *path = g_build_filename (real, name, NULL);
    free (real);
    return path;
  }
}

static void
fill_random (char *end)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";

  for (int i = 0; i < N_RANDOM; i++)
    end[i] = letters[g_random_int_range (0, sizeof letters - 1)];
}

static gboolean
exists (const LikenessStaging *self, const char *name)
{
  struct stat status;

  return self->calls->look (self->parent, name, &status) == 0;
}

static void
put_right (LikenessStaging *self, const char *name)
{
  int folder = likeness_leftover_take (self->calls, self->parent, name);
  gboolean is_old;

  if (folder < 0)
    return;
  likeness_leftover_parse_suffix (name + strlen (self->prefix), &is_old);
  if (is_old && !exists (self, self->name))
    self->calls->rename (self->parent, name, self->name, 0);
  else
    likeness_file_calls_remove_tree (self->calls, self->parent, name, NULL);
  /* Not before: whoever has just made it finds it locked, and makes another. */
  close (folder);
}

static void
repair (LikenessStaging *self)
{
  g_autoptr (GPtrArray) names
      = likeness_leftover_list (self->calls, self->parent, self->prefix);

  for (guint i = 0; i < names->len; i++)
    put_right (self, names->pdata[i]);
}

static gboolean
refuse_existing (const LikenessStaging *self, GError **error)
{
  g_autofree char *display = likeness_display_name (self->target);

  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EXISTS,
               _ ("“%s” is already there: choose a new folder, or ask to replace it"),
               display);
  return FALSE;
}

static gboolean
check_target (const LikenessStaging *self, GError **error)
{
  g_autofree char *display = likeness_display_name (self->target);
  struct stat status;

  if (fstatat (self->parent, self->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return TRUE;
  if (S_ISDIR (status.st_mode))
    return self->replace || refuse_existing (self, error);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_A_FOLDER,
               _ ("“%s” is a file: choose a new folder"), display);
  return FALSE;
}

/* Whether the hidden folder is still the one that was made: until it was locked, somebody
 * who clears up could take it for a leftover. */
static gboolean
is_in_place (const LikenessStaging *self)
{
  struct stat made;
  struct stat found;

  return fstat (self->folder, &made) == 0
         && fstatat (self->parent, self->hidden, &found, AT_SYMLINK_NOFOLLOW) == 0
         && made.st_dev == found.st_dev && made.st_ino == found.st_ino;
}

static gboolean
make_hidden (LikenessStaging *self, GError **error)
{
  for (int tries = 0; tries < MAX_TRIES; tries++)
    {
      gboolean taken;

      g_free (self->hidden);
      self->hidden = g_strconcat (self->prefix, "XXXXXX", NULL);
      fill_random (self->hidden + strlen (self->prefix));
      if (self->calls->make_folder (self->parent, self->hidden) != 0)
        {
          int number = errno;

          g_clear_pointer (&self->hidden, g_free);
          if (number == EEXIST)
            continue;
          return likeness_file_calls_set_error (number, self->target, error);
        }
      self->folder = self->calls->open (self->parent, self->hidden,
                                        O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
      if (self->folder < 0 && errno != ENOENT)
        return likeness_file_calls_set_error (errno, self->target, error);
      /* Where a file system has no locks, leftovers stay: better than to take a live one.
       */
      taken = self->folder < 0
              || (self->calls->lock (self->folder) != 0 && errno == EWOULDBLOCK)
              || !is_in_place (self);
      if (!taken)
        return TRUE;
      if (self->folder >= 0)
        close (self->folder);
      self->folder = -1;
    }
  g_clear_pointer (&self->hidden, g_free);
  return likeness_file_calls_set_error (EBUSY, self->target, error);
}

LikenessStaging *
likeness_staging_new (const char *target,
                      gboolean replace,
                      const LikenessFileCalls *calls,
                      GError **error)
{
  LikenessStaging *self = g_new0 (LikenessStaging, 1);
  g_autofree char *parent = g_path_get_dirname (target);

  self->calls = calls;
  self->target = g_strdup (target);
  self->name = g_path_get_basename (target);
  self->prefix = likeness_leftover_make_prefix (self->name);
  self->replace = replace;
  self->folder = -1;
  self->parent = open (parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->parent < 0)
    {
      likeness_file_calls_set_error (errno, parent, error);
      likeness_staging_close (self, NULL);
      return NULL;
    }
  repair (self);
  if (!check_target (self, error) || !make_hidden (self, error))
    {
      likeness_staging_close (self, NULL);
      return NULL;
    }
  return self;
}

int
likeness_staging_get_folder (const LikenessStaging *self)
{
  return self->folder;
}

static int
rename_without_replacing (LikenessStaging *self)
{
  int result
      = self->calls->rename (self->parent, self->hidden, self->name, RENAME_NOREPLACE);

  if (result == 0 || (errno != EINVAL && errno != ENOSYS))
    return result;
  /* The file system knows no flags. Between the look and the rename only an empty folder
   * could be lost. */
  if (exists (self, self->name))
    {
      errno = EEXIST;
      return -1;
    }
  return self->calls->rename (self->parent, self->hidden, self->name, 0);
}

/* Afterwards self->hidden is the old target. */
static int
exchange (LikenessStaging *self)
{
  int result
      = self->calls->rename (self->parent, self->hidden, self->name, RENAME_EXCHANGE);
  g_autofree char *old = NULL;

  if (result == 0 || (errno != EINVAL && errno != ENOSYS))
    return result;

  old = g_strconcat (self->prefix, OLD_MARK "XXXXXX", NULL);
  fill_random (old + strlen (old) - N_RANDOM);
  if (self->calls->rename (self->parent, self->name, old, 0) != 0)
    return -1;
  if (self->calls->rename (self->parent, self->hidden, self->name, 0) != 0)
    {
      int number = errno;

      /* If this fails too, the next try at the target moves it back. */
      if (self->calls->rename (self->parent, old, self->name, 0) != 0)
        self->calls->rename (self->parent, old, self->name, 0);
      errno = number;
      return -1;
    }
  g_free (self->hidden);
  self->hidden = g_steal_pointer (&old);
  return 0;
}

gboolean
likeness_staging_finish (LikenessStaging *self,
                         LikenessProgress *progress,
                         GCancellable *cancellable,
                         GError **error)
{
  gboolean replaces = self->replace && exists (self, self->name);
  gint64 start = g_get_monotonic_time ();

  likeness_progress_begin (progress, N_ ("Writing to disk"), 0);
  if (!likeness_file_calls_sync (self->calls, self->folder, cancellable))
    return !g_cancellable_set_error_if_cancelled (cancellable, error)
           && likeness_file_calls_set_error (errno, self->target, error);
  self->sync_seconds = (g_get_monotonic_time () - start) / 1e6;
  if ((replaces ? exchange (self) : rename_without_replacing (self)) != 0)
    {
      if (errno == EEXIST || errno == ENOTEMPTY)
        return refuse_existing (self, error);
      return likeness_file_calls_set_error (errno, self->target, error);
    }
  self->finished = TRUE;
  /* The new name is durable a moment later in any case: nothing to fail for. */
  self->calls->flush (self->parent);
  if (replaces)
    {
      likeness_progress_begin (progress, N_ ("Removing the old folder"), 0);
      likeness_file_calls_remove_tree (self->calls, self->parent, self->hidden, progress);
    }
  return TRUE;
}

double
likeness_staging_get_sync_seconds (const LikenessStaging *self)
{
  return self->sync_seconds;
}

void
likeness_staging_close (LikenessStaging *self, LikenessProgress *progress)
{
  if (self == NULL)
    return;
  if (self->folder >= 0)
    close (self->folder);
  if (self->hidden != NULL && !self->finished)
    {
      likeness_progress_begin (progress, N_ ("Cleaning up"), 0);
      likeness_file_calls_remove_tree (self->calls, self->parent, self->hidden, progress);
    }
  if (self->parent >= 0)
    close (self->parent);
  g_free (self->hidden);
  g_free (self->prefix);
  g_free (self->name);
  g_free (self->target);
  g_free (self);
}
