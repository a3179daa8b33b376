/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-results.h"

#include <math.h>
#include <string.h>

void
likeness_results_free (LikenessResults *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_subjects; i++)
    {
      g_free (self->subjects[i].name);
      g_free (self->subjects[i].example);
    }
  for (guint i = 0; i < self->n_faces; i++)
    {
      g_free (self->faces[i].path);
      g_free (self->faces[i].low_path);
    }
  g_free (self->subjects);
  g_free (self->faces);
  g_free (self->input);
  g_free (self->super_resolution);
  g_free (self->super_resolution_xxh3);
  g_free (self);
}

/* Ascending; what is not a number comes last. */
static int
compare_numbers (double a, double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static int
compare_subjects (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LikenessResults *self = user_data;
  const LikenessSubjectResult *first = &self->subjects[*(const guint *)a];
  const LikenessSubjectResult *second = &self->subjects[*(const guint *)b];
  int order = compare_numbers (first->accuracy.high, second->accuracy.high);

  if (order == 0)
    order = compare_numbers (first->margin, second->margin);
  return order != 0 ? order : strcmp (first->name, second->name);
}

void
likeness_results_sort_worst_first (const LikenessResults *self, guint *order)
{
  for (guint i = 0; i < self->n_subjects; i++)
    order[i] = i;
  g_qsort_with_data (order, self->n_subjects, sizeof *order, compare_subjects,
                     (gpointer)self);
}
