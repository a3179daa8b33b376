/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-duplicates.h"
#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * LikenessFaceInspector:
 *
 * One face in full: large, beside its partner and how well enlarging that works, what is
 * much alike, where it lies, and what can be decided about it. Reads and measures only
 * while it is mapped.
 */
#define LIKENESS_TYPE_FACE_INSPECTOR (likeness_face_inspector_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFaceInspector, likeness_face_inspector, LIKENESS, FACE_INSPECTOR, AdwBin)

void likeness_face_inspector_set_session (LikenessFaceInspector *self,
                                          LikenessSession *session);
/** @face: (nullable) */
void likeness_face_inspector_set_face (LikenessFaceInspector *self, LikenessFace *face);
/** @duplicates: (nullable): borrowed until the next call */
void likeness_face_inspector_set_duplicates (LikenessFaceInspector *self,
                                             const LikenessDuplicates *duplicates);

G_END_DECLS
