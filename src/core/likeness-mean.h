/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A mean, how far its values lie apart, and how well it is known. */
typedef struct
{
  double value;   /* NaN of no values */
  double low;     /* 95 % interval; NaN of fewer than two groups */
  double high;    /* as @low */
  double sd;      /* of the values, n - 1; NaN of fewer than two */
  gsize n;        /* values */
  guint n_groups; /* that have a value */
} LikenessMean;

/**
 * likeness_mean_compute:
 * @values: @n numbers; what is not finite is left out, and not counted
 * @groups: (nullable): whose value each is, below @n_groups; %NULL: each is its own
 * @n: how many
 * @n_groups: groups in all; of no meaning where @groups is %NULL
 *
 * The mean over the values, not over the groups. Its interval is Student's t over the
 * groups, with groups - 1 degrees of freedom, of the ratio estimator's linearised
 * variance G / (G - 1) Σ (sum_g - mean n_g)² / n² (W. G. Cochran, "Sampling Techniques",
 * 1977, chapters 6 and 9A): photos of one person are not independent, so it is people
 * that are drawn. Of groups of one value each it is the textbook's interval. It has no
 * random numbers in it, and tends to the bootstrap over subjects as these become many.
 * Pure.
 */
void likeness_mean_compute (const double *values,
                            const guint32 *groups,
                            gsize n,
                            guint n_groups,
                            LikenessMean *out);

G_END_DECLS
