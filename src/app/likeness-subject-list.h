/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-duplicate-finder.h"
#include "likeness-session.h"
#include "likeness-subject-chips.h"
#include "likeness-subject-order.h"

G_BEGIN_DECLS

/**
 * LikenessSubjectList:
 *
 * The subjects of the session's data set: search, filters, order, list, counts. Space
 * excludes the selected ones or takes them back. An order by quality has it measured
 * before. Properties: "order" (action "subjects.order"), "single-click" (a click
 * activates a row). Signals: "selection-changed" (also when other subjects are listed),
 * "activated".
 */
#define LIKENESS_TYPE_SUBJECT_LIST (likeness_subject_list_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSubjectList, likeness_subject_list, LIKENESS, SUBJECT_LIST, AdwBin)

void likeness_subject_list_set_session (LikenessSubjectList *self,
                                        LikenessSession *session);
/** Shows how far @finder is, and filters again when it has ended. */
void likeness_subject_list_set_finder (LikenessSubjectList *self,
                                       LikenessDuplicateFinder *finder);
/** Lists those of one filter, whatever was searched for before. */
void likeness_subject_list_show_only (LikenessSubjectList *self, LikenessChip chip);
/** Puts the cursor into the search entry. */
void likeness_subject_list_find (LikenessSubjectList *self);
/** (transfer full) (element-type LikenessSubject): the selected ones, in order. */
GPtrArray *
likeness_subject_list_get_selected (LikenessSubjectList *self) G_GNUC_WARN_UNUSED_RESULT;
void likeness_subject_list_unselect_all (LikenessSubjectList *self);
/** Excludes the selected ones, or takes them back if they all are. */
void likeness_subject_list_toggle_excluded (LikenessSubjectList *self);
/** (transfer none): a #GListModel of #LikenessFace: the selected subjects', or with none
 * selected those of all that are listed. */
GListModel *likeness_subject_list_get_faces (LikenessSubjectList *self);

G_END_DECLS
