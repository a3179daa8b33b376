/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-subject.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessSubjectRow:
 *
 * A subject in a list: a face, the name, a bar of its splits, the count. Property:
 * "subject" (%NULL lets go of the picture).
 */
#define LIKENESS_TYPE_SUBJECT_ROW (likeness_subject_row_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSubjectRow, likeness_subject_row, LIKENESS, SUBJECT_ROW, GtkWidget)

GtkWidget *
likeness_subject_row_new (LikenessThumbnailer *thumbnailer) G_GNUC_WARN_UNUSED_RESULT;
void likeness_subject_row_set_subject (LikenessSubjectRow *self,
                                       LikenessSubject *subject);
/** @maximum: faces of the longest bar in the list */
void likeness_subject_row_set_maximum (LikenessSubjectRow *self, guint maximum);

G_END_DECLS
