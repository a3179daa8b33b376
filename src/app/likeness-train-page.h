/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * LikenessTrainPage:
 *
 * Says what a run needs, asks what it shall be, shows how it goes, and offers what to do
 * after its end.
 *
 * Actions: "train.start", "train.pause" (and continue), "train.stop", "train.resume"
 * (with the epochs more), "train.new-run", "train.halve-batch", "train.use-cpu",
 * "train.open-folder", "train.choose-folder", "train.save-chart" (with the kind).
 */
#define LIKENESS_TYPE_TRAIN_PAGE (likeness_train_page_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessTrainPage, likeness_train_page, LIKENESS, TRAIN_PAGE, AdwBin)

void likeness_train_page_set_session (LikenessTrainPage *self, LikenessSession *session);

G_END_DECLS
