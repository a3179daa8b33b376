/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

#include "likeness-run-chart.h"

G_BEGIN_DECLS

/**
 * LikenessChartView:
 *
 * One chart of a run, drawn by likeness_chart_paint() in the colours of the style. Under
 * the pointer, or with the arrow keys, it reads out the values of one epoch. To a screen
 * reader it is a picture whose description tells the last values.
 *
 * Property "menu-model": the menu of a secondary click.
 */
#define LIKENESS_TYPE_CHART_VIEW (likeness_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessChartView, likeness_chart_view, LIKENESS, CHART_VIEW, GtkWidget)

/**
 * likeness_chart_view_set_chart:
 * @chart: (nullable): borrowed: set another one, or %NULL, before it goes
 */
void likeness_chart_view_set_chart (LikenessChartView *self,
                                    LikenessRunChart *chart,
                                    LikenessRunChartKind kind);

/** Tells that the chart has grown; it is drawn and described once in the next frame. */
void likeness_chart_view_update (LikenessChartView *self);

G_END_DECLS
