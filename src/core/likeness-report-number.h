/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-estimate.h"

G_BEGIN_DECLS

/* Numbers of the report as people read them. All (transfer full); what is not a number is
 * n/a, never 0. */

/** "2134" with the locale's grouping. */
char *likeness_report_format_count (guint64 count) G_GNUC_WARN_UNUSED_RESULT;
/** "72.3 %"; @rate: 0 to 1. */
char *likeness_report_format_percent (double rate) G_GNUC_WARN_UNUSED_RESULT;
/** "0.846". */
char *likeness_report_format_score (double score) G_GNUC_WARN_UNUSED_RESULT;
/** "334 of 373". */
char *likeness_report_format_k_of_n (const LikenessRate *rate) G_GNUC_WARN_UNUSED_RESULT;
/** "89.5 %"; of fewer than 5, "3 of 4". */
char *likeness_report_format_rate (const LikenessRate *rate) G_GNUC_WARN_UNUSED_RESULT;
/** "86.0–92.2 %". */
char *likeness_report_format_percents (double low, double high) G_GNUC_WARN_UNUSED_RESULT;
/** "0.512–0.546", "−0.012 to 0.046". */
char *likeness_report_format_scores (double low, double high) G_GNUC_WARN_UNUSED_RESULT;
/** "12 s", "3 min 20 s", "2 h 5 min". */
char *likeness_report_format_duration (double seconds) G_GNUC_WARN_UNUSED_RESULT;
/** "n/a". Static. */
const char *likeness_report_get_none (void);

G_END_DECLS
