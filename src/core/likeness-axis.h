/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double low;
  double high;
  double step;    /* between ticks: 1, 2 or 5 times a power of ten */
  guint decimals; /* digits after the point that a tick's label needs */
} LikenessAxis;

/**
 * likeness_axis_new:
 * @low, @high: range of the data; equal, reversed or not finite is allowed and widened
 * @most_ticks: 2 or more
 *
 * Nice round ends and ticks (Heckbert, "Nice numbers for graph labels", 1990). Pure.
 */
LikenessAxis likeness_axis_new (double low, double high, guint most_ticks);
/** Position of @value in the unit interval, not clamped. */
double likeness_axis_place (const LikenessAxis *self, double value);

G_END_DECLS
