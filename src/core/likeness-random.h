/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LikenessRandom:
 *
 * A small portable generator (SplitMix64; Steele, Lea, Flood 2014): the same numbers on
 * every machine, cheap to seed anew for each (seed, epoch, face). A plain value.
 */
typedef struct
{
  guint64 state;
} LikenessRandom;

/** Mixes up to four parts into a stream of its own. */
LikenessRandom likeness_random_new (guint64 seed, guint64 a, guint64 b, guint64 c);
guint64 likeness_random_next (LikenessRandom *self);
/** Uniform in [0, 1), 53 bits. */
double likeness_random_uniform (LikenessRandom *self);
/** Uniform in [low, high). */
double likeness_random_between (LikenessRandom *self, double low, double high);
/** Uniform in [0, n), unbiased (rejection); n > 0. */
guint64 likeness_random_below (LikenessRandom *self, guint64 n);
/** Fisher-Yates on @n indexes. */
void likeness_random_shuffle (LikenessRandom *self, guint32 *values, gsize n);

G_END_DECLS
