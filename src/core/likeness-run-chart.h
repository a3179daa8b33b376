/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-chart-painter.h"
#include "likeness-event.h"

G_BEGIN_DECLS

/**
 * LikenessRunChart:
 *
 * The series of one run, grown event by event: what the Train page and the report draw.
 */
typedef struct _LikenessRunChart LikenessRunChart;

typedef enum
{
  LIKENESS_RUN_CHART_ACCURACY,   /* train, val (with band), rank-1, untouched dashed */
  LIKENESS_RUN_CHART_SIMILARITY, /* Sim, impostor mean, strangers, untouched dashed */
  LIKENESS_RUN_CHART_LOSS,
} LikenessRunChartKind;

LikenessRunChart *likeness_run_chart_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full): as it is now, for another thread. */
LikenessRunChart *
likeness_run_chart_copy (const LikenessRunChart *self) G_GNUC_WARN_UNUSED_RESULT;
void likeness_run_chart_free (LikenessRunChart *self);
void likeness_run_chart_add (LikenessRunChart *self, const LikenessEvent *event);
/** Fills @chart with what @kind shows; it borrows from @self until the next _add(). */
void likeness_run_chart_get (LikenessRunChart *self,
                             LikenessRunChartKind kind,
                             LikenessChart *chart);
/** (transfer full): the last values in words, for a screen reader and for tests. */
char *likeness_run_chart_describe (LikenessRunChart *self,
                                   LikenessRunChartKind kind) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessRunChart, likeness_run_chart_free)

G_END_DECLS
