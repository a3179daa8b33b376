/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-progress.h"
#include "likeness-results.h"
#include "likeness-run-summary.h"

G_BEGIN_DECLS

/**
 * likeness_run_results_load:
 * @run: a run folder
 * @summary: of its events
 * @anew: judge even where there are results already
 * @device: (nullable): as in likeness_evaluator_run()
 * @trust_script: as there
 *
 * The results of a run's best weights: read where they are current, else judged now and
 * kept in the run folder for the next time. Blocks: call it on a worker.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_NOT_FOUND where the run has no
 *   weights yet, or what the evaluator or the reader gives
 */
LikenessResults *likeness_run_results_load (const char *run,
                                            const LikenessRunSummary *summary,
                                            gboolean anew,
                                            const char *device,
                                            gboolean trust_script,
                                            LikenessProgress *progress,
                                            GCancellable *cancellable,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Writes what @run was judged to be on its own data into its folder: results.json,
 * results.csv and faces.csv. */
gboolean likeness_run_results_keep (const char *run,
                                    const LikenessResults *results,
                                    GError **error);

G_END_DECLS
