/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_CHIP_ALL,
  LIKENESS_CHIP_TOO_FEW,
  LIKENESS_CHIP_NEAR_DUPLICATES,
  LIKENESS_CHIP_TWO_NAMES,
  LIKENESS_CHIP_SAME_FILE,
  LIKENESS_CHIP_BOTH_SPLITS,
  LIKENESS_CHIP_UNREADABLE,
  LIKENESS_CHIP_EXCLUDED,
} LikenessChip;
#define LIKENESS_N_CHIPS 8

/**
 * LikenessSubjectChips:
 *
 * Filters of a list of subjects, one of which is on: each says how many it lets through,
 * and one that would let nobody through is not there. With nothing to filter there are
 * none.
 */
#define LIKENESS_TYPE_SUBJECT_CHIPS (likeness_subject_chips_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSubjectChips, likeness_subject_chips, LIKENESS, SUBJECT_CHIPS, GtkWidget)

/** (transfer none): of #LikenessSubject. */
GtkFilter *likeness_subject_chips_get_filter (LikenessSubjectChips *self);
/** @subjects: (nullable): a list of #LikenessSubject; counts them, and shows all */
void likeness_subject_chips_set_subjects (LikenessSubjectChips *self,
                                          GListModel *subjects);
/** Counts and filters again: the flags of subjects are others. */
void likeness_subject_chips_update (LikenessSubjectChips *self);
void likeness_subject_chips_choose (LikenessSubjectChips *self, LikenessChip chip);
LikenessChip likeness_subject_chips_get_chosen (LikenessSubjectChips *self);

G_END_DECLS
