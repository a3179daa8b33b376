/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** One member of a zip that a test writes. */
typedef struct
{
  const char *name;
  const void *data;
  gsize length;
  gboolean deflate;
} LikenessTestMember;

/** Writes @n members to @path, in their order, doubles and all. */
void
likeness_test_zip_write (const char *path, const LikenessTestMember *members, gsize n);

/** Writes what torch.save would: "net/data.pkl" with @pickle and, where @storage is not
 * %NULL, "net/data/0" with it. */
void likeness_test_zip_write_pickle (const char *path,
                                     const void *pickle,
                                     gsize length,
                                     const void *storage,
                                     gsize n_storage);

G_END_DECLS
