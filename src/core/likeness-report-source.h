/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-results.h"
#include "likeness-run-config.h"
#include "likeness-run-summary.h"

G_BEGIN_DECLS

/**
 * LikenessReportSource:
 *
 * What a report is made from, read once. Only the events have to be there; what is
 * missing beside them carries the sentence that the report says instead.
 */
typedef struct
{
  char *run;        /* absolute */
  char *name;       /* bytes: the folder's */
  GDateTime *began; /* %NULL: the folder's name does not say */
  GPtrArray *events;
  LikenessRunSummary *summary;
  LikenessRunConfig *config; /* %NULL with config_error */
  GError *config_error;
  LikenessResults *results; /* %NULL with results_error, or where there are none yet */
  GError *results_error;
  char *best_hash;    /* SHA-256 of best.pt, or %NULL */
  char *weights_hash; /* of the weights that the run began with, or %NULL */
} LikenessReportSource;

/** (transfer full): %NULL with %LIKENESS_ERROR_NOT_FOUND where there is no such folder,
 * or what likeness_run_log_read() gives */
LikenessReportSource *likeness_report_source_new (
    const char *run, GCancellable *cancellable, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_report_source_free (LikenessReportSource *self);

/** (transfer full): the name of the data set, bytes; %NULL where the config does not tell
 */
char *likeness_report_source_get_data (const LikenessReportSource *self)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessReportSource, likeness_report_source_free)

G_END_DECLS
