/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A curve: growing arrays of x (increasing) and y (NaN: a gap). */
typedef struct
{
  GArray *x; /* double */
  GArray *y; /* double */
} LikenessSeries;

LikenessSeries *likeness_series_new (void) G_GNUC_WARN_UNUSED_RESULT;
LikenessSeries *
likeness_series_copy (const LikenessSeries *self) G_GNUC_WARN_UNUSED_RESULT;
void likeness_series_free (LikenessSeries *self);
void likeness_series_append (LikenessSeries *self, double x, double y);
guint likeness_series_get_n_points (const LikenessSeries *self);

/** Lowest and highest y of one pixel column; NaN where it holds no point. */
typedef struct
{
  double low;
  double high;
  double first;
  double last;
} LikenessColumn;

/**
 * likeness_series_reduce:
 * @x_low, @x_high: the visible range; @columns: (out caller-allocates): @n_columns
 *
 * Min/max per pixel column, so that a long curve keeps its spikes. Pure.
 */
void likeness_series_reduce (const LikenessSeries *self,
                             double x_low,
                             double x_high,
                             LikenessColumn *columns,
                             guint n_columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessSeries, likeness_series_free)

G_END_DECLS
