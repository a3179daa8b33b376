/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-dataset.h"
#include "likeness-marks.h"

G_BEGIN_DECLS

/**
 * LikenessSubjectFooter:
 *
 * What stands below a list of subjects: how many faces each split has, how many subjects
 * and faces there are, which shows what was skipped, and how many marked faces are not
 * where they were, which shows where they are.
 */
#define LIKENESS_TYPE_SUBJECT_FOOTER (likeness_subject_footer_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSubjectFooter, likeness_subject_footer, LIKENESS, SUBJECT_FOOTER, AdwBin)

/** @dataset: (nullable) */
void likeness_subject_footer_set_dataset (LikenessSubjectFooter *self,
                                          LikenessDataset *dataset);
/** @moves: (nullable) (element-type LikenessMove): of the data set */
void likeness_subject_footer_set_moves (LikenessSubjectFooter *self, GPtrArray *moves);

G_END_DECLS
