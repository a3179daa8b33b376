/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-verdict.h"

#include <math.h>
#include <string.h>

#include "likeness-estimate.h"

#define N 391

/* One epoch: head on train and val, rank-1, Sim and impostor mean. */
static LikenessMetrics
make (double train, double val, double rank1, double sim, double impostor)
{
  LikenessMetrics m;

  likeness_metrics_clear (&m);
  m.train_top1 = likeness_rate_new (round (train * 1476), 1476);
  m.top1 = likeness_rate_new (round (val * N), N);
  m.rank1 = likeness_rate_new (round (rank1 * N), N);
  m.sim = sim;
  m.sim_n = N;
  m.val.n_genuine = 2000;
  m.val.n_impostor = 150000;
  m.val.genuine_mean = sim;
  m.val.impostor_mean = impostor;
  m.val.d_prime = 4;
  m.val.eer = 0.05;
  return m;
}

/* The weights as they were published: no head. */
static LikenessMetrics
make_untouched (void)
{
  LikenessMetrics m = make (0, 0, 0.624, 0.318, 0.012);

  m.train_top1 = m.top1 = m.top5 = likeness_rate_new (0, 0);
  m.top1_undefined = LIKENESS_UNDEFINED_NO_HEAD;
  return m;
}

static void
assert_verdict (const LikenessMetrics *baseline,
                const LikenessMetrics *epochs,
                guint n,
                LikenessVerdictState state,
                guint epoch,
                const char *says)
{
  LikenessVerdict verdict = likeness_verdict_decide (baseline, epochs, n);
  g_autofree char *sentence = likeness_verdict_describe (&verdict, baseline, epochs, n);

  g_assert_cmpstr (likeness_verdict_state_to_string (verdict.state), ==,
                   likeness_verdict_state_to_string (state));
  g_assert_cmpuint (verdict.epoch, ==, epoch);
  if (strstr (sentence, says) == NULL)
    g_test_message ("%s", sentence);
  g_assert_nonnull (strstr (sentence, says));
}

static void
test_unknown (void)
{
  LikenessMetrics baseline = make_untouched ();
  LikenessMetrics epochs[] = {make (0.9, 0.85, 0.624, 0.318, 0.012)};

  assert_verdict (&baseline, NULL, 0, LIKENESS_VERDICT_UNKNOWN, 0, "0 epochs");
  assert_verdict (&baseline, epochs, 1, LIKENESS_VERDICT_UNKNOWN, 1, "1 epoch ");
  assert_verdict (NULL, epochs, 1, LIKENESS_VERDICT_UNKNOWN, 1, "1 epoch ");
}

/* A recipe that works, as measured: 61 to 95 % rank-1 at 12 pixels. */
static void
test_learning (void)
{
  LikenessMetrics baseline = make_untouched ();
  LikenessMetrics epochs[] = {
      make (0.90, 0.852, 0.624, 0.318, 0.012),
      make (0.95, 0.898, 0.624, 0.318, 0.012),
      make (0.98, 0.930, 0.903, 0.480, 0.010),
      make (0.99, 0.945, 0.930, 0.510, 0.010),
  };

  assert_verdict (&baseline, epochs, 2, LIKENESS_VERDICT_LEARNING, 2, "val accuracy");
  assert_verdict (&baseline, epochs, 4, LIKENESS_VERDICT_LEARNING, 3,
                  "62.4 % to 93.1 % by epoch 4");
}

/* The long run: nothing moves any more, though Sim goes on rising. */
static void
test_plateau (void)
{
  LikenessMetrics baseline = make_untouched ();
  LikenessMetrics epochs[] = {
      make (0.95, 0.898, 0.624, 0.318, 0.012), make (1.00, 0.957, 0.957, 0.538, 0.017),
      make (1.00, 0.962, 0.954, 0.540, 0.015), make (1.00, 0.964, 0.951, 0.550, 0.010),
      make (1.00, 0.967, 0.951, 0.556, 0.007),
  };

  assert_verdict (&baseline, epochs, 5, LIKENESS_VERDICT_PLATEAU, 2,
                  "(95.7 % then, 96.7 % now)");
  /* Two evaluations are not enough. */
  assert_verdict (&baseline, epochs, 4, LIKENESS_VERDICT_LEARNING, 2, "rank-1");
}

/* Where val has other people, only Sim is left. */
static void
test_disjoint (void)
{
  LikenessMetrics baseline = make_untouched ();
  LikenessMetrics epochs[4];

  baseline.rank1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  for (guint i = 0; i < 4; i++)
    {
      epochs[i] = make (0.9, 0, 0, i < 2 ? 0.32 : 0.45, 0.012);
      epochs[i].top1_undefined = epochs[i].rank1_undefined = LIKENESS_UNDEFINED_DISJOINT;
    }
  assert_verdict (&baseline, epochs, 4, LIKENESS_VERDICT_LEARNING, 3,
                  "similarity rose from 0.318 to 0.450");
}

/* 600 people, 12,000 pictures: train 1.000, val and pairs near chance. */
static void
test_over_fitting_never_rose (void)
{
  LikenessMetrics epochs[5];

  for (guint i = 0; i < 5; i++)
    {
      epochs[i] = make (0, 0, 0.004, 0.1, 0.09);
      epochs[i].train_top1
          = i == 0 ? likeness_rate_new (6000, 9600) : likeness_rate_new (9600, 9600);
      epochs[i].top1 = likeness_rate_new (10 + i % 2, 2400);
      epochs[i].rank1 = likeness_rate_new (9, 2400);
      epochs[i].val.eer = 0.48;
    }
  assert_verdict (NULL, epochs, 5, LIKENESS_VERDICT_OVER_FITTING, 2,
                  "train accuracy is 100.0 %, val accuracy 0.4 %");
  /* The same where val has other people: then the pairs say it. */
  for (guint i = 0; i < 5; i++)
    epochs[i].top1_undefined = epochs[i].rank1_undefined = LIKENESS_UNDEFINED_DISJOINT;
  assert_verdict (NULL, epochs, 5, LIKENESS_VERDICT_OVER_FITTING, 2, "48.0 %");
  /* With pairs well told apart it is not. */
  for (guint i = 0; i < 5; i++)
    epochs[i].val.eer = 0.05;
  g_assert_cmpint (likeness_verdict_decide (NULL, epochs, 5).state, !=,
                   LIKENESS_VERDICT_OVER_FITTING);
}

static void
test_over_fitting_after_best (void)
{
  LikenessMetrics baseline = make_untouched ();
  LikenessMetrics epochs[] = {
      make (0.80, 0.75, 0.75, 0.50, 0.01), make (0.88, 0.85, 0.84, 0.52, 0.01),
      make (0.95, 0.84, 0.83, 0.52, 0.01), make (0.99, 0.74, 0.74, 0.45, 0.01),
      make (1.00, 0.72, 0.72, 0.44, 0.01),
  };

  assert_verdict (&baseline, epochs, 5, LIKENESS_VERDICT_OVER_FITTING, 4,
                  "(best: 84.9 % after epoch 2)");
  /* One evaluation may be chance. */
  g_assert_cmpint (likeness_verdict_decide (&baseline, epochs, 4).state, !=,
                   LIKENESS_VERDICT_OVER_FITTING);
}

/* Train at 1 with a wide gap is no over-fitting while val still rises. */
static void
test_wide_gap_that_closes (void)
{
  LikenessMetrics epochs[] = {
      make (1, 0.30, 0.30, 0.3, 0.01),
      make (1, 0.45, 0.45, 0.4, 0.01),
      make (1, 0.60, 0.60, 0.5, 0.01),
  };

  assert_verdict (NULL, epochs, 3, LIKENESS_VERDICT_LEARNING, 2, "rose from 29.9 %");
}

/* The original project's best model: genuine 0.943, impostor 0.863, rank-1 2.7 %. */
static void
test_collapse (void)
{
  LikenessMetrics baseline = make_untouched ();
  LikenessMetrics epochs[] = {
      make (0.98, 0.90, 0.90, 0.60, 0.06),
      make (1.00, 0.95, 0.30, 0.90, 0.70),
      make (1.00, 0.96, 0.027, 0.943, 0.863),
  };

  assert_verdict (&baseline, epochs, 3, LIKENESS_VERDICT_COLLAPSE, 2,
                  "similarity of 0.863 (untouched 0.012, healthy below 0.15), so that "
                  "0.943");
  assert_verdict (NULL, epochs, 3, LIKENESS_VERDICT_COLLAPSE, 2, "0.863");
  g_assert_cmpint (likeness_verdict_decide (&baseline, epochs, 1).state, !=,
                   LIKENESS_VERDICT_COLLAPSE);
}

/* Measured: a backbone rate of 1e-3 ruins everything in one epoch, softmax with smoothing
 * creeps while it looks splendid. */
static void
test_collapse_fixtures (void)
{
  LikenessMetrics baseline = make_untouched ();
  LikenessMetrics sudden = make (0.008, 0.008, 0.005, 1.0, 1.0);
  LikenessMetrics creeping = make (1.0, 0.918, 0.716, 0.862, 0.743);
  LikenessMetrics healthy = make (1.0, 0.941, 0.9, 0.542, 0.061);

  assert_verdict (&baseline, &sudden, 1, LIKENESS_VERDICT_COLLAPSE, 1, "1.000");
  assert_verdict (&baseline, &creeping, 1, LIKENESS_VERDICT_COLLAPSE, 1, "0.743");
  assert_verdict (&baseline, &healthy, 1, LIKENESS_VERDICT_LEARNING, 1, "rank-1");
}

/* A network from scratch begins with one embedding for everybody. */
static void
test_from_scratch (void)
{
  LikenessMetrics baseline = make (0, 0, 0.05, 0.95, 0.93);
  LikenessMetrics epochs[] = {
      make (0.2, 0.15, 0.15, 0.8, 0.70), make (0.5, 0.40, 0.40, 0.7, 0.40),
      make (0.8, 0.60, 0.60, 0.6, 0.25), make (0.9, 0.72, 0.72, 0.6, 0.18),
      make (0.9, 0.10, 0.10, 0.9, 0.85),
  };
  LikenessMetrics stuck[3];

  baseline.top1_undefined = LIKENESS_UNDEFINED_NO_HEAD;
  assert_verdict (&baseline, epochs, 1, LIKENESS_VERDICT_LEARNING, 1, "rank-1");
  assert_verdict (&baseline, epochs, 4, LIKENESS_VERDICT_LEARNING, 1, "72.1 %");
  assert_verdict (&baseline, epochs, 5, LIKENESS_VERDICT_COLLAPSE, 5, "0.850");
  for (guint i = 0; i < 3; i++)
    stuck[i] = make (0.02, 0.02, 0.04, 0.95, 0.93);
  assert_verdict (&baseline, stuck, 3, LIKENESS_VERDICT_COLLAPSE, 3, "0.930");
  g_assert_cmpint (likeness_verdict_decide (&baseline, stuck, 2).state, !=,
                   LIKENESS_VERDICT_COLLAPSE);
}

static LikenessMetrics
make_strangers (guint subjects, double low_high, double high_high)
{
  LikenessMetrics m = make (0.99, 0.95, 0.95, 0.55, 0.01);

  m.has_strangers = TRUE;
  m.strangers_subjects = subjects;
  m.strangers_n = subjects * 13;
  m.strangers_low_high.n_genuine = m.strangers_high_high.n_genuine = subjects * 160;
  m.strangers_low_high.n_impostor = m.strangers_high_high.n_impostor = 100000;
  m.strangers_low_high.tar_1e2.tar = low_high;
  m.strangers_high_high.tar_1e2.tar = high_high;
  return m;
}

/* Measured: with a backbone rate of 3e-4 low against high looks harmless (59 to 86 %),
 * and high against high goes from 99.9 to 97.3 %. */
static void
test_forgetting (void)
{
  LikenessMetrics baseline = make_strangers (50, 0.595, 0.999);
  LikenessMetrics epochs[] = {
      make_strangers (50, 0.850, 0.998),
      make_strangers (50, 0.856, 0.980),
      make_strangers (50, 0.856, 0.973),
  };

  assert_verdict (&baseline, epochs, 3, LIKENESS_VERDICT_FORGETTING, 2,
                  "97.3 % of pairs at best resolution");
  g_assert_cmpint (likeness_verdict_decide (&baseline, epochs, 1).state, !=,
                   LIKENESS_VERDICT_FORGETTING);
  /* Sixteen people carry no verdict. */
  for (guint i = 0; i < 3; i++)
    epochs[i].strangers_subjects = 16;
  g_assert_cmpint (likeness_verdict_decide (&baseline, epochs, 3).state, !=,
                   LIKENESS_VERDICT_FORGETTING);
}

/* Below its own best epoch, though far above the untouched network. */
static void
test_forgetting_after_best (void)
{
  LikenessMetrics baseline = make_strangers (60, 0.595, 0.999);
  LikenessMetrics epochs[] = {
      make_strangers (60, 0.80, 0.999),
      make_strangers (60, 0.95, 0.999),
      make_strangers (60, 0.84, 0.999),
  };

  assert_verdict (&baseline, epochs, 3, LIKENESS_VERDICT_FORGETTING, 3,
                  "84.0 % of pairs are accepted at a false accept rate of 1 % (before: "
                  "95.0 %)");
}

/* The example of Newcombe's paper of 1998: 56 of 70 against 48 of 80, 0.0524 to 0.3339.
 */
static void
test_difference (void)
{
  LikenessRate a = likeness_rate_new (56, 70), b = likeness_rate_new (48, 80);
  LikenessEstimate x, y;

  g_assert_true (likeness_estimate_rate (&a, LIKENESS_DEFINED, &x));
  g_assert_true (likeness_estimate_rate (&b, LIKENESS_DEFINED, &y));
  g_assert_cmpfloat_with_epsilon (likeness_estimate_least_difference (&x, &y), 0.0524,
                                  5e-5);
  g_assert_cmpfloat_with_epsilon (likeness_estimate_least_difference (&y, &x), -0.3339,
                                  5e-5);
}

/* A verdict from a file may name any epoch, and metrics may lack everything. */
static void
test_hostile (void)
{
  LikenessMetrics empty[4];

  for (guint i = 0; i < 4; i++)
    likeness_metrics_clear (&empty[i]);
  assert_verdict (&empty[0], empty, 4, LIKENESS_VERDICT_UNKNOWN, 4, "4 epochs");
  for (int state = LIKENESS_VERDICT_UNKNOWN; state <= LIKENESS_VERDICT_COLLAPSE; state++)
    for (guint epoch = 0; epoch < 7; epoch++)
      {
        LikenessVerdict verdict = {state, epoch};
        g_autofree char *all = likeness_verdict_describe (&verdict, NULL, empty, 4);
        g_autofree char *none = likeness_verdict_describe (&verdict, NULL, NULL, 0);

        g_assert_cmpuint (strlen (all), >, 10);
        g_assert_cmpuint (strlen (none), >, 10);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/unknown", test_unknown);
  g_test_add_func ("/verdict/learning", test_learning);
  g_test_add_func ("/verdict/plateau", test_plateau);
  g_test_add_func ("/verdict/disjoint-goes-by-sim", test_disjoint);
  g_test_add_func ("/verdict/over-fitting/never-rose", test_over_fitting_never_rose);
  g_test_add_func ("/verdict/over-fitting/after-best", test_over_fitting_after_best);
  g_test_add_func ("/verdict/over-fitting/not-while-rising", test_wide_gap_that_closes);
  g_test_add_func ("/verdict/collapse/of-a-good-looking-run", test_collapse);
  g_test_add_func ("/verdict/collapse/measured-fixtures", test_collapse_fixtures);
  g_test_add_func ("/verdict/collapse/from-scratch", test_from_scratch);
  g_test_add_func ("/verdict/forgetting/high-high", test_forgetting);
  g_test_add_func ("/verdict/forgetting/after-best", test_forgetting_after_best);
  g_test_add_func ("/verdict/estimate/newcombe", test_difference);
  g_test_add_func ("/verdict/hostile", test_hostile);
  return g_test_run ();
}
