/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-outcome.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessResultsView:
 *
 * What came of one run: the verdict, a card for each measure, the table of subjects and
 * the faces that were taken for somebody else.
 */
#define LIKENESS_TYPE_RESULTS_VIEW (likeness_results_view_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessResultsView, likeness_results_view, LIKENESS, RESULTS_VIEW, AdwBin)

void likeness_results_view_set_outcome (LikenessResultsView *self,
                                        LikenessThumbnailer *thumbnailer,
                                        LikenessOutcome *outcome);
/** Copies the table of subjects. */
void likeness_results_view_copy_table (LikenessResultsView *self);

G_END_DECLS
