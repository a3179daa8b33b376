/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What an image file says about itself, before anything is decoded. */
typedef struct
{
  const char *type; /* static: GdkPixbuf's name of the loader, "png", "jpeg", ... */
  int width;
  int height;
  guint64 size;        /* bytes of the file */
  guint64 fingerprint; /* XXH3 of its first and last 4096 bytes */
} LikenessImageProbe;

/**
 * likeness_image_probe_open:
 * @path: a file, or a link to one; anything else (FIFO, device, folder) is never opened
 * @probe: (out): filled on success
 *
 * Opens an image and reads only what tells its type, by content and not by name, that its
 * size is sane (%LIKENESS_IMAGE_MAX_PIXELS) and that it is whole: for PNG the chunks up
 * to IEND (PNG specification, 5.3), for JPEG the markers up to EOI (ITU-T T.81, B.1), for
 * the others the bytes that the header implies.
 *
 * Returns: a file descriptor to close, or -1 with the errors of likeness_image_load();
 * the message is a sentence that does not repeat the file's name
 */
int
likeness_image_probe_open (const char *path, LikenessImageProbe *probe, GError **error);

G_END_DECLS
