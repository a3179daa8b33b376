/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face.h"
#include "likeness-subject.h"

G_BEGIN_DECLS

/** Fewer faces than a split takes from a person by default. */
gboolean likeness_flag_words_is_too_few (LikenessSubject *subject);
/** How many flags a subject has, that one and being excluded among them. */
guint likeness_flag_words_count (LikenessSubject *subject);
/** "too few faces, near-duplicates, excluded"; "" where there is nothing. (transfer full)
 */
char *likeness_flag_words_of_subject (LikenessSubject *subject) G_GNUC_WARN_UNUSED_RESULT;
/** The same for a face, with its pin: "pinned to val". (transfer full) */
char *likeness_flag_words_of_face (LikenessFace *face) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
