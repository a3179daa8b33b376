/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-folder-listing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-image.h"

static void
set_folder_error (int code, GError **error)
{
  if (code == ENOENT || code == ELOOP)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                         _ ("There is no such folder: check the path, or choose another "
                            "folder."));
  else if (code == ENOTDIR)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_A_FOLDER,
                         _ ("It is a file: choose the folder that holds the pictures."));
  else
    g_set_error (
        error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_READABLE,
        /* Translators: %s is the system's reason */
        _ ("The folder cannot be read (%s): check its permissions and the disk."),
        g_strerror (code));
}

static void
entry_clear (gpointer data)
{
  LikenessFolderEntry *entry = data;

  g_free (entry->name);
}

static LikenessEntryKind
kind_of_mode (mode_t mode)
{
  if (S_ISREG (mode))
    return LIKENESS_ENTRY_FILE;
  return S_ISDIR (mode) ? LIKENESS_ENTRY_FOLDER : LIKENESS_ENTRY_OTHER;
}

/* %FALSE where the entry vanished since it was listed. */
static gboolean
look_at (int folder, const struct dirent *dirent, LikenessFolderEntry *entry)
{
  struct stat status;

  entry->is_link = FALSE;
  switch (dirent->d_type)
    {
    case DT_REG:
      entry->kind = LIKENESS_ENTRY_FILE;
      return TRUE;
    case DT_DIR:
      entry->kind = LIKENESS_ENTRY_FOLDER;
      return TRUE;
    case DT_LNK:
    case DT_UNKNOWN:
      break;
    default:
      entry->kind = LIKENESS_ENTRY_OTHER;
      return TRUE;
    }

  if (fstatat (folder, dirent->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return FALSE;
  entry->is_link = S_ISLNK (status.st_mode);
  if (entry->is_link && fstatat (folder, dirent->d_name, &status, 0) != 0)
    entry->kind = LIKENESS_ENTRY_BROKEN;
  else
    entry->kind = kind_of_mode (status.st_mode);
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp (((const LikenessFolderEntry *)a)->name,
                 ((const LikenessFolderEntry *)b)->name);
}

static gboolean
read_entries (LikenessFolderListing *self,
              DIR *dir,
              LikenessFolderPeekFunc peek,
              gpointer user_data,
              GCancellable *cancellable,
              GError **error)
{
  const struct dirent *dirent;

  for (;;)
    {
      LikenessFolderEntry entry;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      errno = 0;
      dirent = readdir (dir);
      if (dirent == NULL)
        break;
      if (strcmp (dirent->d_name, ".") == 0 || strcmp (dirent->d_name, "..") == 0
          || !look_at (dirfd (dir), dirent, &entry))
        continue;
      entry.name = g_strdup (dirent->d_name);
      g_array_append_val (self->entries, entry);
      if (self->entries->len == LIKENESS_FOLDER_PEEK && peek != NULL)
        peek (self, user_data);
    }
  if (errno != 0)
    {
      set_folder_error (errno, error);
      return FALSE;
    }
  g_array_sort (self->entries, compare_entries);
  return TRUE;
}

LikenessFolderListing *
likeness_folder_listing_new (const char *path,
                             LikenessFolderPeekFunc peek,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (LikenessFolderListing) self = g_new0 (LikenessFolderListing, 1);
  struct stat status = {0};
  gboolean good;
  DIR *dir;

  self->entries = g_array_new (FALSE, FALSE, sizeof (LikenessFolderEntry));
  g_array_set_clear_func (self->entries, entry_clear);

  dir = opendir (path);
  if (dir == NULL)
    {
      set_folder_error (errno, error);
      return NULL;
    }
  good = fstat (dirfd (dir), &status) == 0;
  if (good)
    good = read_entries (self, dir, peek, user_data, cancellable, error);
  else
    set_folder_error (errno, error);
  closedir (dir);
  self->device = status.st_dev;
  self->inode = status.st_ino;
  return good ? g_steal_pointer (&self) : NULL;
}

void
likeness_folder_listing_free (LikenessFolderListing *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->entries);
  g_free (self);
}

guint
likeness_folder_listing_get_n_entries (const LikenessFolderListing *self)
{
  return self->entries->len;
}

const LikenessFolderEntry *
likeness_folder_listing_get_entry (const LikenessFolderListing *self, guint position)
{
  return &g_array_index (self->entries, LikenessFolderEntry, position);
}

const LikenessFolderEntry *
likeness_folder_listing_find (const LikenessFolderListing *self,
                              const char *name,
                              LikenessEntryKind kind)
{
  LikenessFolderEntry wanted = {.name = (char *)name};
  guint position;

  if (!g_array_binary_search (self->entries, &wanted, compare_entries, &position))
    return NULL;
  return likeness_folder_listing_get_entry (self, position)->kind == kind
             ? likeness_folder_listing_get_entry (self, position)
             : NULL;
}

guint
likeness_folder_listing_count_pictures (const LikenessFolderListing *self)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const LikenessFolderEntry *entry = likeness_folder_listing_get_entry (self, i);

      n += entry->kind != LIKENESS_ENTRY_FOLDER
           && likeness_image_is_picture_name (entry->name);
    }
  return n;
}
