/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-digest.h"

G_BEGIN_DECLS

/** What the file system knows of a file; all 0: there is no such file, or it is not
 * known. It lies in cache files as it is here. */
typedef struct
{
  guint64 device;
  guint64 inode;
  gint64 size;
  gint64 modified; /* nanoseconds since 1970 */
  gint64 changed;
} LikenessFileStamp;

/** A file that was changed less than this before it was read may have changed since
 * without a sign of it: as coarse as clocks of file systems are (FAT). Nanoseconds. */
#define LIKENESS_FILE_STAMP_RACY (G_GINT64_CONSTANT (2) * 1000000000)

/** Looks at the file at @path and not into it; %FALSE where no regular one is there. */
gboolean likeness_file_stamp_look (LikenessFileStamp *self, const char *path);

/** Whether @file, which is open, is still the one that was looked at. */
gboolean likeness_file_stamp_is_of (const LikenessFileStamp *self, int file);

/**
 * likeness_file_stamp_is_racy:
 * @read: nanoseconds since 1970: not later than the first look at the file
 *
 * Whether the file may have changed after it was read without new times, as it was
 * changed just before: git's rule for its index (Documentation/technical/racy-git.txt).
 */
gboolean likeness_file_stamp_is_racy (const LikenessFileStamp *self, gint64 read);

/**
 * likeness_file_stamp_read:
 * @path: the file that was looked at
 * @digest: (out): of its content
 *
 * Returns: %FALSE where it cannot be read or is no longer what was looked at
 */
gboolean likeness_file_stamp_read (const LikenessFileStamp *self,
                                   const char *path,
                                   LikenessDigest *digest,
                                   GCancellable *cancellable);

G_END_DECLS
