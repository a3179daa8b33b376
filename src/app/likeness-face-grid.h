/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-face.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessFaceGrid:
 *
 * Faces in a grid whose cells are recycled: as light with a million faces as with fifty.
 * Property: "size" (of the pictures, px). Signals: "face-chosen" (the one chosen is
 * another), "face-activated" (Enter or a double click), "face-pinned" (with a
 * #LikenessPin; keys T, V, X), "face-excluded" (Space), "left" (Tab,
 * with a #GtkDirectionType; %TRUE: the focus went there).
 */
#define LIKENESS_TYPE_FACE_GRID (likeness_face_grid_get_type ())
G_DECLARE_FINAL_TYPE (LikenessFaceGrid, likeness_face_grid, LIKENESS, FACE_GRID, AdwBin)

/**
 * likeness_face_grid_set_faces:
 * @faces: (nullable) (element-type LikenessFace)
 */
void likeness_face_grid_set_faces (LikenessFaceGrid *self,
                                   LikenessThumbnailer *thumbnailer,
                                   GListModel *faces);
/** (transfer none) (nullable): the chosen one. */
LikenessFace *likeness_face_grid_get_face (LikenessFaceGrid *self);
/** Soon, when the view knows its faces. */
void likeness_face_grid_scroll_to_start (LikenessFaceGrid *self);
void likeness_face_grid_set_size (LikenessFaceGrid *self, int size);
/** What faces are marked with is different now: a million of them are not listened to. */
void likeness_face_grid_update (LikenessFaceGrid *self);

G_END_DECLS
