/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessFaceImage:
 *
 * One picture in a square: whole, with round corners, and a quiet placeholder until it
 * is there; where it cannot be shown a broken one, whose tooltip says why. Properties:
 * "thumbnailer", "path" (file name bytes; %NULL lets go of the picture and of a request
 * on its way), "size" (px), "label" (its name for a screen reader).
 */
#define LIKENESS_TYPE_FACE_IMAGE (likeness_face_image_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFaceImage, likeness_face_image, LIKENESS, FACE_IMAGE, GtkWidget)

GtkWidget *likeness_face_image_new (void) G_GNUC_WARN_UNUSED_RESULT;
void likeness_face_image_set_thumbnailer (LikenessFaceImage *self,
                                          LikenessThumbnailer *thumbnailer);
void likeness_face_image_set_path (LikenessFaceImage *self, const char *path);
int likeness_face_image_get_size (LikenessFaceImage *self);
void likeness_face_image_set_size (LikenessFaceImage *self, int size);
const char *likeness_face_image_get_label (LikenessFaceImage *self);
void likeness_face_image_set_label (LikenessFaceImage *self, const char *label);
/** Whether its picture is on the screen. */
gboolean likeness_face_image_get_loaded (LikenessFaceImage *self);

G_END_DECLS
