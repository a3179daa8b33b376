/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-verdict-private.h"

#include <glib/gi18n.h>
#include <math.h>

static const char *
get_title (LikenessMeasureKind measure)
{
  switch (measure)
    {
    case LIKENESS_MEASURE_TOP1:
      return _ ("val accuracy");
    case LIKENESS_MEASURE_RANK1:
      return _ ("rank-1");
    case LIKENESS_MEASURE_SIM:
    default:
      return _ ("similarity");
    }
}

/* Accuracies in percent, similarities as they are. */
static char *
format_value (LikenessMeasureKind measure, double value)
{
  if (measure == LIKENESS_MEASURE_SIM)
    return g_strdup_printf ("%.3f", value);
  return g_strdup_printf ("%.1f %%", 100 * value);
}

static char *
describe_collapse (const LikenessVerdict *verdict,
                   const LikenessMetrics *baseline,
                   const LikenessMetrics *last)
{
  double before = baseline != NULL ? baseline->val.impostor_mean : NAN;

  if (isfinite (before))
    return g_strdup_printf (
        _ ("Collapse since epoch %u: faces of different people have a similarity of "
           "%.3f (untouched %.3f, healthy below 0.15), so that %.3f for the same person "
           "says nothing."),
        verdict->epoch, last->val.impostor_mean, before, last->val.genuine_mean);
  return g_strdup_printf (
      _ ("Collapse since epoch %u: faces of different people have a similarity of %.3f "
         "(healthy below 0.15), so that %.3f for the same person says nothing."),
      verdict->epoch, last->val.impostor_mean, last->val.genuine_mean);
}

static char *
describe_over_fitting (const LikenessVerdict *verdict,
                       const LikenessMetrics *epochs,
                       guint n_epochs)
{
  const LikenessMetrics *last = &epochs[n_epochs - 1];
  guint best = likeness_verdict_find_best (epochs, n_epochs, LIKENESS_MEASURE_TOP1);

  if (last->top1_undefined != LIKENESS_DEFINED || best == 0)
    return g_strdup_printf (
        _ ("Over-fitting since epoch %u: train accuracy is %.1f %%, but pairs of new "
           "faces are told apart hardly better than by chance (equal error rate "
           "%.1f %%)."),
        verdict->epoch, 100 * last->train_top1.value, 100 * last->val.eer);
  return g_strdup_printf (
      _ ("Over-fitting since epoch %u: train accuracy is %.1f %%, val accuracy %.1f %% "
         "(best: %.1f %% after epoch %u)."),
      verdict->epoch, 100 * last->train_top1.value, 100 * last->top1.value,
      100 * epochs[best - 1].top1.value, best);
}

static char *
describe_forgetting (const LikenessVerdict *verdict,
                     const LikenessMetrics *baseline,
                     const LikenessMetrics *epochs,
                     guint n_epochs)
{
  const LikenessMetrics *before, *last = &epochs[n_epochs - 1];
  LikenessEstimate then, now;
  gboolean high, strict;
  guint since;

  if (!likeness_verdict_find_forgotten (baseline, epochs, n_epochs - 1, &high, &strict,
                                        &since))
    return g_strdup (
        _ ("Forgetting: people never trained on are recognised less often."));
  before = since == 0 ? baseline : &epochs[since - 1];
  likeness_estimate_tar (
      high ? &before->strangers_high_high : &before->strangers_low_high, strict, &then);
  likeness_estimate_tar (high ? &last->strangers_high_high : &last->strangers_low_high,
                         strict, &now);
  return g_strdup_printf (
      high ? _ ("Forgetting since epoch %u: of %u people never trained on, %.1f %% of "
                "pairs at best resolution are accepted at a false accept rate of %s "
                "(before: %.1f %%).")
           : _ ("Forgetting since epoch %u: of %u people never trained on, %.1f %% of "
                "pairs are accepted at a false accept rate of %s (before: %.1f %%)."),
      verdict->epoch, last->strangers_subjects, 100 * now.value, strict ? "0.1 %" : "1 %",
      100 * then.value);
}

static char *
describe_plateau (const LikenessVerdict *verdict,
                  const LikenessMetrics *epochs,
                  guint n_epochs)
{
  LikenessMeasureKind measure = LIKENESS_MEASURE_TOP1;
  LikenessEstimate then = {0}, now = {0};
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  while (measure < LIKENESS_MEASURE_SIM
         && !likeness_estimate_measure (&epochs[n_epochs - 1], measure, &now))
    measure++;
  likeness_estimate_measure (&epochs[n_epochs - 1], measure, &now);
  likeness_estimate_measure (&epochs[verdict->epoch - 1], measure, &then);
  first = format_value (measure, then.value);
  last = format_value (measure, now.value);
  /* Translators: an epoch, a measure such as "val accuracy", its value then and now */
  return g_strdup_printf (_ ("Plateau since epoch %u: %s has not risen beyond its "
                             "interval (%s then, %s now)."),
                          verdict->epoch, get_title (measure), first, last);
}

static char *
describe_learning (const LikenessMetrics *baseline,
                   const LikenessMetrics *epochs,
                   guint n_epochs)
{
  LikenessMeasureKind measure;
  LikenessEstimate now = {0};
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  double from;
  guint began;

  if (!likeness_verdict_find_risen (baseline, epochs, n_epochs, &measure, &from, &began))
    return g_strdup (_ ("Learning: val is rising."));
  likeness_estimate_measure (&epochs[n_epochs - 1], measure, &now);
  first = format_value (measure, from);
  last = format_value (measure, now.value);
  /* Translators: a measure such as "val accuracy", its value at first, now, an epoch */
  return g_strdup_printf (_ ("Learning: %s rose from %s to %s by epoch %u."),
                          get_title (measure), first, last, n_epochs);
}

char *
likeness_verdict_describe (const LikenessVerdict *verdict,
                           const LikenessMetrics *baseline,
                           const LikenessMetrics *epochs,
                           guint n_epochs)
{
  LikenessVerdictState state = verdict->state;

  /* A verdict may come from a file, and its run be shorter than it says. */
  if (n_epochs == 0 || verdict->epoch > n_epochs || verdict->epoch == 0)
    state = LIKENESS_VERDICT_UNKNOWN;
  switch (state)
    {
    case LIKENESS_VERDICT_COLLAPSE:
      return describe_collapse (verdict, baseline, &epochs[n_epochs - 1]);
    case LIKENESS_VERDICT_OVER_FITTING:
      return describe_over_fitting (verdict, epochs, n_epochs);
    case LIKENESS_VERDICT_FORGETTING:
      return describe_forgetting (verdict, baseline, epochs, n_epochs);
    case LIKENESS_VERDICT_PLATEAU:
      return describe_plateau (verdict, epochs, n_epochs);
    case LIKENESS_VERDICT_LEARNING:
      return describe_learning (baseline, epochs, n_epochs);
    case LIKENESS_VERDICT_UNKNOWN:
    default:
      return g_strdup_printf (ngettext ("After %u epoch nothing can be said yet.",
                                        "After %u epochs nothing can be said yet.",
                                        n_epochs),
                              n_epochs);
    }
}
