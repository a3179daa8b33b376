/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as people read them, in their locale. All (transfer full). */

/** "2,073". */
char *likeness_format_count (guint64 count) G_GNUC_WARN_UNUSED_RESULT;
/** "12 s", "3 min 20 s", "2 h 5 min". @seconds: not negative */
char *likeness_format_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;
/** "72.3 %"; a dash for NaN. @rate: 0 to 1 */
char *likeness_format_percent (double rate) G_GNUC_WARN_UNUSED_RESULT;
/** "0.846"; a dash for NaN. */
char *likeness_format_score (double score) G_GNUC_WARN_UNUSED_RESULT;
/** "158 subjects". */
char *likeness_format_subjects (guint subjects) G_GNUC_WARN_UNUSED_RESULT;
/** "2,073 faces". */
char *likeness_format_faces (guint faces) G_GNUC_WARN_UNUSED_RESULT;
/** A path for people: the home folder as ~, valid UTF-8, from left to right. */
char *likeness_format_path (const char *path) G_GNUC_WARN_UNUSED_RESULT;
/**
 * A figure with signs, as "-0.012" or "67.2–82.1 %": where text runs from the right they
 * would change sides, so it is isolated there (LRI and PDI of Unicode's UAX 9).
 *
 * @figure: (transfer full)
 */
char *likeness_format_figure (char *figure) G_GNUC_WARN_UNUSED_RESULT;
/**
 * A name as a part of a sentence: where it holds letters of the other writing direction,
 * isolated (FSI and PDI of Unicode's UAX 9), so that it does not turn around what stands
 * beside it.
 */
char *likeness_format_name (const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
