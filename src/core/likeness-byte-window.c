/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-byte-window.h"

#include <errno.h>
#include <unistd.h>

void
likeness_byte_window_init (LikenessByteWindow *self, int fd, guint64 size)
{
  self->fd = fd;
  self->size = size;
  self->offset = 0;
  self->length = 0;
  self->code = 0;
}

void
likeness_byte_window_move (LikenessByteWindow *self, guint64 offset)
{
  gssize n;

  /* A small file is in it as a whole. */
  if (self->length > 0 && self->offset == offset)
    return;
  self->offset = offset;
  self->length = 0;
  if (offset >= self->size || self->code != 0)
    return;
  do
    n = pread (self->fd, self->bytes, MIN (sizeof self->bytes, self->size - offset),
               offset);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    self->code = errno;
  else
    self->length = n;
}

int
likeness_byte_window_at (LikenessByteWindow *self, guint64 offset)
{
  guint64 last = self->size - MIN (self->size, sizeof self->bytes);

  /* Near the end it takes all that is left, which is looked at next. */
  if (offset < self->offset || offset - self->offset >= self->length)
    likeness_byte_window_move (self, MIN (offset, last));
  return offset >= self->offset && offset - self->offset < self->length
             ? self->bytes[offset - self->offset]
             : -1;
}

gint64
likeness_byte_window_big (LikenessByteWindow *self, guint64 offset, guint n)
{
  gint64 number = 0;

  for (guint i = 0; i < n; i++)
    {
      int byte = likeness_byte_window_at (self, offset + i);

      if (byte < 0)
        return -1;
      number = number << 8 | byte;
    }
  return number;
}

gint64
likeness_byte_window_little (LikenessByteWindow *self, guint64 offset, guint n)
{
  gint64 number = 0;

  for (guint i = n; i > 0; i--)
    {
      int byte = likeness_byte_window_at (self, offset + i - 1);

      if (byte < 0)
        return -1;
      number = number << 8 | byte;
    }
  return number;
}

gboolean
likeness_byte_window_matches (LikenessByteWindow *self,
                              guint64 offset,
                              const void *bytes,
                              gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (likeness_byte_window_at (self, offset + i) != ((const guint8 *)bytes)[i])
      return FALSE;
  return TRUE;
}
