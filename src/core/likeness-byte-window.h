/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LikenessByteWindow:
 *
 * Looks at single bytes of an open file through one small window that moves when it must,
 * so that a header can be read without reading, or allocating for, the rest of a
 * stranger's file. A plain value.
 */
typedef struct
{
  int fd; /* borrowed */
  guint64 size;
  guint64 offset; /* of the window in the file */
  gsize length;   /* bytes in the window */
  int code;       /* the errno of a read that failed, or 0 */
  guint8 bytes[4096];
} LikenessByteWindow;

/** @size: bytes of the file; nothing past them is read. */
void likeness_byte_window_init (LikenessByteWindow *self, int fd, guint64 size);

/** Moves the window so that it begins at @offset. */
void likeness_byte_window_move (LikenessByteWindow *self, guint64 offset);

/** The byte at @offset, or -1 past the end or where the disk fails. */
int likeness_byte_window_at (LikenessByteWindow *self, guint64 offset);

/** An unsigned number of @n (1 to 4) bytes, big or little end first; -1 as above. */
gint64 likeness_byte_window_big (LikenessByteWindow *self, guint64 offset, guint n);
gint64 likeness_byte_window_little (LikenessByteWindow *self, guint64 offset, guint n);

/** Whether the @n bytes at @offset are @bytes. */
gboolean likeness_byte_window_matches (LikenessByteWindow *self,
                                       guint64 offset,
                                       const void *bytes,
                                       gsize n);

G_END_DECLS
