/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-event.h"
#include "likeness-results.h"

G_BEGIN_DECLS

/**
 * LikenessRunSummary:
 *
 * A run in a few words, from its events: where it stands and how it is going.
 */
typedef struct
{
  /* Owned; %NULL where the run did not come so far */
  LikenessEvent *start;
  LikenessEvent *baseline;
  LikenessEvent *end; /* DONE, STOPPED or FAILED, unless the run went on since */
  GArray *epochs;     /* LikenessMetrics of epochs 1 to n */
  guint planned;      /* epochs */
  guint best_epoch;   /* 0: none yet */
  double seconds;     /* since the run began, pauses left out */
  LikenessVerdict verdict;
  char *sentence; /* of the verdict; %NULL without a baseline */
} LikenessRunSummary;

/**
 * likeness_run_summary_new:
 * @events: (nullable) (element-type LikenessEvent): as likeness_run_log_read() gives
 * them; %NULL: none yet
 *
 * A resumed run may tell an epoch twice: the later one counts.
 *
 * Returns: (transfer full)
 */
LikenessRunSummary *
likeness_run_summary_new (GPtrArray *events) G_GNUC_WARN_UNUSED_RESULT;
void likeness_run_summary_free (LikenessRunSummary *self);
/** The next event of the run; the verdict is decided anew after every epoch. */
void likeness_run_summary_add (LikenessRunSummary *self, const LikenessEvent *event);

/** (transfer none) (nullable): of the untouched network. */
const LikenessMetrics *likeness_run_summary_get_baseline (const LikenessRunSummary *self);
/** (transfer none) (nullable): of the last epoch that was measured. */
const LikenessMetrics *likeness_run_summary_get_last (const LikenessRunSummary *self);

/** Whether @results are of the weights that are the run's best now: a run that went on
 * may have found better ones since. */
gboolean likeness_run_summary_is_current (const LikenessRunSummary *self,
                                          const LikenessResults *results);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessRunSummary, likeness_run_summary_free)

G_END_DECLS
