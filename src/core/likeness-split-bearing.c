/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-bearing.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

#define Z 1.96

static double
get_half_width (guint n)
{
  return n > 0 ? Z / (2 * sqrt (n + Z * Z)) : NAN;
}

static int
compare_counts (const void *a, const void *b)
{
  guint first = *(const guint *)a;
  guint second = *(const guint *)b;

  return (first > second) - (first < second);
}

void
likeness_split_bearing_get (const LikenessSplitPlan *plan, LikenessSplitBearing *out)
{
  g_autofree guint *counts = g_new (guint, plan->n_subjects);

  *out = (LikenessSplitBearing){.val = plan->val, .n_subjects = plan->n_subjects};
  for (guint i = 0; i < plan->n_subjects; i++)
    {
      counts[i] = plan->subjects[i].val;
      out->n_without_percentage += counts[i] < LIKENESS_FEWEST_FOR_PERCENT;
    }
  if (plan->n_subjects > 0)
    {
      qsort (counts, plan->n_subjects, sizeof *counts, compare_counts);
      out->fewest = counts[0];
      out->median = counts[(plan->n_subjects - 1) / 2];
      out->most = counts[plan->n_subjects - 1];
    }
  out->half_width = get_half_width (out->val);
  out->subject_half_width = get_half_width (out->median);
  out->example = likeness_rate_new ((4 * out->median + 2) / 5, out->median);
}

char *
likeness_split_bearing_describe_faces (const LikenessSplitBearing *self)
{
  if (self->fewest == self->most)
    return g_strdup_printf ("%'u", self->median);
  /* Translators: the median, the fewest and the most: "7 (2 to 12)" */
  return g_strdup_printf (_ ("%'u (%'u to %'u)"), self->median, self->fewest, self->most);
}

char *
likeness_split_bearing_describe_all (const LikenessSplitBearing *self)
{
  /* Translators: percentage points: "±2.1 points" */
  return g_strdup_printf (_ ("±%.1f points"), 100 * self->half_width);
}

char *
likeness_split_bearing_describe_subject (const LikenessSplitBearing *self)
{
  /* Translators: "±26 points: 6 of 7 right could be 49 % to 97 %" */
  return g_strdup_printf (
      _ ("±%.0f points: %'u of %'u right could be %.0f %% to %.0f %%"),
      100 * self->subject_half_width, (guint)self->example.k, (guint)self->example.n,
      100 * self->example.low, 100 * self->example.high);
}

char *
likeness_split_bearing_describe_without (const LikenessSplitBearing *self)
{
  /* Translators: so many of all people */
  return g_strdup_printf (_ ("%'u of %'u"), self->n_without_percentage, self->n_subjects);
}
