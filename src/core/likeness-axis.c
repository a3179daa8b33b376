/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-axis.h"

#include <math.h>

/* Numbers of a stranger's file reach to where a double's steps are nothing and its ranges
 * infinite; within these there is room to round. */
#define LEAST 1e-290
#define MOST 1e290

/* A range that can be divided: finite, in order, wider than rounding errors. */
static void
widen (double *low, double *high)
{
  double slack;

  if (!isfinite (*low) || !isfinite (*high))
    {
      *low = 0;
      *high = 1;
      return;
    }
  if (*low > *high)
    {
      double swap = *low;

      *low = *high;
      *high = swap;
    }
  *low = CLAMP (*low, -MOST, MOST);
  *high = CLAMP (*high, -MOST, MOST);
  /* Far below what a label shows, far above the spacing of doubles. */
  slack = MAX (LEAST, 1e-9 * MAX (fabs (*low), fabs (*high)));
  if (*high - *low <= slack)
    {
      double half = fabs (*low) < 100 * LEAST ? 0.5 : fabs (*low) * 0.05;

      *low -= half;
      *high += half;
    }
}

/* The smallest of 1, 2 and 5 times a power of ten that is not below @rough. */
static double
nice_step (double rough)
{
  double power = pow (10, floor (log10 (rough)));
  double fraction = rough / power;
  /* Rounding may leave 2.0000000001 where 2 is meant. */
  double nice = fraction <= 1 + 1e-9   ? 1
                : fraction <= 2 + 1e-9 ? 2
                : fraction <= 5 + 1e-9 ? 5
                                       : 10;

  return nice * power;
}

static LikenessAxis
round_outwards (double low, double high, double step)
{
  return (LikenessAxis){
      .low = floor (low / step + 1e-9) * step,
      .high = ceil (high / step - 1e-9) * step,
      .step = step,
      .decimals = MAX (0, (int)-floor (log10 (step) + 1e-9)),
  };
}

LikenessAxis
likeness_axis_new (double low, double high, guint most_ticks)
{
  LikenessAxis axis;
  double step;

  most_ticks = MAX (most_ticks, 2);
  widen (&low, &high);
  step = nice_step ((high - low) / (most_ticks - 1));
  axis = round_outwards (low, high, step);
  /* Rounding outwards may add a tick at each end: then the next larger step fits. */
  while ((axis.high - axis.low) / axis.step + 1 > most_ticks + 1e-6 && most_ticks > 2)
    {
      step = nice_step (step * 1.5);
      axis = round_outwards (low, high, step);
    }
  return axis;
}

double
likeness_axis_place (const LikenessAxis *self, double value)
{
  return (value - self->low) / (self->high - self->low);
}
