/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-listed-faces.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessListedView:
 *
 * The faces of a folder by their names, to be looked at while it is listed and checked;
 * invisible while there are none.
 */
#define LIKENESS_TYPE_LISTED_VIEW (likeness_listed_view_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessListedView, likeness_listed_view, LIKENESS, LISTED_VIEW, AdwBin)

/** @faces: (nullable) */
void likeness_listed_view_set_faces (LikenessListedView *self,
                                     LikenessThumbnailer *thumbnailer,
                                     LikenessListedFaces *faces);

G_END_DECLS
