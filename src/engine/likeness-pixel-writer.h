/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pixel-cache.h"

G_BEGIN_DECLS

/**
 * LikenessPixelWriter:
 *
 * A file of decoded faces in the making: written under a hidden name, locked meanwhile,
 * and renamed once it is whole. Of several that write the same one the last wins; each
 * has its own file.
 */
typedef struct _LikenessPixelWriter LikenessPixelWriter;

/**
 * likeness_pixel_writer_new:
 * @path: in a folder of likeness-cache-folder.h, which is made
 * @family: as in %LikenessPixelHeader
 * @read: as in %LikenessPixelHeader
 *
 * Makes room for the file and reserves it on the disk.
 *
 * Returns: (transfer full): or %NULL where there is no room, or nothing can be written:
 * then do without
 */
LikenessPixelWriter *likeness_pixel_writer_new (const char *path,
                                                gsize n,
                                                guint n_planes,
                                                guint64 family,
                                                gint64 read) G_GNUC_WARN_UNUSED_RESULT;

/** Writes the pixels of face @slot; from any thread. %FALSE: it cannot be written. */
gboolean likeness_pixel_writer_put (LikenessPixelWriter *self,
                                    gsize slot,
                                    const guint8 *best,
                                    const guint8 *probe);

/** (transfer full): the finished file, under its name; or %NULL where that failed. */
LikenessPixelCache *likeness_pixel_writer_finish (LikenessPixelWriter *self,
                                                  const LikenessPixelRecord *records)
    G_GNUC_WARN_UNUSED_RESULT;
/** Removes what was not finished. */
void likeness_pixel_writer_free (LikenessPixelWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPixelWriter, likeness_pixel_writer_free)

G_END_DECLS
