/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessQualitySurvey:
 *
 * Measures the quality of the enlarged faces of every subject of a data set, on request
 * and in the background, as `likeness-cli quality` does, and writes it into the subjects.
 *
 * Signals: "changed": it has begun or ended; "failed" (a sentence).
 */
#define LIKENESS_TYPE_QUALITY_SURVEY (likeness_quality_survey_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessQualitySurvey, likeness_quality_survey, LIKENESS, QUALITY_SURVEY, GObject)

LikenessQualitySurvey *likeness_quality_survey_new (void) G_GNUC_WARN_UNUSED_RESULT;

/** @dataset: (nullable): ends what is on its way for another one. */
void likeness_quality_survey_set_dataset (LikenessQualitySurvey *self,
                                          LikenessDataset *dataset);
/** Nothing happens where it is under way or done. */
void likeness_quality_survey_start (LikenessQualitySurvey *self);
gboolean likeness_quality_survey_get_is_done (LikenessQualitySurvey *self);
/** (transfer none) (nullable): while it measures. */
LikenessProgress *likeness_quality_survey_get_progress (LikenessQualitySurvey *self);
/** (transfer none) (nullable): while it measures. */
GCancellable *likeness_quality_survey_get_cancellable (LikenessQualitySurvey *self);

G_END_DECLS
