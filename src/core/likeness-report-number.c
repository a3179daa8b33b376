/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-report-number.h"

#include <glib/gi18n.h>
#include <math.h>

const char *
likeness_report_get_none (void)
{
  /* Translators: in place of a number that means nothing: "not applicable" */
  return _ ("n/a");
}

char *
likeness_report_format_count (guint64 count)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
}

char *
likeness_report_format_percent (double rate)
{
  if (!isfinite (rate))
    return g_strdup (likeness_report_get_none ());
  /* Translators: a percentage with one decimal */
  return g_strdup_printf (_ ("%.1f %%"), rate * 100);
}

char *
likeness_report_format_score (double score)
{
  if (!isfinite (score))
    return g_strdup (likeness_report_get_none ());
  /* A stranger's file may claim 1e300. A hyphen is no minus, least of all in a range. */
  return g_strdup_printf (fabs (score) < 1000 ? "%s%.3f" : "%s%.3g",
                          score <= -0.0005 ? "−" : "", fabs (score));
}

char *
likeness_report_format_k_of_n (const LikenessRate *rate)
{
  g_autofree char *k = likeness_report_format_count (rate->k);
  g_autofree char *n = likeness_report_format_count (rate->n);

  if (rate->n == 0)
    return g_strdup (likeness_report_get_none ());
  /* Translators: faces that were recognised, of all: "3 of 4" */
  return g_strdup_printf (_ ("%s of %s"), k, n);
}

char *
likeness_report_format_rate (const LikenessRate *rate)
{
  if (rate->n < LIKENESS_FEWEST_FOR_PERCENT)
    return likeness_report_format_k_of_n (rate);
  return likeness_report_format_percent (rate->value);
}

char *
likeness_report_format_percents (double low, double high)
{
  if (!isfinite (low) || !isfinite (high))
    return g_strdup (likeness_report_get_none ());
  /* Translators: the two ends of an interval in percent: "86.0–92.2 %" */
  return g_strdup_printf (_ ("%.1f–%.1f %%"), low * 100, high * 100);
}

char *
likeness_report_format_scores (double low, double high)
{
  g_autofree char *first = likeness_report_format_score (low);
  g_autofree char *last = likeness_report_format_score (high);

  if (!isfinite (low) || !isfinite (high))
    return g_strdup (likeness_report_get_none ());
  if (low >= 0)
    /* Translators: the two ends of an interval: "0.512–0.546" */
    return g_strdup_printf (_ ("%s–%s"), first, last);
  /* Translators: the same where the first is negative: "−0.012 to 0.046" */
  return g_strdup_printf (_ ("%s to %s"), first, last);
}

char *
likeness_report_format_duration (double seconds)
{
  guint64 whole = seconds >= 1 && seconds < 1e9 ? (guint64)(seconds + 0.5) : 1;

  if (whole < 60)
    /* Translators: seconds */
    return g_strdup_printf (_ ("%u s"), (guint)whole);
  if (whole < 3600)
    /* Translators: minutes and seconds */
    return g_strdup_printf (_ ("%u min %u s"), (guint)(whole / 60), (guint)(whole % 60));
  /* Translators: hours and minutes */
  return g_strdup_printf (_ ("%u h %u min"), (guint)(whole / 3600),
                          (guint)(whole / 60 % 60));
}
