/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-run-chart.h"

#include <math.h>
#include <string.h>

static void
add_epoch (
    LikenessRunChart *chart, LikenessEventType type, guint epoch, guint64 k, double sim)
{
  g_autoptr (LikenessEvent) event = likeness_event_new (type);

  event->epoch = epoch;
  event->epochs = 10;
  event->best_epoch = epoch >= 2 ? 2 : epoch;
  event->metrics.top1 = likeness_rate_new (type == LIKENESS_EVENT_BASELINE ? 0 : k,
                                           type == LIKENESS_EVENT_BASELINE ? 0 : 100);
  event->metrics.rank1 = likeness_rate_new (k, 100);
  event->metrics.sim = sim;
  event->metrics.val.impostor_mean = -0.01;
  likeness_run_chart_add (chart, event);
}

static const LikenessCurve *
find_curve (const LikenessChart *chart, const char *label)
{
  for (guint i = 0; i < chart->n_curves; i++)
    if (g_str_equal (chart->curves[i].label, label))
      return &chart->curves[i];
  return NULL;
}

static void
test_empty (void)
{
  g_autoptr (LikenessRunChart) run = likeness_run_chart_new ();
  g_autofree char *words = likeness_run_chart_describe (run, LIKENESS_RUN_CHART_ACCURACY);
  LikenessChart chart;

  likeness_run_chart_get (run, LIKENESS_RUN_CHART_ACCURACY, &chart);
  g_assert_cmpuint (chart.n_curves, ==, 0);
  g_assert_nonnull (chart.empty);
  g_assert_true (g_str_has_prefix (words, "Accuracy: "));
}

static void
test_curves_of_a_run (void)
{
  g_autoptr (LikenessRunChart) run = likeness_run_chart_new ();
  g_autofree char *accuracy = NULL;
  g_autofree char *similarity = NULL;
  const LikenessCurve *curve;
  LikenessChart chart;

  add_epoch (run, LIKENESS_EVENT_BASELINE, 0, 61, 0.318);
  add_epoch (run, LIKENESS_EVENT_EPOCH, 1, 80, 0.4);
  add_epoch (run, LIKENESS_EVENT_EPOCH, 2, 95, 0.5287);

  likeness_run_chart_get (run, LIKENESS_RUN_CHART_ACCURACY, &chart);
  curve = find_curve (&chart, "Val");
  g_assert_nonnull (curve);
  /* The untouched network has no head: its point is a gap, not a zero. */
  g_assert_true (isnan (g_array_index (curve->series->y, double, 0)));
  g_assert_cmpfloat (g_array_index (curve->series->y, double, 2), ==, 0.95);
  g_assert_cmpfloat (g_array_index (curve->band_low->y, double, 2), <, 0.95);
  g_assert_cmpfloat (find_curve (&chart, "untouched")->level, ==, 0.61);
  g_assert_cmpfloat (chart.x_high, ==, 10);
  g_assert_cmpfloat (chart.mark_x, ==, 2);

  accuracy = likeness_run_chart_describe (run, LIKENESS_RUN_CHART_ACCURACY);
  g_assert_cmpstr (accuracy, ==,
                   "Accuracy: Val 0.9500; Val, by centroid 0.9500; "
                   "untouched 0.6100. Best: 2");
  similarity = likeness_run_chart_describe (run, LIKENESS_RUN_CHART_SIMILARITY);
  g_assert_cmpstr (similarity, ==,
                   "Similarity: Sim 0.5287; untouched Sim 0.3180; "
                   "Impostor mean -0.0100. Best: 2");
}

static void
test_batches_come_first (void)
{
  g_autoptr (LikenessRunChart) run = likeness_run_chart_new ();
  g_autoptr (LikenessEvent) event = likeness_event_new (LIKENESS_EVENT_BATCH);
  const LikenessCurve *curve;
  LikenessChart chart;

  event->epoch = 1;
  event->epochs = 4;
  event->batch = 1;
  event->batches = 4;
  event->batch_accuracy = 0.125;
  event->loss = 3.5;
  likeness_run_chart_add (run, event);

  likeness_run_chart_get (run, LIKENESS_RUN_CHART_ACCURACY, &chart);
  curve = find_curve (&chart, "Batches");
  g_assert_nonnull (curve);
  g_assert_cmpfloat (g_array_index (curve->series->x, double, 0), ==, 0.25);
  likeness_run_chart_get (run, LIKENESS_RUN_CHART_LOSS, &chart);
  g_assert_cmpfloat (chart.y_high, ==, 3.5);
}

static void
test_every_curve_has_its_name (void)
{
  g_autoptr (LikenessRunChart) run = likeness_run_chart_new ();
  g_autoptr (LikenessEvent) event = likeness_event_new (LIKENESS_EVENT_BASELINE);
  g_autofree char *words = NULL;
  LikenessChart chart;

  event->metrics.sim = 0.3;
  event->metrics.val.impostor_mean = 0.01;
  event->metrics.has_strangers = TRUE;
  event->metrics.strangers_sim = 0.25;
  likeness_run_chart_add (run, event);

  likeness_run_chart_get (run, LIKENESS_RUN_CHART_SIMILARITY, &chart);
  g_assert_cmpuint (chart.n_curves, ==, 5);
  for (guint i = 0; i < chart.n_curves; i++)
    g_assert_true (find_curve (&chart, chart.curves[i].label) == &chart.curves[i]);
  words = likeness_run_chart_describe (run, LIKENESS_RUN_CHART_SIMILARITY);
  g_assert_cmpstr (words, ==,
                   "Similarity: Sim 0.3000; untouched Sim 0.3000; "
                   "Strangers’ Sim 0.2500; untouched strangers 0.2500; "
                   "Impostor mean 0.0100");
}

static void
test_epochs_told_twice (void)
{
  g_autoptr (LikenessRunChart) run = likeness_run_chart_new ();
  LikenessChart chart;

  add_epoch (run, LIKENESS_EVENT_EPOCH, 1, 50, 0.4);
  add_epoch (run, LIKENESS_EVENT_EPOCH, 1, 90, 0.9);
  likeness_run_chart_get (run, LIKENESS_RUN_CHART_SIMILARITY, &chart);
  g_assert_cmpuint (likeness_series_get_n_points (find_curve (&chart, "Sim")->series), ==,
                    1);
}

/* What is added to one is not in the other, and each outlives the other. */
static void
test_copy (void)
{
  g_autoptr (LikenessRunChart) run = likeness_run_chart_new ();
  g_autoptr (LikenessRunChart) copy = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  add_epoch (run, LIKENESS_EVENT_BASELINE, 0, 61, 0.318);
  add_epoch (run, LIKENESS_EVENT_EPOCH, 1, 80, 0.4);
  before = likeness_run_chart_describe (run, LIKENESS_RUN_CHART_SIMILARITY);
  copy = likeness_run_chart_copy (run);
  add_epoch (run, LIKENESS_EVENT_EPOCH, 2, 95, 0.5287);
  g_clear_pointer (&run, likeness_run_chart_free);
  after = likeness_run_chart_describe (copy, LIKENESS_RUN_CHART_SIMILARITY);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-chart/empty", test_empty);
  g_test_add_func ("/run-chart/curves-of-a-run", test_curves_of_a_run);
  g_test_add_func ("/run-chart/batches-come-first", test_batches_come_first);
  g_test_add_func ("/run-chart/every-curve-has-its-name", test_every_curve_has_its_name);
  g_test_add_func ("/run-chart/epochs-told-twice", test_epochs_told_twice);
  g_test_add_func ("/run-chart/copy", test_copy);
  return g_test_run ();
}
