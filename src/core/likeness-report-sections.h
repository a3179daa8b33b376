/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-report-page.h"
#include "likeness-report-source.h"

G_BEGIN_DECLS

/* The sections of the report, each in a file of its own, in the order of the page. What a
 * section has nothing to say about, it says in a sentence. */

/** What, when, on which data, and the verdict. */
void likeness_report_add_head (LikenessReportPage *page,
                               const LikenessReportSource *source);
/** The headline figures, after and before; or why there are none. */
void likeness_report_add_figures (LikenessReportPage *page,
                                  const LikenessReportSource *source);
void likeness_report_add_curves (LikenessReportPage *page,
                                 const LikenessReportSource *source);
void likeness_report_add_verification (LikenessReportPage *page,
                                       const LikenessReportSource *source);
void likeness_report_add_subjects (LikenessReportPage *page,
                                   const LikenessReportSource *source,
                                   GCancellable *cancellable);
void likeness_report_add_failures (LikenessReportPage *page,
                                   const LikenessReportSource *source,
                                   GCancellable *cancellable);
void likeness_report_add_settings (LikenessReportPage *page,
                                   const LikenessReportSource *source);
/** Versions, hashes and the date. */
void likeness_report_add_colophon (LikenessReportPage *page,
                                   const LikenessReportSource *source);

/** A bar from 0 to 1 with an interval and two marks; NaN leaves a mark out. */
void likeness_report_add_bar (
    LikenessReportPage *page, double low, double high, double now, double was);

G_END_DECLS
