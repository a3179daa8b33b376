/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-digest.h"
#include "likeness-progress.h"
#include "likeness-types.h"

G_BEGIN_DECLS

#define LIKENESS_MANIFEST_NAME "dataset.json"
#define LIKENESS_MANIFEST_FORMAT 1

/** One written file. Names are bytes; in the file they are escaped as
 * likeness_json_escape() does. */
typedef struct
{
  char *path; /* relative to the folder, without "." and ".." */
  char *subject;
  LikenessSplit split;
  char *source; /* where it came from, relative to the source */
  guint64 size;
  LikenessDigest digest;
  gsize group; /* near-duplicate group */
} LikenessManifestFile;

typedef struct
{
  char *source;          /* absolute path of the folder it was made from, bytes */
  gboolean are_symlinks; /* the files were written as symbolic links */
  GPtrArray *files;      /* LikenessManifestFile */
} LikenessManifest;

/**
 * likeness_manifest_load:
 * @directory: a folder with a `dataset.json`
 *
 * Reads a stranger's manifest: sizes capped, paths relative and inside, numbers checked.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_NOT_FOUND (no manifest here),
 *   %LIKENESS_ERROR_BAD_FORMAT or %LIKENESS_ERROR_TOO_LARGE
 */
LikenessManifest *likeness_manifest_load (const char *directory,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_manifest_free (LikenessManifest *self);

typedef enum
{
  LIKENESS_DIFFERENCE_MISSING,
  LIKENESS_DIFFERENCE_CHANGED,
  LIKENESS_DIFFERENCE_FOREIGN,
  LIKENESS_DIFFERENCE_DOUBLED, /* one content in two splits or under two subjects */
} LikenessDifferenceKind;

typedef struct
{
  LikenessDifferenceKind kind;
  char *path;
} LikenessDifference;

void likeness_difference_free (LikenessDifference *self);

/**
 * likeness_manifest_verify:
 *
 * Returns: (transfer full) (element-type LikenessDifference): sorted by path; empty where
 *   everything is as written; %NULL with an error where it could not be checked
 */
GPtrArray *likeness_manifest_verify (const char *directory,
                                     LikenessProgress *progress,
                                     GCancellable *cancellable,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_manifest_undo:
 * @n_removed: (out) (optional): files removed
 * @n_kept: (out) (optional): files of others (added or changed later) that were left in
 * place
 *
 * Removes exactly what the manifest lists and is unchanged, then the manifest, then
 * folders that are empty.
 */
gboolean likeness_manifest_undo (const char *directory,
                                 guint *n_removed,
                                 guint *n_kept,
                                 LikenessProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessManifest, likeness_manifest_free)

G_END_DECLS
