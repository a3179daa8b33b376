/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LikenessThumbnailer:
 *
 * Decodes pictures on a bounded pool of threads, the newest request first, each picture
 * once however often it is asked for. A request that is cancelled before its turn costs
 * nothing. What was decoded is kept in a cache that is limited by bytes.
 *
 * All calls belong to the thread that made it, whose main context gets the answers.
 */
#define LIKENESS_TYPE_THUMBNAILER (likeness_thumbnailer_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessThumbnailer, likeness_thumbnailer, LIKENESS, THUMBNAILER, GObject)

/**
 * LikenessThumbnailFunc:
 * @texture: (nullable) (transfer none): %NULL where the picture cannot be shown
 * @error: (nullable): why
 */
typedef void (*LikenessThumbnailFunc) (GdkTexture *texture,
                                       const GError *error,
                                       gpointer user_data);

/**
 * likeness_thumbnailer_new:
 * @max_bytes: of pixels that the cache may hold
 * @threads: at least 1
 */
LikenessThumbnailer *likeness_thumbnailer_new (gsize max_bytes,
                                               guint threads) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_thumbnailer_look_up:
 *
 * Returns: (transfer none) (nullable): the picture if it is in the cache
 */
GdkTexture *
likeness_thumbnailer_look_up (LikenessThumbnailer *self, const char *path, int size);

/**
 * likeness_thumbnailer_request:
 * @path: absolute path, bytes
 * @size: longest side in device pixels; a picture of more than half as much again is
 * reduced to it
 * @func: called once from the main loop, never from within this call
 *
 * Returns: a number for likeness_thumbnailer_cancel(), never 0
 */
guint likeness_thumbnailer_request (LikenessThumbnailer *self,
                                    const char *path,
                                    int size,
                                    LikenessThumbnailFunc func,
                                    gpointer user_data);

/** After this the function of request @id is not called any more. */
void likeness_thumbnailer_cancel (LikenessThumbnailer *self, guint id);

/** Bytes of pixels in the cache. */
gsize likeness_thumbnailer_get_bytes (LikenessThumbnailer *self);
/** Requests that were not answered yet, each picture counted once. */
guint likeness_thumbnailer_get_n_waiting (LikenessThumbnailer *self);

G_END_DECLS
