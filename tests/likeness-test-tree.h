/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A new empty folder for one test; remove it with likeness_test_tree_remove(). (transfer
 * full) */
char *likeness_test_tree_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_test_tree_add:
 * @root: an existing folder
 * @paths: %NULL-terminated; a path that ends in "/" is a folder, one that ends in an
 * image's extension becomes a small valid image that depends on its path, anything else
 * an empty file
 */
void likeness_test_tree_add (const char *root, const char *const *paths);

/** Writes @length bytes (-1: a string) to @path below @root, making folders on the way.
 */
void likeness_test_tree_write (const char *root,
                               const char *path,
                               const void *data,
                               gssize length);

/** Removes @root and all below it; does not follow links. */
void likeness_test_tree_remove (const char *root);

/** All files below @root, relative, sorted by bytes; %NULL-terminated. (transfer full) */
char **likeness_test_tree_list (const char *root) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_test_drop_rights:
 * @root: a tree that must stay within reach
 *
 * An administrator may read every file; a test of "not readable" has to be somebody else.
 * Does nothing for others. Call likeness_test_regain_rights() before the test ends.
 *
 * Returns: %FALSE where that is not possible: then call g_test_skip()
 */
gboolean likeness_test_drop_rights (const char *root);
void likeness_test_regain_rights (void);

/** The folder of real faces and weights, or %NULL: then call g_test_skip() and return. */
const char *likeness_test_get_assets (void);

/** A tree, and where a file of weights may lie in it. */
typedef struct
{
  char *root;
  char *path;
} LikenessTestFile;

/** As g_test_add() wants them: a new tree without the file; all of it removed. */
void likeness_test_file_set_up (LikenessTestFile *self, gconstpointer data);
void likeness_test_file_tear_down (LikenessTestFile *self, gconstpointer data);

G_END_DECLS
