/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-fingerprint-cache.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/** (transfer full) (nullable): the absolute path of file @index; %NULL: there is none.
 * From several threads. */
typedef char *(*LikenessPathFunc) (gsize index, gpointer user_data);

/** What is known of one file. */
typedef struct
{
  LikenessFileStamp stamp; /* size 0: it is not there, or empty */
  LikenessFingerprint print;
  guint32 wanted;     /* LikenessFingerprintParts */
  gboolean is_there;  /* when it was looked at */
  gboolean is_steady; /* and the same file still when its fingerprint was taken */
} LikenessFingerprintFile;

/**
 * LikenessFingerprints:
 *
 * Perceptual hashes and digests of many files of one data set, with a bounded pool of
 * threads; what was computed in an earlier session comes from the user's cache folder.
 */
typedef struct
{
  gsize n;
  LikenessFingerprintFile *files;

  /*< private >*/
  LikenessFingerprintCache *cache;
  LikenessPathFunc path;
  gpointer user_data;
  guint threads;
  gint64 began; /* nanoseconds since 1970 */
} LikenessFingerprints;

/**
 * likeness_fingerprints_new:
 * @root: of the data set: it names the cache
 * @path: with @user_data: has to answer as long as the fingerprints are there
 * @threads: as likeness_parallel_for()
 *
 * Looks at the files and not into them. Sets what is known of each; then set what is
 * wanted of each.
 *
 * Returns: (transfer full): or %NULL with %G_IO_ERROR_CANCELLED
 */
LikenessFingerprints *
likeness_fingerprints_new (const char *root,
                           gsize n,
                           LikenessPathFunc path,
                           gpointer user_data,
                           guint threads,
                           GCancellable *cancellable,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_fingerprints_free (LikenessFingerprints *self);

/**
 * likeness_fingerprints_compute:
 * @stage: what this is, as likeness_progress_begin()
 * @progress: (nullable): counts the files of which anything is wanted
 *
 * Computes what is wanted and not known, and keeps it for the next time. What cannot be
 * decoded or read lacks its part.
 */
gboolean likeness_fingerprints_compute (LikenessFingerprints *self,
                                        const char *stage,
                                        LikenessProgress *progress,
                                        GCancellable *cancellable,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessFingerprints, likeness_fingerprints_free)

G_END_DECLS
