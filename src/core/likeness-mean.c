/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-mean.h"

#include <math.h>

typedef struct
{
  double sum;
  gsize n;
} Group;

/* The 97.5 % quantile of Student's t, to 1e-4: few degrees of freedom as tables have
 * them, then M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 26.7.5.
 */
static double
get_quantile (guint freedom)
{
  static const double few[]
      = {12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912};
  double z = 1.959963985, v = freedom, s = z * z;

  if (freedom <= G_N_ELEMENTS (few))
    return few[freedom - 1];
  return z + z * (s + 1) / (4 * v) + z * ((5 * s + 16) * s + 3) / (96 * v * v)
         + z * (((3 * s + 19) * s + 17) * s - 15) / (384 * v * v * v)
         + z * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945)
               / (92160 * v * v * v * v);
}

static void
compute_interval (const Group *groups, guint n_groups, LikenessMean *out)
{
  double squares = 0, half;

  for (guint i = 0; i < n_groups; i++)
    out->n_groups += groups[i].n > 0;
  if (out->n_groups < 2)
    return;
  for (guint i = 0; i < n_groups; i++)
    {
      double rest = groups[i].sum - out->value * (double)groups[i].n;

      squares += rest * rest;
    }
  half = get_quantile (out->n_groups - 1)
         * sqrt ((double)out->n_groups / (out->n_groups - 1) * squares) / (double)out->n;
  out->low = out->value - half;
  out->high = out->value + half;
}

void
likeness_mean_compute (const double *values,
                       const guint32 *groups,
                       gsize n,
                       guint n_groups,
                       LikenessMean *out)
{
  guint most = groups != NULL ? n_groups : (guint)n;
  g_autofree Group *found = g_new0 (Group, most);
  double sum = 0, squares = 0;

  *out = (LikenessMean){NAN, NAN, NAN, NAN, 0, 0};
  for (gsize i = 0; i < n; i++)
    {
      Group *group = &found[groups != NULL ? groups[i] : i];

      if (!isfinite (values[i]))
        continue;
      group->sum += values[i];
      group->n++;
      sum += values[i];
      out->n++;
    }
  if (out->n == 0)
    return;
  out->value = sum / (double)out->n;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      squares += (values[i] - out->value) * (values[i] - out->value);
  if (out->n > 1)
    out->sd = sqrt (squares / (double)(out->n - 1));
  compute_interval (found, most, out);
}
