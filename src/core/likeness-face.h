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
 * Where it lies never changes; what was found out about it (flags) and what a person
 * decided (pin, excluded) does, on the thread that owns the data set. Names are bytes:
 * they need not be UTF-8 (use likeness_display_name()).
 * Properties for `<lookup>`: "subject", "name" (display names, UTF-8), "split" (the fixed
 * name), "has-partner", "in-both-splits", "excluded" (booleans), "flags", "pin" (uints).
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
/** Whether the same bytes stand in train and in val, under whatever name and subject. */
gboolean likeness_face_get_in_both_splits (LikenessFace *self);
/** For the scanner, before the data set is made. */
void likeness_face_set_in_both_splits (LikenessFace *self, gboolean in_both_splits);

LikenessFlags likeness_face_get_flags (LikenessFace *self);
void likeness_face_set_flags (LikenessFace *self, LikenessFlags flags);
LikenessPin likeness_face_get_pin (LikenessFace *self);
void likeness_face_set_pin (LikenessFace *self, LikenessPin pin);
/** Left out of every split, alone; see likeness_subject_get_excluded() too. */
gboolean likeness_face_get_excluded (LikenessFace *self);
void likeness_face_set_excluded (LikenessFace *self, gboolean excluded);

/** Absolute folder of the file; one and the same string for all faces of a folder. */
const char *likeness_face_get_directory (LikenessFace *self);
/** (nullable) */
const char *likeness_face_get_low_directory (LikenessFace *self);
/** (transfer full): absolute path of the best image there is. */
char *likeness_face_dup_path (LikenessFace *self) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full) (nullable): absolute path of the low-resolution partner. */
char *likeness_face_dup_low_path (LikenessFace *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
