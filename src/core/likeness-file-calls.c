/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#define _GNU_SOURCE
#include "config.h"

#include "likeness-file-calls.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "likeness-display-name.h"
#include "likeness-error.h"

/* A copy looks at its cancellable after each such piece. */
#define PIECE_BYTES (16 * 1024 * 1024)
/* A wait for the disk looks at it so often. */
#define LOOK_MICROSECONDS (20 * 1000)
/* Once may fail for a passing reason; what is still there then stays. */
#define REMOVE_PASSES 3

static int
call_make_folder (int dir, const char *path)
{
  return mkdirat (dir, path, 0777);
}

static int
call_open (int dir, const char *path, int flags)
{
  return openat (dir, path, flags | O_CLOEXEC, 0666);
}

static int
call_look (int dir, const char *path, struct stat *status)
{
  return fstatat (dir, path, status, AT_SYMLINK_NOFOLLOW);
}

static int
call_lock (int file)
{
  return flock (file, LOCK_EX | LOCK_NB);
}

static int
call_clone (int to, int from)
{
  return ioctl (to, FICLONE, from);
}

static gssize
call_copy_range (int from, int to, gsize length)
{
  return copy_file_range (from, NULL, to, NULL, length, 0);
}

static int
call_link (int from_dir, const char *from, int dir, const char *path)
{
  return linkat (from_dir, from, dir, path, AT_SYMLINK_FOLLOW);
}

static int
call_rename (int dir, const char *from, const char *to, guint flags)
{
  return renameat2 (dir, from, dir, to, flags);
}

const LikenessFileCalls likeness_file_calls = {
    .make_folder = call_make_folder,
    .open = call_open,
    .status = fstat,
    .look = call_look,
    .read_folder = readdir,
    .lock = call_lock,
    .clone = call_clone,
    .copy_range = call_copy_range,
    .write = write,
    .set_times = futimens,
    .close = close,
    .link = call_link,
    .symlink = symlinkat,
    .sync = syncfs,
    .flush = fsync,
    .rename = call_rename,
    .unlink = unlinkat,
    .space = fstatvfs,
};

gboolean
likeness_file_calls_set_error (int number, const char *path, GError **error)
{
  g_autofree char *name = likeness_display_name (path);

  if (number == ENOSPC || number == EDQUOT)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NO_SPACE,
                 _ ("There is no room left for “%s”: free some space, or choose a folder "
                    "on another disk"),
                 name);
  else if (number == EACCES || number == EPERM || number == EROFS)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
                 _ ("“%s” may not be written (%s): choose a folder of your own"), name,
                 g_strerror (number));
  else
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
                 _ ("“%s” could not be written (%s): check the disk or choose another "
                    "folder"),
                 name, g_strerror (number));
  return FALSE;
}

static gboolean
copy_through_gio (int from, int to, guint64 size, GCancellable *cancellable)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (from, FALSE);
  g_autoptr (GOutputStream) output = g_unix_output_stream_new (to, FALSE);
  g_autoptr (GError) error = NULL;
  gssize copied = g_output_stream_splice (output, input, G_OUTPUT_STREAM_SPLICE_NONE,
                                          cancellable, &error);

  if (copied >= 0 && (guint64)copied == size)
    return TRUE;
  errno = copied >= 0                                                         ? ESTALE
          : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)         ? ECANCELED
          : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)          ? ENOSPC
          : g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ? EACCES
                                                                              : EIO;
  return FALSE;
}

gboolean
likeness_file_calls_copy (const LikenessFileCalls *calls,
                          int from,
                          int to,
                          guint64 size,
                          GCancellable *cancellable)
{
  guint64 done = 0;

  if (calls->clone (to, from) == 0)
    return TRUE;
  while (done < size)
    {
      gssize copied;

      if (g_cancellable_is_cancelled (cancellable))
        {
          errno = ECANCELED;
          return FALSE;
        }
      copied = calls->copy_range (from, to, MIN (size - done, PIECE_BYTES));
      if (copied > 0)
        done += copied;
      else if (copied < 0 && errno == EINTR)
        continue;
      else if (done == 0 && (copied == 0 || (errno != ENOSPC && errno != EDQUOT)))
        return copy_through_gio (from, to, size, cancellable);
      else
        {
          if (copied == 0)
            errno = ESTALE;
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
likeness_file_calls_write_new (const LikenessFileCalls *calls,
                               int dir,
                               const char *path,
                               const void *data,
                               gsize length)
{
  int file = calls->open (dir, path, O_WRONLY | O_CREAT | O_EXCL);
  gsize done = 0;
  int number;

  if (file < 0)
    return FALSE;
  while (done < length)
    {
      gssize written = calls->write (file, (const char *)data + done, length - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written == 0)
        errno = EIO;
      if (written <= 0)
        break;
      done += written;
    }
  number = errno;
  if (calls->close (file) != 0 && done == length)
    return FALSE;
  errno = number;
  return done == length;
}

/* A wait for the disk on a thread of its own; whoever is last frees it. */
typedef struct
{
  const LikenessFileCalls *calls;
  int file; /* owned */
  GMutex mutex;
  GCond ended;
  gboolean has_ended;
  int number; /* errno, or 0 */
} Sync;

static void
sync_clear (gpointer data)
{
  Sync *sync = data;

  if (sync->file >= 0)
    close (sync->file);
  g_mutex_clear (&sync->mutex);
  g_cond_clear (&sync->ended);
}

static gpointer
sync_thread (gpointer data)
{
  Sync *sync = data;
  int number = sync->calls->sync (sync->file) == 0 ? 0 : errno;

  g_mutex_lock (&sync->mutex);
  sync->number = number;
  sync->has_ended = TRUE;
  g_cond_signal (&sync->ended);
  g_mutex_unlock (&sync->mutex);
  g_atomic_rc_box_release_full (sync, sync_clear);
  return NULL;
}

gboolean
likeness_file_calls_sync (const LikenessFileCalls *calls,
                          int file,
                          GCancellable *cancellable)
{
  Sync *sync = g_atomic_rc_box_new0 (Sync);
  int number;

  sync->calls = calls;
  /* Not a duplicate, which would keep its lock. */
  sync->file = openat (file, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_mutex_init (&sync->mutex);
  g_cond_init (&sync->ended);
  g_thread_unref (
      g_thread_new ("likeness-sync", sync_thread, g_atomic_rc_box_acquire (sync)));

  g_mutex_lock (&sync->mutex);
  while (!sync->has_ended && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait_until (&sync->ended, &sync->mutex,
                       g_get_monotonic_time () + LOOK_MICROSECONDS);
  number = sync->has_ended ? sync->number : ECANCELED;
  g_mutex_unlock (&sync->mutex);
  g_atomic_rc_box_release_full (sync, sync_clear);
  errno = number;
  return number == 0;
}

typedef struct
{
  const LikenessFileCalls *calls;
  LikenessProgress *progress;
} Removal;

static void remove_entry (const Removal *removal, int dir, const char *name);

static void
empty_folder (const Removal *removal, int dir, const char *name)
{
  int file = removal->calls->open (dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  DIR *folder = file >= 0 ? fdopendir (file) : NULL;
  struct dirent *entry;

  if (folder == NULL)
    {
      if (file >= 0)
        close (file);
      return;
    }
  while ((entry = removal->calls->read_folder (folder)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      remove_entry (removal, dirfd (folder), entry->d_name);
  closedir (folder);
}

static void
remove_entry (const Removal *removal, int dir, const char *name)
{
  int result = removal->calls->unlink (dir, name, 0);

  /* A folder: Linux answers EISDIR, POSIX EPERM. */
  if (result != 0 && (errno == EISDIR || errno == EPERM))
    {
      empty_folder (removal, dir, name);
      result = removal->calls->unlink (dir, name, AT_REMOVEDIR);
    }
  if (result == 0)
    likeness_progress_advance (removal->progress, 1);
}

gboolean
likeness_file_calls_remove_tree (const LikenessFileCalls *calls,
                                 int dir,
                                 const char *name,
                                 LikenessProgress *progress)
{
  Removal removal = {calls, progress};
  struct stat status;

  for (int pass = 0; pass <= REMOVE_PASSES; pass++)
    {
      if (calls->look (dir, name, &status) != 0 && errno == ENOENT)
        return TRUE;
      if (pass < REMOVE_PASSES)
        remove_entry (&removal, dir, name);
    }
  return FALSE;
}
