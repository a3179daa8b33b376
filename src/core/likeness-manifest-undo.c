/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-folder.h"
#include "likeness-manifest.h"

/* Whether the file is what was written. A symbolic link is ours where the split consists
 * of them, wherever it leads: removing it touches nobody's bytes. */
static gboolean
is_ours (const LikenessManifest *manifest,
         const LikenessManifestFile *listed,
         int parent,
         const char *name,
         const struct stat *status,
         GCancellable *cancellable)
{
  LikenessDigest digest;
  gboolean ours;
  int file;

  if (S_ISLNK (status->st_mode))
    return manifest->are_symlinks;
  if (!S_ISREG (status->st_mode) || (guint64)status->st_size != listed->size)
    return FALSE;
  file = openat (parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  ours = file >= 0 && likeness_digest_file (file, &digest, cancellable)
         && memcmp (&digest, &listed->digest, sizeof digest) == 0;
  if (file >= 0)
    close (file);
  return ours;
}

static gboolean
fail (GError **error, const char *path)
{
  g_autofree char *display = likeness_display_name (path);

  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” could not be removed (%s): mend that and undo again, as the rest "
                  "is still listed"),
               display, g_strerror (errno));
  return FALSE;
}

static gboolean
remove_listed (const LikenessManifest *manifest,
               const LikenessManifestFile *listed,
               int folder,
               guint *n_removed,
               GCancellable *cancellable,
               GError **error)
{
  const char *name;
  struct stat status;
  int parent = likeness_folder_open_parent (folder, listed->path, &name);
  gboolean done = TRUE;

  if (parent < 0)
    return TRUE;
  if (fstatat (parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0
      && is_ours (manifest, listed, parent, name, &status, cancellable))
    {
      done = unlinkat (parent, name, 0) == 0 || fail (error, listed->path);
      *n_removed += done;
    }
  close (parent);
  return done;
}

/* Removes the folders on the way to @path that are empty by now, a child before its
 * parent. */
static void
remove_folders_of (int folder, const char *path)
{
  g_autofree char *rest = g_strdup (path);

  for (char *slash; (slash = strrchr (rest, '/')) != NULL;)
    {
      const char *name;
      gboolean full;
      int parent;

      *slash = '\0';
      parent = likeness_folder_open_parent (folder, rest, &name);
      if (parent < 0)
        continue;
      full = unlinkat (parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT;
      close (parent);
      if (full)
        return;
    }
}

/* A folder that another one's files keep is tried again with those. Nothing is kept in
 * memory: the paths are a stranger's. */
static void
remove_folders (const LikenessManifest *manifest, int folder, GCancellable *cancellable)
{
  const char *last = "";

  for (guint i = 0; i < manifest->files->len && !g_cancellable_is_cancelled (cancellable);
       i++)
    {
      const LikenessManifestFile *file = manifest->files->pdata[i];
      const char *slash = strrchr (file->path, '/');

      if (slash == NULL)
        continue;
      if (strncmp (last, file->path, slash + 1 - file->path) != 0
          || strchr (last + (slash + 1 - file->path), '/') != NULL)
        remove_folders_of (folder, file->path);
      last = file->path;
    }
}

static gboolean
remove_all (const LikenessManifest *manifest,
            int folder,
            guint *n_removed,
            LikenessProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  likeness_progress_begin (progress, N_ ("Removing files"), manifest->files->len);
  for (guint i = 0; i < manifest->files->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !remove_listed (manifest, manifest->files->pdata[i], folder, n_removed,
                             cancellable, error))
        return FALSE;
      likeness_progress_advance (progress, 1);
    }
  return TRUE;
}

gboolean
likeness_manifest_undo (const char *directory,
                        guint *n_removed,
                        guint *n_kept,
                        LikenessProgress *progress,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (LikenessManifest) manifest = likeness_manifest_load (directory, error);
  g_autoptr (GHashTable) left = NULL;
  guint removed = 0;
  gboolean done;
  int folder;

  if (manifest == NULL)
    return FALSE;
  folder = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    return fail (error, directory);

  done = remove_all (manifest, folder, &removed, progress, cancellable, error);
  /* Last, so that an undo that was interrupted can be taken up again. */
  if (done && unlinkat (folder, LIKENESS_MANIFEST_NAME, 0) != 0)
    done = fail (error, LIKENESS_MANIFEST_NAME);
  left = likeness_folder_list (folder);
  if (done)
    remove_folders (manifest, folder, cancellable);
  close (folder);
  if (done)
    rmdir (directory);
  if (n_removed != NULL)
    *n_removed = removed;
  if (n_kept != NULL)
    *n_kept = g_hash_table_size (left);
  return done;
}
