/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-cache-folder.h"
#include "likeness-file-stamp.h"

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_FINGERPRINT_HASH = 1 << 0,   /* the perceptual hash is known */
  LIKENESS_FINGERPRINT_DIGEST = 1 << 1, /* the digest of the content is known */
} LikenessFingerprintParts;

/** What was computed from the content of one file. It lies in cache files as it is here.
 */
typedef struct
{
  guint64 key[2]; /* XXH3-128 of the absolute path, seeded with the stamp's XXH3-64 */
  LikenessDigest digest;
  guint64 hash;  /* likeness_perceptual_hash() */
  guint32 parts; /* LikenessFingerprintParts */
  guint32 reserved;
} LikenessFingerprint;

/** Of the fingerprints' files, in `$XDG_CACHE_HOME/likeness/fingerprints`. */
extern const LikenessCacheKind likeness_fingerprint_cache_kind;

/**
 * LikenessFingerprintCache:
 *
 * The fingerprints of a data set's files that were computed before, in one file of the
 * user's cache folder. It is read as a whole: its size must be the one that its header
 * tells, its records sorted and its checksum right, or it is taken for empty and written
 * anew. A record is found by the path and everything that the file system tells of the
 * file (device, inode, size, times), so that a changed file has none. In the machine's
 * own byte order.
 */
typedef struct
{
  char *path;
  gsize n;
  LikenessFingerprint *records; /* sorted by key */
} LikenessFingerprintCache;

/** (transfer full): @root: of the data set; never %NULL. */
LikenessFingerprintCache *
likeness_fingerprint_cache_open (const char *root) G_GNUC_WARN_UNUSED_RESULT;
void likeness_fingerprint_cache_free (LikenessFingerprintCache *self);

/** Sets the key of @self. */
void likeness_fingerprint_name (LikenessFingerprint *self,
                                const char *path,
                                const LikenessFileStamp *stamp);

/** Adds what is known of the file with the key of @print; %FALSE: nothing. */
gboolean likeness_fingerprint_cache_find (const LikenessFingerprintCache *self,
                                          LikenessFingerprint *print);

/**
 * likeness_fingerprint_cache_save:
 * @prints: @n of one data set, in any order; sorted by this
 *
 * Writes them, with what the file on the disk has by then: parts that lack in @prints,
 * and other files' as long as these are not many more. Nothing happens where that is not
 * possible: it is a cache.
 */
void likeness_fingerprint_cache_save (const LikenessFingerprintCache *self,
                                      LikenessFingerprint *prints,
                                      gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessFingerprintCache, likeness_fingerprint_cache_free)

G_END_DECLS
