/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pixel-writer.h"

G_BEGIN_DECLS

/** What enlarges faces that are smaller than the network's input; part of the family. */
#define LIKENESS_PIXEL_SOURCE_BILINEAR "bilinear"

/**
 * LikenessPixelSource:
 *
 * Where the pixels of a list's faces may be taken from without decoding: the cache file
 * of the same list and those of other lists of the same family, which are decoded alike
 * (the input, what enlarges, the versions of what decodes). A file that the file system
 * says is unchanged is not read; one that is not what it was is read and found by its
 * content, wherever it lies now.
 */
typedef struct _LikenessPixelSource LikenessPixelSource;

/**
 * likeness_pixel_source_new:
 * @list: must stay, and not be empty
 * @input: LIKENESS_INPUT_* or pixels; AUTO is resolved by the caller
 * @enlarger: says exactly what enlarges small faces, a model's digest for instance
 *
 * Looks at every file and reads those that are not known as they are. Blocks.
 *
 * Returns: (transfer full): or %NULL with %G_IO_ERROR_CANCELLED
 */
LikenessPixelSource *likeness_pixel_source_new (const LikenessFaceList *list,
                                                int input,
                                                const char *enlarger,
                                                GCancellable *cancellable,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_pixel_source_free (LikenessPixelSource *self);

/** How many faces' files were read, to know their content. */
guint likeness_pixel_source_get_n_read (const LikenessPixelSource *self);

/** (transfer full): the file that holds all faces as they are, with good checksums; or
 * %NULL where one has to be made. */
LikenessPixelCache *
likeness_pixel_source_get_whole (LikenessPixelSource *self) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): for the file that is to be made; or %NULL where it cannot be. */
LikenessPixelWriter *
likeness_pixel_source_make_writer (LikenessPixelSource *self) G_GNUC_WARN_UNUSED_RESULT;

/** Copies the pixels of face @index; @probe may be @best. From any thread. %FALSE: it has
 * to be decoded, and its pixels told to likeness_pixel_source_settle(). */
gboolean likeness_pixel_source_copy (LikenessPixelSource *self,
                                     gsize index,
                                     guint8 *best,
                                     guint8 *probe);
void likeness_pixel_source_settle (LikenessPixelSource *self,
                                   gsize index,
                                   const guint8 *best,
                                   const guint8 *probe);

/** (transfer none): for likeness_pixel_writer_finish(), once every face is copied or
 * settled. */
const LikenessPixelRecord *
likeness_pixel_source_get_records (const LikenessPixelSource *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPixelSource, likeness_pixel_source_free)

G_END_DECLS
