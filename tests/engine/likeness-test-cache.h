/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pixels.h"

G_BEGIN_DECLS

#define LIKENESS_TEST_CACHE_FACES 6

/** Faces with partners below @root, of the same size in bytes each; clear it with
 * likeness_test_cache_clear(). */
LikenessFaceList likeness_test_cache_draw (const char *root);
void likeness_test_cache_clear (LikenessFaceList *list);

/** Gives the picture at @path, @size pixels wide and high, another content, in place. */
void likeness_test_cache_repaint (const char *path, int size, guint shade);

/** Waits until what was changed before this has surely not been changed just now. */
void likeness_test_cache_age (void);

/** Holds @pixels against what decoding each file of @list gives. */
void likeness_test_cache_check (const LikenessFaceList *list,
                                int input,
                                const LikenessPixels *pixels);

/** The faces whose files would be read to load @list. */
guint likeness_test_cache_count_read (const LikenessFaceList *list, int input);

G_END_DECLS
