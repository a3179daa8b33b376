/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-listed-run.h"

G_BEGIN_DECLS

/**
 * LikenessListedFaces:
 *
 * The faces of a folder by their names alone, as a list that grows while the folder is
 * scanned: a #GListModel of #LikenessFace. A face is made when somebody looks at it, so
 * that a million of them cost their names.
 */
#define LIKENESS_TYPE_LISTED_FACES (likeness_listed_faces_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessListedFaces, likeness_listed_faces, LIKENESS, LISTED_FACES, GObject)

LikenessListedFaces *likeness_listed_faces_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** As #LikenessListedFunc: adds @runs, or puts them in place of all others; what stays
 * equal from the first on stays as it is. */
void
likeness_listed_faces_take (LikenessListedFaces *self, GPtrArray *runs, gboolean whole);

guint likeness_listed_faces_get_n_subjects (LikenessListedFaces *self);
/** Whether the last that was taken was the whole. */
gboolean likeness_listed_faces_get_is_whole (LikenessListedFaces *self);

G_END_DECLS
