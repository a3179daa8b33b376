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

/** One content: all files that have it. */
typedef struct
{
  LikenessDigest digest;
  const char *split; /* of the first */
  const char *subject;
  gboolean doubled;
  GPtrArray *paths; /* borrowed */
} Content;

typedef struct
{
  const LikenessManifest *manifest;
  int folder;
  GHashTable *present;  /* paths in the folder that no file of the manifest took yet */
  GHashTable *sizes;    /* guint64 sizes of the manifest's files that are there */
  GHashTable *contents; /* digest -> Content */
  GPtrArray *differences;
  GPtrArray *kept; /* strings that contents borrow */
} Verification;

void
likeness_difference_free (LikenessDifference *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self);
}

static void
content_free (gpointer item)
{
  Content *self = item;

  g_ptr_array_unref (self->paths);
  g_free (self);
}

static guint
digest_hash (gconstpointer key)
{
  guint hash;

  memcpy (&hash, key, sizeof hash);
  return hash;
}

static gboolean
digest_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (LikenessDigest)) == 0;
}

static void
add_difference (Verification *self, LikenessDifferenceKind kind, const char *path)
{
  LikenessDifference *difference = g_new (LikenessDifference, 1);

  difference->kind = kind;
  difference->path = g_strdup (path);
  g_ptr_array_add (self->differences, difference);
}

/* @subject: NULL: not known, as for a foreign file. */
static void
add_content (Verification *self,
             const LikenessDigest *digest,
             const char *split,
             const char *subject,
             const char *path)
{
  Content *content = g_hash_table_lookup (self->contents, digest);

  if (content == NULL)
    {
      content = g_new0 (Content, 1);
      content->digest = *digest;
      content->split = split;
      content->subject = subject;
      content->paths = g_ptr_array_new ();
      g_hash_table_insert (self->contents, &content->digest, content);
    }
  g_ptr_array_add (content->paths, (gpointer)path);
  if (strcmp (split, content->split) != 0
      || (subject != NULL && content->subject != NULL
          && strcmp (subject, content->subject) != 0))
    content->doubled = TRUE;
}

/* Opens a file of the folder; links to files are followed, as a split may consist of
 * them. Returns -1 where it is not there or is no regular file. */
static int
open_file (const Verification *self, const char *path, struct stat *status)
{
  const char *name;
  int parent = likeness_folder_open_parent (self->folder, path, &name);
  int file = -1;

  /* Opening a device can have an effect of its own, so it is looked at first. */
  if (parent >= 0 && fstatat (parent, name, status, 0) == 0)
    {
      if (S_ISREG (status->st_mode))
        file = openat (parent, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
      else
        errno = EINVAL;
    }
  if (parent >= 0)
    close (parent);
  if (file >= 0 && (fstat (file, status) != 0 || !S_ISREG (status->st_mode)))
    {
      close (file);
      errno = EINVAL;
      file = -1;
    }
  return file;
}

static void
verify_listed (Verification *self,
               const LikenessManifestFile *listed,
               GCancellable *cancellable)
{
  LikenessDigest digest;
  struct stat status;
  int file = open_file (self, listed->path, &status);

  g_hash_table_remove (self->present, listed->path);
  if (file < 0)
    add_difference (self,
                    errno == ENOENT || errno == ENOTDIR || errno == ELOOP
                        ? LIKENESS_DIFFERENCE_MISSING
                        : LIKENESS_DIFFERENCE_CHANGED,
                    listed->path);
  else if ((guint64)status.st_size != listed->size
           || !likeness_digest_file (file, &digest, cancellable)
           || !digest_equal (&digest, &listed->digest))
    add_difference (self, LIKENESS_DIFFERENCE_CHANGED, listed->path);
  else
    {
      g_hash_table_add (self->sizes, (gpointer)&listed->size);
      add_content (self, &listed->digest, likeness_split_to_string (listed->split),
                   listed->subject, listed->path);
    }
  if (file >= 0)
    close (file);
}

/* The first folder of a path, with its partners' "_low" taken off. */
static char *
guess_split (const char *path)
{
  const char *slash = strchr (path, '/');
  g_autofree char *folder
      = slash != NULL ? g_strndup (path, slash - path) : g_strdup ("");

  if (g_str_has_suffix (folder, "_low"))
    folder[strlen (folder) - strlen ("_low")] = '\0';
  return g_steal_pointer (&folder);
}

/* A stranger's file may be of any size: only one as large as a known one can be its
 * double. */
static void
verify_foreign (Verification *self, const char *path, GCancellable *cancellable)
{
  LikenessDigest digest;
  struct stat status;
  int file = open_file (self, path, &status);
  gint64 size = file >= 0 ? status.st_size : -1;

  add_difference (self, LIKENESS_DIFFERENCE_FOREIGN, path);
  if (file >= 0 && g_hash_table_contains (self->sizes, &size)
      && likeness_digest_file (file, &digest, cancellable))
    {
      char *split = guess_split (path);
      char *kept = g_strdup (path);

      g_ptr_array_add (self->kept, split);
      g_ptr_array_add (self->kept, kept);
      add_content (self, &digest, split, NULL, kept);
    }
  if (file >= 0)
    close (file);
}

static void
add_doubled (Verification *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->contents);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Content *content = value;

      if (content->doubled)
        for (guint i = 0; i < content->paths->len; i++)
          add_difference (self, LIKENESS_DIFFERENCE_DOUBLED, content->paths->pdata[i]);
    }
}

static int
compare_differences (gconstpointer a, gconstpointer b)
{
  const LikenessDifference *first = *(const LikenessDifference *const *)a;
  const LikenessDifference *second = *(const LikenessDifference *const *)b;
  int order = strcmp (first->path, second->path);

  return order != 0 ? order : (int)first->kind - (int)second->kind;
}

static void
verify_all (Verification *self, LikenessProgress *progress, GCancellable *cancellable)
{
  const GPtrArray *files = self->manifest->files;
  GHashTableIter iter;
  gpointer path;

  likeness_progress_begin (progress, N_ ("Checking files"), files->len);
  for (guint i = 0; i < files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const LikenessManifestFile *file = files->pdata[i];

      verify_listed (self, file, cancellable);
      likeness_progress_advance (progress, 1);
    }
  g_hash_table_remove (self->present, LIKENESS_MANIFEST_NAME);
  g_hash_table_iter_init (&iter, self->present);
  while (g_hash_table_iter_next (&iter, &path, NULL)
         && !g_cancellable_is_cancelled (cancellable))
    verify_foreign (self, path, cancellable);
  add_doubled (self);
  g_ptr_array_sort (self->differences, compare_differences);
}

GPtrArray *
likeness_manifest_verify (const char *directory,
                          LikenessProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (LikenessManifest) manifest = likeness_manifest_load (directory, error);
  g_autoptr (GPtrArray) differences = NULL;
  Verification self = {.manifest = manifest};

  if (manifest == NULL)
    return NULL;
  self.folder = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self.folder < 0)
    {
      g_autofree char *display = likeness_display_name (directory);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_READABLE,
                   _ ("“%s” could not be read (%s): check its permissions"), display,
                   g_strerror (errno));
      return NULL;
    }
  self.present = likeness_folder_list (self.folder);
  self.sizes = g_hash_table_new (g_int64_hash, g_int64_equal);
  self.contents = g_hash_table_new_full (digest_hash, digest_equal, NULL, content_free);
  self.kept = g_ptr_array_new_with_free_func (g_free);
  self.differences = differences
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_difference_free);
  verify_all (&self, progress, cancellable);

  g_hash_table_unref (self.contents);
  g_hash_table_unref (self.sizes);
  g_hash_table_unref (self.present);
  g_ptr_array_unref (self.kept);
  close (self.folder);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return g_steal_pointer (&differences);
}
