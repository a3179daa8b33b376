/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** How one face stands among all classes. */
typedef struct
{
  guint32 rank;           /* 1: right; of the true class among all */
  guint32 taken_for;      /* the class with the highest score */
  float score_true;       /* cosine to the true class */
  float score_best_wrong; /* the highest of the others; NaN where there is no other */
} LikenessJudgement;

/**
 * likeness_judgement_decide:
 * @scores: @n_classes cosines of one face, no margin
 * @truth: its true class, below @n_classes
 *
 * The rank is one more than the classes that score as high or higher: a tie counts as
 * wrong, so a network that gives everybody the same score is right about nobody. A score
 * that is no number counts as higher.
 */
LikenessJudgement
likeness_judgement_decide (const float *scores, guint n_classes, guint32 truth);

/** Brings each of @n rows of 512 numbers to length 1, in place; a row of zeros stays.
 *
 * Returns: %FALSE where a number is not finite */
gboolean likeness_embeddings_normalise (float *embeddings, gsize n);

/** Cosine of two normalised embeddings: the sum of 512 products, always in one order. */
float likeness_embeddings_dot (const float *a, const float *b);

/**
 * likeness_embeddings_average:
 * @embeddings: @n x 512, normalised
 * @labels: @n classes, each below @n_classes
 * @centroids: (out caller-allocates): @n_classes x 512: the normalised mean of each
 * class, zeros where a class has no row
 */
void likeness_embeddings_average (const float *embeddings,
                                  const guint32 *labels,
                                  gsize n,
                                  guint n_classes,
                                  float *centroids);

G_END_DECLS
