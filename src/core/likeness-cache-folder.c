/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cache-folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

/* A file in the making is locked a moment after it is there. */
#define LEFT_SECONDS 60

typedef struct
{
  char *path;
  guint64 size;
  struct timespec used;
  gboolean is_hidden; /* in the making, or left so */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->path);
  g_free (self);
}

static char *
make_folder_path (const LikenessCacheKind *kind)
{
  return g_build_filename (g_get_user_cache_dir (), "likeness", kind->name, NULL);
}

char *
likeness_cache_folder_make_path (const LikenessCacheKind *kind, const char *name)
{
  g_autofree char *folder = make_folder_path (kind);

  return g_strdup_printf ("%s/%s%s", folder, name, kind->suffix);
}

static int
compare_use (gconstpointer a, gconstpointer b)
{
  const struct timespec *x = &(*(Entry *const *)a)->used;
  const struct timespec *y = &(*(Entry *const *)b)->used;

  return x->tv_sec != y->tv_sec ? (x->tv_sec < y->tv_sec ? 1 : -1)
                                : (x->tv_nsec < y->tv_nsec) - (x->tv_nsec > y->tv_nsec);
}

/* (element-type Entry): the last used first. */
static GPtrArray *
list (const LikenessCacheKind *kind, const char *folder, const char *prefix)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      gboolean is_hidden = g_str_has_prefix (name, kind->hidden);
      struct stat status;
      Entry *entry;

      if (!g_str_has_prefix (name, prefix)
          || !(is_hidden || g_str_has_suffix (name, kind->suffix))
          || lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
        continue;
      entry = g_new (Entry, 1);
      entry->path = g_steal_pointer (&path);
      entry->size = (guint64)status.st_blocks * 512;
      entry->used = status.st_mtim;
      entry->is_hidden = is_hidden;
      g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_use);
  return entries;
}

GPtrArray *
likeness_cache_folder_list (const LikenessCacheKind *kind, const char *prefix)
{
  g_autofree char *folder = make_folder_path (kind);
  g_autoptr (GPtrArray) entries = list (kind, folder, prefix);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];

      g_ptr_array_add (paths, g_steal_pointer (&entry->path));
    }
  return paths;
}

void
likeness_cache_folder_touch (const char *path)
{
  utimensat (AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW);
}

/* Unless some process has it mapped or writes it. */
static gboolean
remove_unused (const char *path)
{
  int file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  gboolean removed;

  if (file < 0)
    return FALSE;
  removed = (flock (file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
            && g_unlink (path) == 0;
  close (file);
  return removed;
}

void
likeness_cache_folder_trim (const LikenessCacheKind *kind,
                            const char *folder,
                            const char *spared,
                            guint64 limit)
{
  g_autoptr (GPtrArray) entries = list (kind, folder, "");
  time_t now = time (NULL);
  guint64 used = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      Entry *entry = entries->pdata[i];

      if (g_strcmp0 (entry->path, spared) == 0
          || (entry->is_hidden && now - entry->used.tv_sec > LEFT_SECONDS
              && remove_unused (entry->path)))
        entry->size = 0;
      used += entry->size;
    }
  for (guint i = entries->len; i-- > 0 && used > limit;)
    {
      Entry *entry = entries->pdata[i];

      if (entry->size > 0 && !entry->is_hidden && remove_unused (entry->path))
        used -= entry->size;
    }
}

static guint64
count_used (const LikenessCacheKind *kind, const char *folder)
{
  g_autoptr (GPtrArray) entries = list (kind, folder, "");
  guint64 used = 0;

  for (guint i = 0; i < entries->len; i++)
    used += ((Entry *)entries->pdata[i])->size;
  return used;
}

static gboolean
make_room (const LikenessCacheKind *kind,
           const char *folder,
           const char *path,
           guint64 size)
{
  struct statvfs space;
  guint64 limit = kind->most;

  if (statvfs (folder, &space) == 0)
    limit = MIN (limit,
                 ((guint64)space.f_bavail * space.f_frsize + count_used (kind, folder))
                     / 10);
  if (size > limit)
    return FALSE;
  likeness_cache_folder_trim (kind, folder, path, limit - size);
  return TRUE;
}

int
likeness_cache_folder_create (const LikenessCacheKind *kind,
                              const char *path,
                              guint64 size,
                              char **hidden)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *pattern = g_strdup_printf ("%s/%sXXXXXX", folder, kind->hidden);
  int file;

  *hidden = NULL;
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return -1;
  if (!make_room (kind, folder, path, size))
    {
      errno = EFBIG;
      return -1;
    }
  file = g_mkstemp_full (pattern, O_RDWR | O_CLOEXEC, 0600);
  if (file < 0)
    return -1;
  flock (file, LOCK_EX | LOCK_NB);
  errno = posix_fallocate (file, 0, (off_t)size);
  if (errno == 0)
    {
      *hidden = g_steal_pointer (&pattern);
      return file;
    }
  g_unlink (pattern);
  close (file);
  return -1;
}

static gboolean
transfer (int file, guint8 *at, gsize length, goffset offset, gboolean writes)
{
  while (length > 0)
    {
      gssize n
          = writes ? pwrite (file, at, length, offset) : pread (file, at, length, offset);

      if (n == 0 || (n < 0 && errno != EINTR))
        return FALSE;
      if (n > 0)
        {
          at += n;
          offset += n;
          length -= (gsize)n;
        }
    }
  return TRUE;
}

gboolean
likeness_cache_folder_read (int file, gpointer data, gsize length, goffset offset)
{
  return transfer (file, data, length, offset, FALSE);
}

gboolean
likeness_cache_folder_write (int file, gconstpointer data, gsize length, goffset offset)
{
  return transfer (file, (guint8 *)data, length, offset, TRUE);
}
