/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <string.h>

#include "likeness-near-duplicates.h"
#include "likeness-split-order.h"

static int
compare_faces (gconstpointer a, gconstpointer b, gpointer faces)
{
  const LikenessPlanFace *first = (const LikenessPlanFace *)faces + *(const gsize *)a;
  const LikenessPlanFace *second = (const LikenessPlanFace *)faces + *(const gsize *)b;
  int order = strcmp (first->subject, second->subject);

  if (order == 0)
    order = strcmp (first->name, second->name);
  if (order == 0)
    order = (int)first->origin - (int)second->origin;
  if (order == 0)
    order = strcmp (first->path, second->path);
  return order;
}

LikenessPlanOrder *
likeness_plan_order_new (const LikenessPlanFace *faces, gsize n)
{
  LikenessPlanOrder *self = g_new0 (LikenessPlanOrder, 1);

  self->n = n;
  self->faces = g_new (const LikenessPlanFace *, n);
  self->inputs = g_new (gsize, n);
  self->starts = g_new (gsize, n + 1);
  for (gsize i = 0; i < n; i++)
    self->inputs[i] = i;
  g_qsort_with_data (self->inputs, n, sizeof *self->inputs, compare_faces,
                     (gpointer)faces);
  for (gsize i = 0; i < n; i++)
    {
      self->faces[i] = &faces[self->inputs[i]];
      if (i == 0 || strcmp (self->faces[i - 1]->subject, self->faces[i]->subject) != 0)
        self->starts[self->n_subjects++] = i;
    }
  self->starts[self->n_subjects] = n;
  return self;
}

void
likeness_plan_order_free (LikenessPlanOrder *self)
{
  if (self == NULL)
    return;
  g_free (self->faces);
  g_free (self->inputs);
  g_free (self->starts);
  g_free (self);
}

void
likeness_plan_order_find_groups (const LikenessPlanOrder *self,
                                 guint distance,
                                 gsize *groups)
{
  g_autofree guint64 *hashes = g_new (guint64, self->n);
  g_autofree gboolean *valid = g_new (gboolean, self->n);
  g_autofree guint32 *subject = g_new (guint32, self->n);

  for (gsize i = 0, number = 0; i < self->n; i++)
    {
      if (i == self->starts[number + 1])
        number++;
      hashes[i] = self->faces[i]->hash;
      valid[i] = self->faces[i]->has_hash;
      subject[i] = number;
    }
  likeness_near_duplicate_groups (hashes, valid, subject, self->n, distance, groups);
}

static gboolean
is_leak (const LikenessPlanOrder *self,
         const LikenessAssignment *sides,
         guint distance,
         gsize start,
         gsize end,
         gsize face)
{
  if (sides[face] != LIKENESS_ASSIGNMENT_VAL || !self->faces[face]->has_hash)
    return FALSE;
  for (gsize i = start; i < end; i++)
    if (sides[i] == LIKENESS_ASSIGNMENT_TRAIN && self->faces[i]->has_hash
        && (guint)__builtin_popcountll (self->faces[face]->hash ^ self->faces[i]->hash)
               <= distance)
      return TRUE;
  return FALSE;
}

guint
likeness_plan_order_count_leak (const LikenessPlanOrder *self,
                                const LikenessAssignment *sides,
                                guint distance)
{
  guint leak = 0;

  for (gsize i = 0; i < self->n_subjects; i++)
    for (gsize face = self->starts[i]; face < self->starts[i + 1]; face++)
      leak += is_leak (self, sides, distance, self->starts[i], self->starts[i + 1], face);
  return leak;
}
