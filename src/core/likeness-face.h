/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-types.h"

G_BEGIN_DECLS

/**
 * LikenessFace:
 *
 * One image of a subject, with its low-resolution partner where the data has pairs.
 * Immutable but for exclusion. Names are bytes: they need not be UTF-8 (use
 * g_filename_display_name()).
 */
#define LIKENESS_TYPE_FACE (likeness_face_get_type ())
G_DECLARE_FINAL_TYPE (LikenessFace, likeness_face, LIKENESS, FACE, GObject)

/**
 * likeness_face_new:
 * @directory: folder of the (high-resolution) file, shared between faces
 * @low_directory: (nullable): folder that holds the partner under the same name
 * @name: file name, bytes
 */
LikenessFace *likeness_face_new (GRefString *subject,
                                 LikenessSplit split,
                                 GRefString *directory,
                                 GRefString *low_directory,
                                 const char *name) G_GNUC_WARN_UNUSED_RESULT;

const char *likeness_face_get_subject (LikenessFace *self);
const char *likeness_face_get_name (LikenessFace *self);
LikenessSplit likeness_face_get_split (LikenessFace *self);
gboolean likeness_face_get_has_partner (LikenessFace *self);

/** (transfer full): absolute path of the best image there is. */
char *likeness_face_dup_path (LikenessFace *self) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full) (nullable): absolute path of the low-resolution partner. */
char *likeness_face_dup_low_path (LikenessFace *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
