/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-near-duplicates.h"
#include "likeness-split-arrangement.h"

#define MIN_RATIO 0.05
#define MAX_RATIO 0.95
#define MIN_MINIMUM 2
#define MAX_MINIMUM 1000

static gboolean
check_options (const LikenessPlanOptions *options, GError **error)
{
  /* Turned round, so that NaN is out of range too. */
  if (!(options->ratio >= MIN_RATIO && options->ratio <= MAX_RATIO))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("The ratio must lie between %.2f and %.2f"), MIN_RATIO, MAX_RATIO);
      return FALSE;
    }
  if (options->minimum < MIN_MINIMUM || options->minimum > MAX_MINIMUM)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("The fewest images of a subject must lie between %d and %d"),
                   MIN_MINIMUM, MAX_MINIMUM);
      return FALSE;
    }
  return TRUE;
}

static LikenessSplitPlan *
build_plan (const LikenessPlanOrder *order,
            const gsize *group_of,
            LikenessPlanArrangement *arrangement)
{
  LikenessSplitPlan *self = g_new0 (LikenessSplitPlan, 1);

  self->n_faces = order->n;
  self->assignments = g_new (LikenessAssignment, order->n);
  self->groups = g_new (gsize, order->n);
  for (gsize i = 0; i < order->n; i++)
    {
      self->assignments[order->inputs[i]] = arrangement->sides[i];
      self->groups[order->inputs[i]] = order->inputs[group_of[i]];
      self->train += arrangement->sides[i] == LIKENESS_ASSIGNMENT_TRAIN;
      self->val += arrangement->sides[i] == LIKENESS_ASSIGNMENT_VAL;
    }
  self->wanted_train = arrangement->wanted;
  self->n_subjects = arrangement->subjects->len;
  self->n_drops = arrangement->drops->len;
  self->subjects = g_array_steal (arrangement->subjects, NULL);
  self->drops = g_array_steal (arrangement->drops, NULL);
  return self;
}

void
likeness_plan_options_init (LikenessPlanOptions *options)
{
  *options = (LikenessPlanOptions){
      .ratio = 0.8,
      .minimum = 5,
      .seed = 42,
      .keep_near_duplicates = TRUE,
      .near_distance = LIKENESS_NEAR_DUPLICATE_DISTANCE,
  };
}

LikenessSplitPlan *
likeness_split_plan_new (const LikenessPlanFace *faces,
                         gsize n_faces,
                         const LikenessPlanOptions *options,
                         GError **error)
{
  g_autoptr (LikenessPlanOrder) order = NULL;
  g_autofree gsize *groups = g_new (gsize, n_faces);
  g_autofree gsize *singles = g_new (gsize, n_faces);
  g_autoptr (LikenessPlanArrangement) arrangement = NULL;
  g_autoptr (LikenessPlanArrangement) naive = NULL;
  LikenessSplitPlan *self;

  g_return_val_if_fail (options != NULL, NULL);

  if (!check_options (options, error))
    return NULL;
  order = likeness_plan_order_new (faces, n_faces);
  for (gsize i = 0; i < n_faces; i++)
    groups[i] = singles[i] = i;
  if (options->keep_near_duplicates)
    likeness_plan_order_find_groups (order, options->near_distance, groups);

  arrangement = likeness_plan_arrangement_new (order, groups, options, error);
  if (arrangement == NULL)
    return NULL;
  if (arrangement->subjects->len == 0)
    {
      g_set_error (
          error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW,
          _ ("No subject is left: each has fewer than %u images, only "
             "near-duplicates of one image, or pins that empty a side. Lower the "
             "minimum or choose a folder with more"),
          options->minimum);
      return NULL;
    }
  self = build_plan (order, groups, arrangement);
  self->leak = likeness_plan_order_count_leak (order, arrangement->sides,
                                               options->near_distance);
  naive = likeness_plan_arrangement_new (order, singles, options, NULL);
  self->naive_leak
      = likeness_plan_order_count_leak (order, naive->sides, options->near_distance);
  for (gsize i = 0; i < n_faces; i++)
    self->naive_of += naive->sides[i] == LIKENESS_ASSIGNMENT_VAL;
  return self;
}

void
likeness_split_plan_free (LikenessSplitPlan *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_subjects; i++)
    g_free (self->subjects[i].subject);
  for (guint i = 0; i < self->n_drops; i++)
    g_free (self->drops[i].subject);
  g_free (self->subjects);
  g_free (self->drops);
  g_free (self->assignments);
  g_free (self->groups);
  g_free (self);
}

GBytes *
likeness_split_plan_dup_sides (const LikenessSplitPlan *self)
{
  guint8 *sides = g_malloc (self->n_faces);

  for (gsize i = 0; i < self->n_faces; i++)
    sides[i] = self->assignments[i];
  return g_bytes_new_take (sides, self->n_faces);
}

char *
likeness_drop_describe (const LikenessDrop *drop, const LikenessPlanOptions *options)
{
  switch (drop->reason)
    {
    case LIKENESS_DROP_TOO_FEW:
      return g_strdup_printf (ngettext ("%u face, at least %u are needed",
                                        "%u faces, at least %u are needed", drop->faces),
                              drop->faces, options->minimum);
    case LIKENESS_DROP_ONE_BURST:
      return g_strdup_printf (
          _ ("one burst: all %u faces are near-duplicates of one another"), drop->faces);
    case LIKENESS_DROP_PINNED:
      return g_strdup (_ ("the pins leave train or val empty"));
    case LIKENESS_DROP_UNUSABLE:
      return g_strdup (_ ("none of its files can be used"));
    default:
      g_return_val_if_reached (NULL);
    }
}
