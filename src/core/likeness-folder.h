/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Each level holds a descriptor open; a data set has three. */
#define LIKENESS_FOLDER_MAX_DEPTH 64

/**
 * likeness_folder_open_parent:
 * @folder: an open folder
 * @path: relative, without "." and ".."
 * @name: (out): the last component, inside @path
 *
 * Opens the folder that @path stands in, without following a link on the way, so that no
 * path leads out of @folder.
 *
 * Returns: a descriptor to close, or -1 with errno set
 */
int likeness_folder_open_parent (int folder, const char *path, const char **name);

/**
 * likeness_folder_list:
 *
 * Every file, link and other entry below @folder that is not a folder. Links are not
 * followed; folders that cannot be read, or lie too deep, count as entries.
 *
 * Returns: (transfer full) (element-type filename): relative paths, a set
 */
GHashTable *likeness_folder_list (int folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
