/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-strip-face.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessFaceStrip:
 *
 * One side of a subject in a planned split: its faces in a row that scrolls. T, V and X
 * pin the face with the focus, and faces of other strips can be dropped on it.
 * Properties: "title", "pin" (what a drop on it pins to).
 *
 * Signal "pin" (guint64 index, guint pin): somebody pinned a face.
 */
#define LIKENESS_TYPE_FACE_STRIP (likeness_face_strip_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFaceStrip, likeness_face_strip, LIKENESS, FACE_STRIP, AdwBin)

void likeness_face_strip_set_thumbnailer (LikenessFaceStrip *self,
                                          LikenessThumbnailer *thumbnailer);
/** @faces: (element-type LikenessStripFace) */
void likeness_face_strip_set_faces (LikenessFaceStrip *self, GPtrArray *faces);
guint likeness_face_strip_get_n_faces (LikenessFaceStrip *self);
/** Where the focus is in it, or -1. */
int likeness_face_strip_get_focus (LikenessFaceStrip *self);
/** Moves the focus to that face, or the last one before it; %FALSE where it has none. */
gboolean likeness_face_strip_set_focus (LikenessFaceStrip *self, int position);

G_END_DECLS
