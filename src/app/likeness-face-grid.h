/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessFaceGrid:
 *
 * Faces in a grid whose cells are recycled: as light with a million faces as with fifty.
 */
#define LIKENESS_TYPE_FACE_GRID (likeness_face_grid_get_type ())
G_DECLARE_FINAL_TYPE (LikenessFaceGrid, likeness_face_grid, LIKENESS, FACE_GRID, AdwBin)

/**
 * likeness_face_grid_set_faces:
 * @faces: (element-type LikenessFace)
 */
void likeness_face_grid_set_faces (LikenessFaceGrid *self,
                                   LikenessThumbnailer *thumbnailer,
                                   GListModel *faces);

G_END_DECLS
