/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-metrics.h"

G_BEGIN_DECLS

/** One fold: judged at a threshold that was chosen without it. */
typedef struct
{
  double threshold;
  LikenessRate accuracy;
} LikenessLfwFold;

/**
 * LikenessLfw:
 *
 * The accuracy of a verification by the protocol of Labeled Faces in the Wild.
 */
typedef struct
{
  guint n_folds;
  LikenessLfwFold *folds;
  double accuracy;       /* mean of the folds' */
  double std;            /* standard deviation of the folds', that of the population */
  double standard_error; /* of the mean: the sample's deviation / sqrt(n_folds) */
  double threshold;      /* chosen on all pairs: the one to go on with */
  LikenessRate pooled;   /* pairs that were right, over all folds */
} LikenessLfw;

/**
 * likeness_lfw_new:
 * @scores: @n cosines
 * @genuine: @n: whether both photos show one person
 * @fold: @n, each below @n_folds; every fold has a pair
 *
 * Of each fold the accuracy at the threshold that is best on all other folds (G. B. Huang
 * et al., "Labeled Faces in the Wild", 2007, view 2). A pair is accepted where s >=
 * threshold.
 *
 * Accuracy is the same for all thresholds between two neighbouring scores, and can be at
 * its best between several neighbours. Taken is the highest such gap, as it accepts the
 * fewest impostors (so do the usual scripts, which try distances from 0 upwards and keep
 * the first), and in it the middle: an end would be the score of a pair it was chosen on,
 * and would turn away the fold's own pairs that fall only just below, so that even a
 * network without any error would not reach 1. Above the highest score it is the next
 * float, below the lowest the lowest itself.
 *
 * std is what is usually written behind ±, numpy.std(); LFW's own tables give
 * standard_error (G. B. Huang and E. Learned-Miller, 2014). With one fold there are no
 * others to choose on: all but the threshold is NaN; so is everything where a score is
 * not finite. Pure; O(n log n + n_folds n).
 *
 * Returns: (transfer full)
 */
LikenessLfw *likeness_lfw_new (const float *scores,
                               const gboolean *genuine,
                               const guint32 *fold,
                               gsize n,
                               guint n_folds) G_GNUC_WARN_UNUSED_RESULT;
void likeness_lfw_free (LikenessLfw *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessLfw, likeness_lfw_free)

G_END_DECLS
