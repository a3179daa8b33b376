/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-place.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"

/* By inode and not by name, so that a folder mounted in two places is one. */
static gboolean
is_in (const char *real_path, const struct stat *folder)
{
  g_autofree char *path = g_strdup (real_path);

  for (;;)
    {
      char *slash = strrchr (path, '/');
      struct stat status;

      if (stat (path, &status) == 0 && status.st_dev == folder->st_dev
          && status.st_ino == folder->st_ino)
        return TRUE;
      if (slash == NULL || strcmp (path, "/") == 0)
        return FALSE;
      slash[slash == path ? 1 : 0] = '\0';
    }
}

static gboolean
refuse (GError **error, const char *sentence, const char *target, const char *other)
{
  g_autofree char *first = likeness_display_name (target);
  g_autofree char *second = likeness_display_name (other);

  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_TARGET, sentence, first, second);
  return FALSE;
}

static gboolean
check_links (const LikenessSplitJob *job,
             const char *target,
             const struct stat *target_status,
             GError **error)
{
  for (gsize i = 0; i < job->n_faces * LIKENESS_FILES_PER_FACE; i++)
    {
      g_autofree char *path = NULL;
      char *real;
      struct stat status;
      gboolean inside;

      if (job->files[i].path == NULL)
        continue;
      path = likeness_split_job_dup_file_path (job, &job->files[i]);
      if (lstat (path, &status) != 0 || !S_ISLNK (status.st_mode))
        continue;
      real = realpath (path, NULL);
      inside = real != NULL && is_in (real, target_status);
      free (real);
      if (inside)
        return refuse (error,
                       _ ("“%s” holds files that the source links to (“%s”): choose "
                          "another folder"),
                       target, path);
    }
  return TRUE;
}

gboolean
likeness_split_place_check (const LikenessSplitJob *job,
                            const char *target,
                            GError **error)
{
  struct stat source_status;
  struct stat target_status;
  char *source = realpath (job->root, NULL);
  gboolean inside;
  gboolean exists;
  gboolean around;

  if (source == NULL || stat (source, &source_status) != 0)
    {
      free (source);
      return refuse (error, _ ("“%s” cannot be made: there is no source “%s” any more"),
                     target, job->root);
    }
  inside = is_in (target, &source_status);
  exists = stat (target, &target_status) == 0;
  around = exists && is_in (source, &target_status);
  free (source);
  if (inside)
    return refuse (error,
                   _ ("“%s” is the source “%s” or lies inside it: choose a folder beside "
                      "the source"),
                   target, job->root);
  if (around)
    return refuse (error,
                   _ ("“%s” holds the source “%s”: choose a folder beside the source"),
                   target, job->root);
  return !exists || check_links (job, target, &target_status, error);
}
