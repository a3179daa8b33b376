/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A kind of files that are kept in `$XDG_CACHE_HOME/likeness` to save the work of making
 * them again. */
typedef struct
{
  const char *name;   /* of their folder */
  const char *suffix; /* of their names */
  const char *hidden; /* how the name of one in the making begins */
  guint64 most; /* bytes: the folder holds no more, nor more than a tenth of what the
                   file system has left without it */
} LikenessCacheKind;

/** (transfer full): the path of the file @name of @kind, which need not be there. */
char *likeness_cache_folder_make_path (const LikenessCacheKind *kind,
                                       const char *name) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full) (element-type filename): the files whose names begin with @prefix, the
 * last used first. */
GPtrArray *likeness_cache_folder_list (const LikenessCacheKind *kind,
                                       const char *prefix) G_GNUC_WARN_UNUSED_RESULT;

/** Notes that the file at @path is in use, so that it is not the next to go. */
void likeness_cache_folder_touch (const char *path);

/**
 * likeness_cache_folder_create:
 * @path: the file that is to be written or replaced, in the end by renaming
 * @size: of it
 * @hidden: (out): the path that it has until then
 *
 * Makes the folder where there is none, and room in it as likeness_cache_folder_trim().
 *
 * Returns: an open and locked file of that size, or -1 with errno; EFBIG: it is too large
 * to be kept at all
 */
int likeness_cache_folder_create (const LikenessCacheKind *kind,
                                  const char *path,
                                  guint64 size,
                                  char **hidden);

/**
 * likeness_cache_folder_trim:
 * @folder: where files of @kind lie
 * @spared: (nullable): a path in @folder that neither counts nor goes
 * @limit: bytes
 *
 * Removes the files that were not used for longest until the others have no more than
 * @limit bytes, and what killed processes left. Files that any process has locked stay.
 */
void likeness_cache_folder_trim (const LikenessCacheKind *kind,
                                 const char *folder,
                                 const char *spared,
                                 guint64 limit);

/** All of @length bytes at @offset, or %FALSE. */
gboolean
likeness_cache_folder_read (int file, gpointer data, gsize length, goffset offset);
gboolean
likeness_cache_folder_write (int file, gconstpointer data, gsize length, goffset offset);

G_END_DECLS
