/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-verdict-private.h"

#include <math.h>

/* Evaluations in a row before something lasting is said. */
#define PATIENCE 3
/* Untouched networks have an impostor mean of 0.01, healthy tuned ones up to 0.06. */
#define COLLAPSED 0.15
#define LEARNT_BY_HEART 0.99
#define WIDE_GAP 0.2
#define GROWN_GAP 0.03
/* The equal error rate of guessing is 0.5. */
#define NEAR_CHANCE 0.4
#define ENOUGH_STRANGERS 30

typedef gboolean (*Rule) (const LikenessMetrics *baseline,
                          const LikenessMetrics *epochs,
                          guint index);

const char *
likeness_verdict_state_to_string (LikenessVerdictState state)
{
  static const char *const names[] = {
      [LIKENESS_VERDICT_UNKNOWN] = "unknown",
      [LIKENESS_VERDICT_LEARNING] = "learning",
      [LIKENESS_VERDICT_PLATEAU] = "plateau",
      [LIKENESS_VERDICT_OVER_FITTING] = "over-fitting",
      [LIKENESS_VERDICT_FORGETTING] = "forgetting",
      [LIKENESS_VERDICT_COLLAPSE] = "collapse",
  };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), names[0]);
  return names[state];
}

guint
likeness_verdict_find_best (const LikenessMetrics *epochs,
                            guint n_epochs,
                            LikenessMeasureKind measure)
{
  double best = -INFINITY;
  guint found = 0;
  LikenessEstimate e;

  for (guint i = 0; i < n_epochs; i++)
    if (likeness_estimate_measure (&epochs[i], measure, &e) && e.value > best)
      {
        best = e.value;
        found = i + 1;
      }
  return found;
}

static double
get_impostor_mean (const LikenessMetrics *metrics)
{
  return metrics != NULL ? metrics->val.impostor_mean : NAN;
}

/* An untrained network gives one embedding for everybody: from there the impostor mean
 * comes down, and only where it does not, or climbs again, has it collapsed. */
static gboolean
is_collapsed (const LikenessMetrics *baseline, const LikenessMetrics *epochs, guint index)
{
  double before = get_impostor_mean (baseline);
  double now = get_impostor_mean (&epochs[index]);
  double least = before;

  if (!(now > COLLAPSED))
    return FALSE;
  if (!(before > COLLAPSED))
    return TRUE;
  for (guint i = 0; i < index; i++)
    least = fmin (least, get_impostor_mean (&epochs[i]));
  return now > least + COLLAPSED || (index + 1 >= PATIENCE && now > before - 0.05);
}

static gboolean
fell (const LikenessMetrics *epochs, guint best, guint index, LikenessMeasureKind measure)
{
  LikenessEstimate then, now;

  return likeness_estimate_measure (&epochs[best], measure, &then)
         && likeness_estimate_measure (&epochs[index], measure, &now)
         && now.value < then.low;
}

/* The gap between train and val grew since the best epoch while val fell. */
static gboolean
has_grown_gap (const LikenessMetrics *baseline,
               const LikenessMetrics *epochs,
               guint index)
{
  guint best = likeness_verdict_find_best (epochs, index + 1, LIKENESS_MEASURE_TOP1);
  LikenessUndefined reason = epochs[index].top1_undefined;
  LikenessEstimate train, val, train_then, val_then;
  double growth, half;

  if (best == 0 || best > index
      || !likeness_estimate_rate (&epochs[index].train_top1, reason, &train)
      || !likeness_estimate_measure (&epochs[index], LIKENESS_MEASURE_TOP1, &val)
      || !likeness_estimate_rate (&epochs[best - 1].train_top1, reason, &train_then)
      || !likeness_estimate_measure (&epochs[best - 1], LIKENESS_MEASURE_TOP1, &val_then))
    return FALSE;
  growth = (train.value - val.value) - (train_then.value - val_then.value);
  half
      = hypot (hypot (train.value - train.low, val.high - val.value),
               hypot (train_then.high - train_then.value, val_then.value - val_then.low));
  return growth - half >= GROWN_GAP
         && (fell (epochs, best - 1, index, LIKENESS_MEASURE_TOP1)
             || fell (epochs, best - 1, index, LIKENESS_MEASURE_SIM));
}

/* Train is learnt by heart, and val has nothing of it. */
static gboolean
has_wide_gap (const LikenessMetrics *baseline, const LikenessMetrics *epochs, guint index)
{
  const LikenessMetrics *metrics = &epochs[index];
  LikenessEstimate train, val;

  if (!likeness_estimate_rate (&metrics->train_top1, LIKENESS_DEFINED, &train)
      || train.value < LEARNT_BY_HEART)
    return FALSE;
  if (likeness_estimate_measure (metrics, LIKENESS_MEASURE_TOP1, &val))
    return likeness_estimate_least_difference (&train, &val) > WIDE_GAP;
  return metrics->val.eer > NEAR_CHANCE;
}

static const LikenessVerification *
get_strangers (const LikenessMetrics *metrics, gboolean high)
{
  return high ? &metrics->strangers_high_high : &metrics->strangers_low_high;
}

gboolean
likeness_verdict_find_forgotten (const LikenessMetrics *baseline,
                                 const LikenessMetrics *epochs,
                                 guint index,
                                 gboolean *high,
                                 gboolean *strict,
                                 guint *since)
{
  if (!epochs[index].has_strangers || epochs[index].strangers_subjects < ENOUGH_STRANGERS)
    return FALSE;
  for (guint kind = 0; kind < 4; kind++)
    for (guint i = 0; i <= index; i++)
      {
        const LikenessMetrics *before = i == 0 ? baseline : &epochs[i - 1];
        LikenessEstimate then, now;

        *high = kind / 2;
        *strict = kind % 2;
        *since = i;
        if (before != NULL && before->has_strangers
            && likeness_estimate_tar (get_strangers (before, *high), *strict, &then)
            && likeness_estimate_tar (get_strangers (&epochs[index], *high), *strict,
                                      &now)
            && likeness_estimate_least_difference (&then, &now) > 0)
          return TRUE;
      }
  return FALSE;
}

static gboolean
is_forgetting (const LikenessMetrics *baseline,
               const LikenessMetrics *epochs,
               guint index)
{
  gboolean high, strict;
  guint since;

  return likeness_verdict_find_forgotten (baseline, epochs, index, &high, &strict,
                                          &since);
}

/* Whether @measure has nowhere after @index left its interval there upwards. */
static gboolean
is_flat_since (const LikenessMetrics *epochs,
               guint n_epochs,
               guint index,
               LikenessMeasureKind measure)
{
  LikenessEstimate then, e;

  if (!likeness_estimate_measure (&epochs[index], measure, &then))
    return TRUE;
  for (guint i = index + 1; i < n_epochs; i++)
    if (likeness_estimate_measure (&epochs[i], measure, &e) && e.value > then.high)
      return FALSE;
  return TRUE;
}

/* The measures to go by: accuracies, or Sim where neither means anything. */
static guint
choose_measures (const LikenessMetrics *epochs,
                 guint n_epochs,
                 LikenessMeasureKind *measures)
{
  guint n = 0;
  LikenessEstimate e;

  for (LikenessMeasureKind i = LIKENESS_MEASURE_TOP1; i <= LIKENESS_MEASURE_RANK1; i++)
    if (likeness_estimate_measure (&epochs[n_epochs - 1], i, &e))
      measures[n++] = i;
  if (n == 0
      && likeness_estimate_measure (&epochs[n_epochs - 1], LIKENESS_MEASURE_SIM, &e))
    measures[n++] = LIKENESS_MEASURE_SIM;
  return n;
}

gboolean
likeness_verdict_find_risen (const LikenessMetrics *baseline,
                             const LikenessMetrics *epochs,
                             guint n_epochs,
                             LikenessMeasureKind *measure,
                             double *from,
                             guint *began)
{
  LikenessMeasureKind measures[2];
  guint n = choose_measures (epochs, n_epochs, measures);
  double most = 0;

  for (guint i = 0; i < n; i++)
    {
      LikenessEstimate first, e;
      gboolean known
          = baseline != NULL && likeness_estimate_measure (baseline, measures[i], &first);

      for (guint j = 0; !known && j < n_epochs; j++)
        known = likeness_estimate_measure (&epochs[j], measures[i], &first);
      for (guint j = 0; known && j < n_epochs; j++)
        if (likeness_estimate_measure (&epochs[j], measures[i], &e)
            && e.value > first.high)
          {
            likeness_estimate_measure (&epochs[n_epochs - 1], measures[i], &e);
            if (e.value > first.high && e.value - first.value > most)
              {
                most = e.value - first.value;
                *measure = measures[i];
                *from = first.value;
                *began = j + 1;
              }
            break;
          }
    }
  return most > 0;
}

/* The epoch above which nothing has risen since, so far as that has lasted; 0: none. */
static guint
find_plateau (const LikenessMetrics *epochs, guint n_epochs)
{
  LikenessMeasureKind measures[2];
  guint n = choose_measures (epochs, n_epochs, measures);

  for (guint i = 0; n > 0 && i + PATIENCE < n_epochs; i++)
    if (is_flat_since (epochs, n_epochs, i, measures[0])
        && (n == 1 || is_flat_since (epochs, n_epochs, i, measures[1])))
      return i + 1;
  return 0;
}

/* The first of the last epochs in a row that all break @rule; 0: the last does not. */
static guint
find_streak (Rule breaks_rule,
             const LikenessMetrics *baseline,
             const LikenessMetrics *epochs,
             guint n_epochs)
{
  guint began = 0;

  for (guint i = n_epochs; i > 0 && breaks_rule (baseline, epochs, i - 1); i--)
    began = i;
  return began;
}

LikenessVerdict
likeness_verdict_decide (const LikenessMetrics *baseline,
                         const LikenessMetrics *epochs,
                         guint n_epochs)
{
  LikenessMeasureKind measure;
  double from;
  guint began;

  if (n_epochs == 0)
    return (LikenessVerdict){LIKENESS_VERDICT_UNKNOWN, 0};
  began = find_streak (is_collapsed, baseline, epochs, n_epochs);
  if (began > 0)
    return (LikenessVerdict){LIKENESS_VERDICT_COLLAPSE, began};
  began = find_streak (has_grown_gap, baseline, epochs, n_epochs);
  if (began > 0 && began + 1 <= n_epochs)
    return (LikenessVerdict){LIKENESS_VERDICT_OVER_FITTING, began};
  began = find_streak (has_wide_gap, baseline, epochs, n_epochs);
  if (began > 0 && began + PATIENCE - 1 <= n_epochs
      && is_flat_since (epochs, n_epochs, n_epochs - PATIENCE, LIKENESS_MEASURE_TOP1))
    return (LikenessVerdict){LIKENESS_VERDICT_OVER_FITTING, began};
  began = find_streak (is_forgetting, baseline, epochs, n_epochs);
  if (began > 0)
    return (LikenessVerdict){LIKENESS_VERDICT_FORGETTING, began};
  began = find_plateau (epochs, n_epochs);
  if (began > 0)
    return (LikenessVerdict){LIKENESS_VERDICT_PLATEAU, began};
  if (likeness_verdict_find_risen (baseline, epochs, n_epochs, &measure, &from, &began))
    return (LikenessVerdict){LIKENESS_VERDICT_LEARNING, began};
  return (LikenessVerdict){LIKENESS_VERDICT_UNKNOWN, n_epochs};
}
