/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-headline.h"

#include <math.h>
#include <string.h>

/* 334 of 373 right where the untouched network had 228: the case of the README's chart.
 */
static LikenessResults *
make_results (const char *input)
{
  LikenessResults *results = g_new0 (LikenessResults, 1);

  likeness_metrics_clear (&results->metrics);
  likeness_metrics_clear (&results->baseline);
  results->has_baseline = TRUE;
  results->epoch = 3;
  results->input = g_strdup (input);
  results->metrics.top1 = likeness_rate_new (330, 373);
  results->metrics.rank1 = likeness_rate_new (334, 373);
  results->metrics.sim = 0.8456;
  results->metrics.sim_n = 373;
  results->metrics.val.impostor_mean = 0.0214;
  results->baseline.top1_undefined = LIKENESS_UNDEFINED_NO_HEAD;
  results->baseline.rank1 = likeness_rate_new (228, 373);
  results->baseline.sim = 0.302;
  results->baseline.val.impostor_mean = 0.0104;
  return results;
}

static void
add_strangers (LikenessMetrics *metrics, double low_high, double high_high)
{
  metrics->has_strangers = TRUE;
  metrics->strangers_subjects = 16;
  metrics->strangers_n = 206;
  metrics->strangers_low_high.tar_1e2.tar = low_high;
  metrics->strangers_high_high.tar_1e2.tar = high_high;
}

static void
test_rate (void)
{
  struct
  {
    guint64 k, n;
    const char *rate, *interval;
  } cases[] = {
      {0, 0, "–", "–"},
      {3, 4, "3 of 4", "30.1–95.4 %"},
      {4, 5, "80.0 %", "37.6–96.4 %"},
      {19, 20, "95.0 %", "76.4–99.1 %"},
      {5, 5, "100.0 %", "56.6–100.0 %"},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LikenessRate rate = likeness_rate_new (cases[i].k, cases[i].n);
      g_autofree char *text = likeness_headline_format_rate (&rate);
      g_autofree char *interval = likeness_headline_format_interval (&rate);

      g_assert_cmpstr (text, ==, cases[i].rate);
      g_assert_cmpstr (interval, ==, cases[i].interval);
    }
}

static void
test_before_and_after (void)
{
  g_autoptr (LikenessResults) results = make_results ("12");
  g_autoptr (GPtrArray) headlines = NULL;
  const LikenessHeadline *rank1, *sim;

  headlines = likeness_headline_new_all (results);
  g_assert_cmpuint (headlines->len, ==, 4);
  rank1 = headlines->pdata[1];
  g_assert_cmpstr (rank1->name, ==, "rank1");
  g_assert_cmpstr (rank1->value, ==, "89.5 %");
  g_assert_cmpstr (rank1->detail, ==, "334 of 373, 86.0–92.3 %");
  g_assert_cmpstr (rank1->before, ==, "untouched: 61.1 %");
  g_assert_cmpfloat_with_epsilon (rank1->now, 334 / 373.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (rank1->was, 228 / 373.0, 1e-12);
  sim = headlines->pdata[2];
  g_assert_cmpstr (sim->value, ==, "0.846");
  g_assert_cmpstr (sim->detail, ==, "impostors 0.021, 373 faces");
  g_assert_cmpstr (sim->before, ==, "untouched: 0.302, impostors 0.010");
}

static void
test_undefined_has_its_reason (void)
{
  g_autoptr (LikenessResults) results = make_results ("low");
  g_autoptr (GPtrArray) headlines = NULL;
  const LikenessHeadline *top1, *strangers;

  results->metrics.top1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  headlines = likeness_headline_new_all (results);
  top1 = headlines->pdata[0];
  g_assert_cmpstr (top1->value, ==, "–");
  g_assert_cmpstr (top1->detail, ==,
                   "the validation people are not among the classes of training");
  g_assert_cmpstr (top1->before, ==,
                   "untouched: – (the untouched network has no classes)");
  g_assert_true (isnan (top1->now));
  g_assert_true (isnan (top1->was));
  strangers = headlines->pdata[3];
  g_assert_cmpstr (strangers->value, ==, "–");
  g_assert_cmpstr (strangers->detail, ==,
                   "no people are known who were kept out of training");
}

static void
test_strangers_both_ways (void)
{
  g_autoptr (LikenessResults) results = make_results ("low");
  g_autoptr (GPtrArray) headlines = NULL;
  const LikenessHeadline *strangers;

  add_strangers (&results->metrics, 0.712, 0.985);
  add_strangers (&results->baseline, 0.642, 0.992);
  headlines = likeness_headline_new_all (results);
  strangers = headlines->pdata[3];
  g_assert_cmpstr (strangers->value, ==, "71.2 %");
  g_assert_cmpstr (strangers->detail, ==,
                   "TAR at FAR 1 %, low against high: 16 subjects, 206 faces");
  g_assert_cmpstr (strangers->before, ==, "untouched: 64.2 %");
  g_assert_cmpstr (strangers->more, ==, "high against high: 98.5 %, untouched: 99.2 %");
}

/* With the best image as input there is no low one to tell it from. */
static void
test_strangers_high_only_once (void)
{
  g_autoptr (LikenessResults) results = make_results ("high");
  g_autoptr (GPtrArray) headlines = NULL;
  const LikenessHeadline *strangers;

  add_strangers (&results->metrics, 0.985, 0.985);
  headlines = likeness_headline_new_all (results);
  strangers = headlines->pdata[3];
  g_assert_cmpstr (strangers->detail, ==, "TAR at FAR 1 %: 16 subjects, 206 faces");
  g_assert_null (strangers->more);
}

static void
test_without_baseline (void)
{
  g_autoptr (LikenessResults) results = make_results ("12");
  g_autoptr (GPtrArray) headlines = NULL;
  const LikenessHeadline *rank1;

  results->has_baseline = FALSE;
  headlines = likeness_headline_new_all (results);
  rank1 = headlines->pdata[1];
  g_assert_cmpstr (rank1->before, ==, "untouched: – (not judged)");
  g_assert_true (isnan (rank1->was));
}

static void
test_origin (void)
{
  g_autoptr (LikenessResults) results = make_results ("12");
  g_autofree char *with_epoch = likeness_headline_describe_origin (results);
  g_autofree char *without = NULL;

  g_assert_nonnull (strstr (with_epoch, "epoch 3"));
  g_assert_nonnull (strstr (with_epoch, "12 px"));
  results->epoch = 0;
  without = likeness_headline_describe_origin (results);
  g_assert_cmpstr (without, ==, "Judged on faces reduced to 12 px.");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headline/rate", test_rate);
  g_test_add_func ("/headline/before-and-after", test_before_and_after);
  g_test_add_func ("/headline/undefined-has-its-reason", test_undefined_has_its_reason);
  g_test_add_func ("/headline/strangers-both-ways", test_strangers_both_ways);
  g_test_add_func ("/headline/strangers-high-only-once", test_strangers_high_only_once);
  g_test_add_func ("/headline/without-baseline", test_without_baseline);
  g_test_add_func ("/headline/origin", test_origin);
  return g_test_run ();
}
