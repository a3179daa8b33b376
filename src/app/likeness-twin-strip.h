/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-face.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/** Faces shown at most; of more it is said how many there are. */
#define LIKENESS_TWIN_STRIP_MOST 24

/**
 * LikenessTwinStrip:
 *
 * Small pictures of the faces that are much alike another one, under a title; hidden
 * where there are none. Property: "title". Signal "face-chosen" (a #LikenessFace).
 */
#define LIKENESS_TYPE_TWIN_STRIP (likeness_twin_strip_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessTwinStrip, likeness_twin_strip, LIKENESS, TWIN_STRIP, AdwBin)

void likeness_twin_strip_set_thumbnailer (LikenessTwinStrip *self,
                                          LikenessThumbnailer *thumbnailer);
/** @faces: (nullable) (element-type LikenessFace); @without: (nullable): not shown */
void likeness_twin_strip_set_faces (LikenessTwinStrip *self,
                                    GPtrArray *faces,
                                    LikenessFace *without);
/** @copies: (nullable): says of those among them that their files are the same. */
void likeness_twin_strip_set_copies (LikenessTwinStrip *self, GPtrArray *copies);

G_END_DECLS
