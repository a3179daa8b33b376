/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How the name of a file in the making begins. */
#define LIKENESS_PIXEL_FOLDER_HIDDEN ".faces-"
/** The folder holds no more than this, nor than a tenth of what the file system has left
 * without it. */
#define LIKENESS_PIXEL_FOLDER_MOST (G_GUINT64_CONSTANT (4) << 30)

/**
 * likeness_pixel_folder_make_path:
 * @family: of faces that are decoded alike
 * @set: of faces
 *
 * Returns: (transfer full): the file for them, in `$XDG_CACHE_HOME/likeness/faces`; there
 * may be none
 */
char *likeness_pixel_folder_make_path (guint64 family,
                                       guint64 set) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full) (element-type filename): the files of @family, the last used first. */
GPtrArray *likeness_pixel_folder_list (guint64 family) G_GNUC_WARN_UNUSED_RESULT;

/** Notes that the file at @path is in use, so that it is not the next to go. */
void likeness_pixel_folder_touch (const char *path);

/**
 * likeness_pixel_folder_make_room:
 * @folder: of files of decoded faces
 * @path: the file that is to be written or replaced
 * @size: of it
 *
 * As likeness_pixel_folder_trim(), to what may lie beside the new file.
 *
 * Returns: %FALSE where it is too large to be kept at all
 */
gboolean
likeness_pixel_folder_make_room (const char *folder, const char *path, guint64 size);

/**
 * likeness_pixel_folder_trim:
 * @spared: a path in @folder that neither counts nor goes
 * @limit: bytes
 *
 * Removes the files that were not used for longest until the others have no more than
 * @limit bytes, and what killed processes left. Files that any process has mapped stay.
 */
void likeness_pixel_folder_trim (const char *folder, const char *spared, guint64 limit);

G_END_DECLS
