/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-planner.h"

G_BEGIN_DECLS

/**
 * LikenessStripFace:
 *
 * A face of a planned split, as a strip shows it: frozen, one for each plan.
 */
#define LIKENESS_TYPE_STRIP_FACE (likeness_strip_face_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessStripFace, likeness_strip_face, LIKENESS, STRIP_FACE, GObject)

/** @index: of the face in the planner's faces */
LikenessStripFace *likeness_strip_face_new (LikenessSplitPlanner *planner,
                                            gsize index) G_GNUC_WARN_UNUSED_RESULT;

gsize likeness_strip_face_get_index (LikenessStripFace *self);
/** Absolute path, bytes. */
const char *likeness_strip_face_get_path (LikenessStripFace *self);
const char *likeness_strip_face_get_name (LikenessStripFace *self);
LikenessPin likeness_strip_face_get_pin (LikenessStripFace *self);
/** Whether it stood on another side in the plan before. */
gboolean likeness_strip_face_get_moved (LikenessStripFace *self);
/** (transfer full): all of it in words, for a screen reader. */
char *likeness_strip_face_describe (LikenessStripFace *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
