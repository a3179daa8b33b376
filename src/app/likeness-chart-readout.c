/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-readout.h"

#include <math.h>

/* Half an epoch: the value belongs to that epoch and to no other. */
#define REACH 0.5

static double
get_x (const LikenessSeries *series, guint i)
{
  return g_array_index (series->x, double, i);
}

static double
get_y (const LikenessSeries *series, guint i)
{
  return g_array_index (series->y, double, i);
}

/* Index of the point with a value that is nearest to @x, or -1. */
static int
find_nearest (const LikenessSeries *series, double x)
{
  int nearest = -1;

  for (guint i = 0; i < likeness_series_get_n_points (series); i++)
    if (isfinite (get_y (series, i))
        && (nearest < 0
            || fabs (get_x (series, i) - x) < fabs (get_x (series, (guint)nearest) - x)))
      nearest = (int)i;
  return nearest;
}

/* Whether a readout may stand on the points of @curve. */
static gboolean
leads (const LikenessChart *chart, const LikenessCurve *curve)
{
  gboolean only_thin = TRUE;

  for (guint i = 0; i < chart->n_curves; i++)
    if (chart->curves[i].series != NULL && !chart->curves[i].thin
        && !chart->curves[i].hidden)
      only_thin = FALSE;
  return curve->series != NULL && !curve->hidden && (only_thin || !curve->thin);
}

static gboolean
find_place (const LikenessChart *chart, double x, double *place)
{
  *place = NAN;
  for (guint i = 0; i < chart->n_curves; i++)
    {
      const LikenessCurve *curve = &chart->curves[i];
      int nearest = leads (chart, curve) ? find_nearest (curve->series, x) : -1;

      if (nearest >= 0
          && !(fabs (*place - x) <= fabs (get_x (curve->series, (guint)nearest) - x)))
        *place = get_x (curve->series, (guint)nearest);
    }
  return isfinite (*place);
}

gboolean
likeness_chart_readout_find (const LikenessChart *chart,
                             double x,
                             LikenessChartReadout *readout)
{
  readout->n_lines = 0;
  if (!find_place (chart, x, &readout->x))
    return FALSE;
  for (guint i = 0; i < chart->n_curves && readout->n_lines < LIKENESS_READOUT_MOST_LINES;
       i++)
    {
      const LikenessCurve *curve = &chart->curves[i];
      LikenessReadoutLine line = {curve, readout->x, curve->level};
      int nearest;

      if (curve->hidden)
        continue;
      if (curve->series != NULL)
        {
          nearest = find_nearest (curve->series, readout->x);
          if (nearest < 0
              || fabs (get_x (curve->series, (guint)nearest) - readout->x) > REACH)
            continue;
          line.x = get_x (curve->series, (guint)nearest);
          line.y = get_y (curve->series, (guint)nearest);
        }
      readout->lines[readout->n_lines++] = line;
    }
  return TRUE;
}

double
likeness_chart_readout_step (const LikenessChart *chart, double x, int direction)
{
  double found = NAN;

  if (isnan (x))
    x = direction > 0 ? -INFINITY : INFINITY;
  for (guint i = 0; i < chart->n_curves; i++)
    {
      const LikenessSeries *series = chart->curves[i].series;

      if (!leads (chart, &chart->curves[i]))
        continue;
      for (guint j = 0; j < likeness_series_get_n_points (series); j++)
        {
          double at = get_x (series, j);

          if (isfinite (get_y (series, j)) && (at - x) * direction > 0
              && !((at - found) * direction >= 0))
            found = at;
        }
    }
  return isnan (found) ? x : found;
}
