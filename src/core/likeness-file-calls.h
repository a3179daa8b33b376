/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <dirent.h>
#include <gio/gio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessFileCalls:
 *
 * Every system call by which a commit touches the file system, so that a test can let
 * each one fail. As the calls of the same names, below the folder @dir where there is
 * one.
 */
typedef struct
{
  int (*make_folder) (int dir, const char *path);
  int (*open) (int dir, const char *path, int flags);
  int (*status) (int file, struct stat *status);
  int (*look) (int dir,
               const char *path,
               struct stat *status); /* fstatat, of a link itself */
  struct dirent *(*read_folder) (DIR *folder);
  int (*lock) (int file); /* flock: exclusive, and does not wait */
  int (*clone) (int to, int from);
  gssize (*copy_range) (int from, int to, gsize length);
  gssize (*write) (int file, const void *data, gsize length);
  int (*set_times) (int file, const struct timespec times[2]);
  int (*close) (int file);
  int (*link) (int from_dir, const char *from, int dir, const char *path);
  int (*symlink) (const char *to, int dir, const char *path);
  int (*sync) (int file);  /* syncfs: the whole file system */
  int (*flush) (int file); /* fsync */
  int (*rename) (int dir, const char *from, const char *to, guint flags);
  int (*unlink) (int dir, const char *path, int flags);
  int (*space) (int file, struct statvfs *space);
} LikenessFileCalls;

/** The system's own. */
extern const LikenessFileCalls likeness_file_calls;

/**
 * likeness_file_calls_set_error:
 * @number: an errno
 * @path: the file or folder that was to be written, bytes
 *
 * Sets %LIKENESS_ERROR_NO_SPACE or _NOT_WRITABLE with a sentence that names @path and the
 * next step. Always returns %FALSE.
 */
gboolean likeness_file_calls_set_error (int number, const char *path, GError **error);

/**
 * likeness_file_calls_copy:
 * @from: open for reading, at its start
 * @to: open for writing, empty
 * @size: bytes to expect
 *
 * Shares the blocks where the file system can, else copies inside the kernel, else
 * through GIO.
 *
 * Returns: %FALSE with errno set (ECANCELED where @cancellable was)
 */
gboolean likeness_file_calls_copy (const LikenessFileCalls *calls,
                                   int from,
                                   int to,
                                   guint64 size,
                                   GCancellable *cancellable);

/**
 * likeness_file_calls_write_new:
 * @path: below the folder @dir; must not exist
 *
 * Makes a file of @length bytes.
 *
 * Returns: %FALSE with errno set
 */
gboolean likeness_file_calls_write_new (const LikenessFileCalls *calls,
                                        int dir,
                                        const char *path,
                                        const void *data,
                                        gsize length);

/**
 * likeness_file_calls_sync:
 * @file: an open folder of the file system
 *
 * Waits for the disk, which may take long and cannot be stopped: after a cancellation the
 * disk goes on by itself.
 *
 * Returns: %FALSE with errno set (ECANCELED where @cancellable was)
 */
gboolean likeness_file_calls_sync (const LikenessFileCalls *calls,
                                   int file,
                                   GCancellable *cancellable);

/**
 * likeness_file_calls_remove_tree:
 * @dir: an open folder
 * @name: a file or folder in it; links are removed, never followed
 * @progress: (nullable): advanced for each entry that is gone
 *
 * Removes what it can, and does not stop at what it cannot.
 *
 * Returns: %TRUE where nothing is left
 */
gboolean likeness_file_calls_remove_tree (const LikenessFileCalls *calls,
                                          int dir,
                                          const char *name,
                                          LikenessProgress *progress);

G_END_DECLS
