/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-series.h"

#include <math.h>

LikenessSeries *
likeness_series_new (void)
{
  LikenessSeries *self = g_new0 (LikenessSeries, 1);

  self->x = g_array_new (FALSE, FALSE, sizeof (double));
  self->y = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

LikenessSeries *
likeness_series_copy (const LikenessSeries *self)
{
  LikenessSeries *copy = g_new0 (LikenessSeries, 1);

  copy->x = g_array_copy (self->x);
  copy->y = g_array_copy (self->y);
  return copy;
}

void
likeness_series_free (LikenessSeries *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->x);
  g_array_unref (self->y);
  g_free (self);
}

void
likeness_series_append (LikenessSeries *self, double x, double y)
{
  g_return_if_fail (isfinite (x));
  g_return_if_fail (self->x->len == 0
                    || x >= g_array_index (self->x, double, self->x->len - 1));

  g_array_append_val (self->x, x);
  g_array_append_val (self->y, y);
}

guint
likeness_series_get_n_points (const LikenessSeries *self)
{
  return self->x->len;
}

static void
clear_columns (LikenessColumn *columns, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    columns[i] = (LikenessColumn){NAN, NAN, NAN, NAN};
}

static void
add_to_column (LikenessColumn *column, double y)
{
  if (isnan (column->low))
    {
      *column = (LikenessColumn){y, y, y, y};
      return;
    }
  column->low = MIN (column->low, y);
  column->high = MAX (column->high, y);
  column->last = y;
}

void
likeness_series_reduce (const LikenessSeries *self,
                        double x_low,
                        double x_high,
                        LikenessColumn *columns,
                        guint n_columns)
{
  const double *x = (const double *)self->x->data;
  const double *y = (const double *)self->y->data;
  double columns_a_unit;

  clear_columns (columns, n_columns);
  if (n_columns == 0 || !(x_high > x_low))
    return;

  columns_a_unit = n_columns / (x_high - x_low);
  for (guint i = 0; i < self->x->len; i++)
    {
      double place = (x[i] - x_low) * columns_a_unit;

      if (isfinite (y[i]) && place >= 0 && x[i] <= x_high)
        add_to_column (&columns[MIN ((guint)place, n_columns - 1)], y[i]);
    }
}
