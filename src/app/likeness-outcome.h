/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-results.h"
#include "likeness-verdict.h"

G_BEGIN_DECLS

/**
 * LikenessOutcome:
 *
 * What came of one run: its results and its verdict. Never changes once it is made.
 */
#define LIKENESS_TYPE_OUTCOME (likeness_outcome_get_type ())
G_DECLARE_FINAL_TYPE (LikenessOutcome, likeness_outcome, LIKENESS, OUTCOME, GObject)

/**
 * likeness_outcome_new:
 * @run: the run folder
 * @results: (transfer full)
 * @state: of the verdict
 * @verdict: (nullable): the verdict's sentence
 */
LikenessOutcome *likeness_outcome_new (const char *run,
                                       LikenessResults *results,
                                       LikenessVerdictState state,
                                       const char *verdict) G_GNUC_WARN_UNUSED_RESULT;

const char *likeness_outcome_get_run (LikenessOutcome *self);
const LikenessResults *likeness_outcome_get_results (LikenessOutcome *self);
LikenessVerdictState likeness_outcome_get_state (LikenessOutcome *self);
/** (nullable): one sentence. */
const char *likeness_outcome_get_verdict (LikenessOutcome *self);

G_END_DECLS
