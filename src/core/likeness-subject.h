/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-face.h"
#include "likeness-image-quality.h"

G_BEGIN_DECLS

/**
 * LikenessSubject:
 *
 * One person: a #GListModel of #LikenessFace, sorted by split, then by name bytes; empty
 * where none of the person's files can be used.
 * Properties for `<lookup>`: "name" (display name, UTF-8), "n-faces", "n-train", "n-val",
 * "n-test", "n-none" (uints), "excluded" (boolean, writable), "flags" (uint),
 * "psnr", "ssim" (doubles),
 * "first-face" (object).
 */
#define LIKENESS_TYPE_SUBJECT (likeness_subject_get_type ())
G_DECLARE_FINAL_TYPE (LikenessSubject, likeness_subject, LIKENESS, SUBJECT, GObject)

/** @faces: (transfer full) (element-type LikenessFace): sorted by the caller */
LikenessSubject *likeness_subject_new (GRefString *id,
                                       GPtrArray *faces) G_GNUC_WARN_UNUSED_RESULT;

/** The name as bytes, as it stands on disk. */
const char *likeness_subject_get_id (LikenessSubject *self);
/** The name for people, valid UTF-8. */
const char *likeness_subject_get_name (LikenessSubject *self);
guint likeness_subject_get_n_faces (LikenessSubject *self);
guint likeness_subject_get_n_in_split (LikenessSubject *self, LikenessSplit split);
/** (transfer none): face @position, or %NULL past the end; no reference is taken. */
LikenessFace *likeness_subject_get_face (LikenessSubject *self, guint position);
/** Those of its faces together; unreadable also where one of its files was skipped. */
LikenessFlags likeness_subject_get_flags (LikenessSubject *self);
void likeness_subject_set_flags (LikenessSubject *self, LikenessFlags flags);
/** A bit (1 << split) for each split in which pictures of this subject were skipped. */
guint likeness_subject_get_skipped_splits (LikenessSubject *self);
/** Before anybody looks at it. */
void likeness_subject_set_skipped_splits (LikenessSubject *self, guint splits);
/** Means over its enlarged faces (likeness-quality.h); NaN: not measured, or, of the PSNR
 * alone, nothing but identical ones. */
LikenessImageQuality likeness_subject_get_quality (LikenessSubject *self);
void likeness_subject_set_quality (LikenessSubject *self, LikenessImageQuality quality);
gboolean likeness_subject_get_excluded (LikenessSubject *self);
void likeness_subject_set_excluded (LikenessSubject *self, gboolean excluded);

G_END_DECLS
