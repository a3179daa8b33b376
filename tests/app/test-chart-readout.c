/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-readout.h"

#include <math.h>

typedef struct
{
  LikenessSeries *batches;
  LikenessSeries *val;
  LikenessCurve curves[3]; /* batches, val, val's baseline */
  LikenessChart chart;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->batches = likeness_series_new ();
  self->val = likeness_series_new ();
  for (guint i = 1; i <= 40; i++)
    likeness_series_append (self->batches, i / 10.0, 0.1);
  likeness_series_append (self->val, 0, NAN);
  likeness_series_append (self->val, 1, 0.5);
  likeness_series_append (self->val, 2, 0.6);
  likeness_series_append (self->val, 3, 0.7);
  self->curves[0] = (LikenessCurve){.series = self->batches, .level = NAN, .thin = TRUE};
  self->curves[1] = (LikenessCurve){.series = self->val, .level = NAN};
  self->curves[2] = (LikenessCurve){.level = 0.4, .dashed = TRUE};
  self->chart = (LikenessChart){.x_high = 10, .curves = self->curves, .n_curves = 3};
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_series_free (self->batches);
  likeness_series_free (self->val);
}

static void
test_nearest (Fixture *self, gconstpointer data)
{
  LikenessChartReadout readout;

  g_assert_true (likeness_chart_readout_find (&self->chart, 2.4, &readout));
  g_assert_cmpfloat (readout.x, ==, 2);
  g_assert_cmpuint (readout.n_lines, ==, 3);
  g_assert_cmpfloat (readout.lines[0].x, ==, 2);
  g_assert_true (readout.lines[1].curve == &self->curves[1]);
  g_assert_cmpfloat (readout.lines[1].y, ==, 0.6);
  g_assert_cmpfloat (readout.lines[2].y, ==, 0.4);

  g_assert_true (likeness_chart_readout_find (&self->chart, 99, &readout));
  g_assert_cmpfloat (readout.x, ==, 3);
  /* The gap at 0 is no point. */
  g_assert_true (likeness_chart_readout_find (&self->chart, -5, &readout));
  g_assert_cmpfloat (readout.x, ==, 1);
}

static void
test_reach (Fixture *self, gconstpointer data)
{
  LikenessChartReadout readout;

  likeness_series_append (self->val, 8, 0.9);
  g_assert_true (likeness_chart_readout_find (&self->chart, 8, &readout));
  g_assert_cmpuint (readout.n_lines, ==, 2);
  g_assert_true (readout.lines[0].curve == &self->curves[1]);
}

static void
test_only_batches (Fixture *self, gconstpointer data)
{
  LikenessChartReadout readout;

  self->chart.n_curves = 1;
  g_assert_true (likeness_chart_readout_find (&self->chart, 0.31, &readout));
  g_assert_cmpfloat (readout.x, ==, 0.3);
  self->chart.n_curves = 0;
  g_assert_false (likeness_chart_readout_find (&self->chart, 0.31, &readout));
}

static void
test_hidden (Fixture *self, gconstpointer data)
{
  LikenessChartReadout readout;

  self->curves[0].hidden = TRUE;
  self->curves[2].hidden = TRUE;
  g_assert_true (likeness_chart_readout_find (&self->chart, 1, &readout));
  g_assert_cmpuint (readout.n_lines, ==, 1);
  g_assert_true (readout.lines[0].curve == &self->curves[1]);
}

static void
test_step (Fixture *self, gconstpointer data)
{
  const LikenessChart *chart = &self->chart;

  g_assert_cmpfloat (likeness_chart_readout_step (chart, NAN, 1), ==, 1);
  g_assert_cmpfloat (likeness_chart_readout_step (chart, NAN, -1), ==, 3);
  g_assert_cmpfloat (likeness_chart_readout_step (chart, 1, 1), ==, 2);
  g_assert_cmpfloat (likeness_chart_readout_step (chart, 1.5, -1), ==, 1);
  g_assert_cmpfloat (likeness_chart_readout_step (chart, 3, 1), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                              \
  g_test_add ("/chart-readout/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("find/nearest-epoch", test_nearest);
  ADD ("find/nothing-farther-than-half-an-epoch", test_reach);
  ADD ("find/batches-before-the-first-epoch", test_only_batches);
  ADD ("find/hidden-curves-are-left-out", test_hidden);
  ADD ("step/from-point-to-point", test_step);
  return g_test_run ();
}
