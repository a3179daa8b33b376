/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LikenessFaceCaption:
 *
 * The line below a face in a grid: the colour of its split, its flags as icons, its name.
 * As high as its font and as wide as it is given, whatever it says: another face costs
 * no layout of anything around it. Its words are for whatever holds it to say.
 */
#define LIKENESS_TYPE_FACE_CAPTION (likeness_face_caption_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFaceCaption, likeness_face_caption, LIKENESS, FACE_CAPTION, GtkWidget)

GtkWidget *likeness_face_caption_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** @face: (nullable): shown as it is now; %NULL shows nothing */
void likeness_face_caption_show (LikenessFaceCaption *self, LikenessFace *face);

G_END_DECLS
