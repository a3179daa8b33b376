/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-split-planner.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessSplitSubject:
 *
 * The faces of one subject in a planned split: a strip for train, for val, and for what
 * is left out. Faces are pinned with T, V and X, or dragged. Signal "closed".
 */
#define LIKENESS_TYPE_SPLIT_SUBJECT (likeness_split_subject_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSplitSubject, likeness_split_subject, LIKENESS, SPLIT_SUBJECT, AdwBin)

void likeness_split_subject_set_planner (LikenessSplitSubject *self,
                                         LikenessSplitPlanner *planner,
                                         LikenessThumbnailer *thumbnailer);
/** @subject: (nullable): file name bytes; %NULL lets go of the faces */
void likeness_split_subject_set_subject (LikenessSplitSubject *self, const char *subject);
const char *likeness_split_subject_get_subject (LikenessSplitSubject *self);
/** Takes over the planner's present plan; the focus stays where it is. */
void likeness_split_subject_update (LikenessSplitSubject *self);

G_END_DECLS
