/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib-object.h>

#include "likeness-split-twins.h"

G_BEGIN_DECLS

/**
 * LikenessTwinsRow:
 *
 * Two faces that look nearly the same where they should not, as a row of a list.
 */
#define LIKENESS_TYPE_TWINS_ROW (likeness_twins_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTwinsRow, likeness_twins_row, LIKENESS, TWINS_ROW, GObject)

/** @root: what the paths of @twins are relative to; everything is copied */
LikenessTwinsRow *likeness_twins_row_new (const char *root, const LikenessTwins *twins)
    G_GNUC_WARN_UNUSED_RESULT;
/** Absolute, bytes. */
const char *likeness_twins_row_get_first (LikenessTwinsRow *self);
const char *likeness_twins_row_get_second (LikenessTwinsRow *self);
/** likeness_twins_describe() */
const char *likeness_twins_row_get_description (LikenessTwinsRow *self);

G_END_DECLS
