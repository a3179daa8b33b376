/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <errno.h>

#include "likeness-file-calls.h"

G_BEGIN_DECLS

/* The call that goes wrong, counted down, and how. */
static struct
{
  int countdown;
  int number; /* errno; 0: the commit is cancelled there */
  GCancellable *cancellable;
  gboolean for_good;      /* and every call after it */
  gboolean plain_renames; /* the file system knows no flags */
  gboolean no_kernel_copy;
  gboolean other_disk; /* no hard link leads there */
  guint64 free_bytes;
} fault;

static gboolean
hit (void)
{
  if (fault.countdown > G_MININT)
    fault.countdown--;
  if (fault.countdown > 0 || (fault.countdown < 0 && !fault.for_good))
    return FALSE;
  if (fault.number == 0)
    g_cancellable_cancel (fault.cancellable);
  errno = fault.number;
  return fault.number != 0;
}

static int
fail_make_folder (int dir, const char *path)
{
  return hit () ? -1 : likeness_file_calls.make_folder (dir, path);
}

static int
fail_open (int dir, const char *path, int flags)
{
  return hit () ? -1 : likeness_file_calls.open (dir, path, flags);
}

static int
fail_status (int file, struct stat *status)
{
  return hit () ? -1 : likeness_file_calls.status (file, status);
}

static int
fail_look (int dir, const char *path, struct stat *status)
{
  return hit () ? -1 : likeness_file_calls.look (dir, path, status);
}

static struct dirent *
fail_read_folder (DIR *folder)
{
  return hit () ? NULL : likeness_file_calls.read_folder (folder);
}

static int
fail_lock (int file)
{
  return hit () ? -1 : likeness_file_calls.lock (file);
}

static int
fail_clone (int to, int from)
{
  return hit () ? -1 : likeness_file_calls.clone (to, from);
}

static gssize
fail_copy_range (int from, int to, gsize length)
{
  if (fault.no_kernel_copy)
    {
      errno = EXDEV;
      return -1;
    }
  /* In two halves, so that a second piece can fail too. */
  return hit () ? -1 : likeness_file_calls.copy_range (from, to, (length + 1) / 2);
}

static gssize
fail_write (int file, const void *data, gsize length)
{
  return hit () ? -1 : likeness_file_calls.write (file, data, (length + 1) / 2);
}

static int
fail_set_times (int file, const struct timespec times[2])
{
  return hit () ? -1 : likeness_file_calls.set_times (file, times);
}

static int
fail_close (int file)
{
  gboolean fails = hit ();
  int number = errno;
  int result = likeness_file_calls.close (file);

  errno = number;
  return fails ? -1 : result;
}

static int
fail_link (int from_dir, const char *from, int dir, const char *path)
{
  if (fault.other_disk)
    {
      errno = EXDEV;
      return -1;
    }
  return hit () ? -1 : likeness_file_calls.link (from_dir, from, dir, path);
}

static int
fail_symlink (const char *to, int dir, const char *path)
{
  return hit () ? -1 : likeness_file_calls.symlink (to, dir, path);
}

/* Without waiting for the disk, a thousand times over. */
static int
fail_sync (int file)
{
  return hit () ? -1 : 0;
}

static int
fail_flush (int file)
{
  return hit () ? -1 : 0;
}

static int
fail_rename (int dir, const char *from, const char *to, guint flags)
{
  if (hit ())
    return -1;
  if (fault.plain_renames && flags != 0)
    {
      errno = EINVAL;
      return -1;
    }
  return likeness_file_calls.rename (dir, from, to, flags);
}

static int
fail_unlink (int dir, const char *path, int flags)
{
  return hit () ? -1 : likeness_file_calls.unlink (dir, path, flags);
}

static int
fail_space (int file, struct statvfs *space)
{
  int result = hit () ? -1 : likeness_file_calls.space (file, space);

  if (fault.free_bytes != 0)
    {
      space->f_bavail = fault.free_bytes;
      space->f_frsize = 1;
    }
  return result;
}

static const LikenessFileCalls failing_calls = {
    .make_folder = fail_make_folder,
    .open = fail_open,
    .status = fail_status,
    .look = fail_look,
    .read_folder = fail_read_folder,
    .lock = fail_lock,
    .clone = fail_clone,
    .copy_range = fail_copy_range,
    .write = fail_write,
    .set_times = fail_set_times,
    .close = fail_close,
    .link = fail_link,
    .symlink = fail_symlink,
    .sync = fail_sync,
    .flush = fail_flush,
    .rename = fail_rename,
    .unlink = fail_unlink,
    .space = fail_space,
};

G_END_DECLS
