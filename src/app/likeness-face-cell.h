/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessFaceCell:
 *
 * A face in a grid: its picture, beside it its low-resolution partner where there is
 * one, its file name and the colour of its split.
 */
#define LIKENESS_TYPE_FACE_CELL (likeness_face_cell_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFaceCell, likeness_face_cell, LIKENESS, FACE_CELL, GtkWidget)

GtkWidget *
likeness_face_cell_new (LikenessThumbnailer *thumbnailer) G_GNUC_WARN_UNUSED_RESULT;
/** @size: of the side of a picture, px */
void likeness_face_cell_set_size (LikenessFaceCell *self, int size);
/** @face: (nullable): %NULL lets go of the pictures. Costs next to nothing: nothing of
 * the face is shown before likeness_face_cell_fill(). */
void likeness_face_cell_set_face (LikenessFaceCell *self, LikenessFace *face);
/**
 * likeness_face_cell_name:
 *
 * Tells a screen reader which face this is. Returns: whether there was anything to do
 */
gboolean likeness_face_cell_name (LikenessFaceCell *self);
/**
 * likeness_face_cell_fill:
 *
 * Shows the face and names it. Returns: whether there was anything to do
 */
gboolean likeness_face_cell_fill (LikenessFaceCell *self);
/** Whether the face is shown. */
gboolean likeness_face_cell_get_filled (LikenessFaceCell *self);
/** What the face is marked with may be different now. */
void likeness_face_cell_update (LikenessFaceCell *self);

G_END_DECLS
