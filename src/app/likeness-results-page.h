/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * LikenessResultsPage:
 *
 * Chooses a run and shows what came of it. Actions: results.evaluate (judges its weights
 * again), results.copy-table, results.open-folder.
 */
#define LIKENESS_TYPE_RESULTS_PAGE (likeness_results_page_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessResultsPage, likeness_results_page, LIKENESS, RESULTS_PAGE, AdwBin)

void likeness_results_page_set_session (LikenessResultsPage *self,
                                        LikenessSession *session);
/**
 * likeness_results_page_show_run:
 * @run: (nullable): a run folder, wherever it is; %NULL: the newest of the default folder
 *
 * Shows @run as soon as somebody looks at the page.
 */
void likeness_results_page_show_run (LikenessResultsPage *self, const char *run);

G_END_DECLS
