/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-split-arrangement.h"
#include "likeness-split-rounding.h"

static void
clear_subject (gpointer item)
{
  g_free (((LikenessPlanSubject *)item)->subject);
}

static void
clear_drop (gpointer item)
{
  g_free (((LikenessDrop *)item)->subject);
}

void
likeness_plan_arrangement_free (LikenessPlanArrangement *self)
{
  if (self == NULL)
    return;
  g_free (self->sides);
  g_array_unref (self->subjects);
  g_array_unref (self->drops);
  g_free (self);
}

/* Depends on seed, subject and name alone, so that nobody's order hangs on who else is
 * there. XXH3 (Y. Collet) gives the same number on every machine. */
static guint64
make_key (guint64 seed, const LikenessPlanFace *face)
{
  g_autofree char *text = g_strconcat (face->subject, "/", face->name, NULL);

  return XXH3_64bits_withSeed (text, strlen (text), seed);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const LikenessPlanGroup *first = a;
  const LikenessPlanGroup *second = b;

  if (first->key != second->key)
    return first->key < second->key ? -1 : 1;
  return (first->first > second->first) - (first->first < second->first);
}

static const char *
pin_to_string (LikenessPin pin)
{
  return pin == LIKENESS_PIN_OUT     ? "out"
         : pin == LIKENESS_PIN_TRAIN ? "train"
         : pin == LIKENESS_PIN_VAL   ? "val"
                                     : "none";
}

/* A pin moves its whole group: @pins gets it for each group, at its first face's place.
 */
static gboolean
gather_pins (const LikenessPlanOrder *order,
             const gsize *groups,
             LikenessPin *pins,
             GError **error)
{
  g_autofree gsize *pinned_by = g_new (gsize, order->n);

  for (gsize i = 0; i < order->n; i++)
    pins[i] = LIKENESS_PIN_NONE;
  for (gsize i = 0; i < order->n; i++)
    {
      const LikenessPlanFace *face = order->faces[i];

      if (face->pin == LIKENESS_PIN_NONE)
        continue;
      if (pins[groups[i]] != LIKENESS_PIN_NONE && pins[groups[i]] != face->pin)
        {
          const LikenessPlanFace *other = order->faces[pinned_by[groups[i]]];
          g_autofree char *first = likeness_display_name (other->path);
          g_autofree char *second = likeness_display_name (face->path);

          g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_CONFLICT,
                       _ ("“%s” is pinned to %s and “%s” to %s, but the two are "
                          "near-duplicates and stay together: change one of the pins"),
                       first, pin_to_string (other->pin), second,
                       pin_to_string (face->pin));
          return FALSE;
        }
      pins[groups[i]] = face->pin;
      pinned_by[groups[i]] = i;
    }
  return TRUE;
}

static gboolean
decide_drop (const LikenessPlanShare *share, guint minimum, LikenessDropReason *reason)
{
  gboolean may_train = FALSE;
  gboolean may_val = FALSE;

  for (gsize i = 0; i < share->n_groups; i++)
    {
      may_train = may_train || !share->groups[i].fixed || share->groups[i].train;
      may_val = may_val || !share->groups[i].fixed || !share->groups[i].train;
    }
  if (share->faces < minimum)
    *reason = LIKENESS_DROP_TOO_FEW;
  else if (share->n_groups < 2)
    *reason = LIKENESS_DROP_ONE_BURST;
  else if (!may_train || !may_val)
    *reason = LIKENESS_DROP_PINNED;
  else
    return FALSE;
  return TRUE;
}

/* Fills @share and its @groups from the faces of one subject. */
static void
build_share (const LikenessPlanOrder *order,
             const gsize *group_of,
             const LikenessPin *pins,
             guint64 seed,
             gsize subject,
             gsize *place,
             LikenessPlanGroup *groups,
             LikenessPlanShare *share)
{
  *share = (LikenessPlanShare){.groups = groups};
  for (gsize i = order->starts[subject]; i < order->starts[subject + 1]; i++)
    {
      gsize first = group_of[i];

      if (pins[first] == LIKENESS_PIN_OUT)
        continue;
      if (first == i)
        {
          place[i] = share->n_groups++;
          groups[place[i]] = (LikenessPlanGroup){
              .first = i,
              .key = make_key (seed, order->faces[i]),
              .fixed = pins[i] != LIKENESS_PIN_NONE,
              .train = pins[i] == LIKENESS_PIN_TRAIN,
          };
        }
      groups[place[first]].size++;
      share->faces++;
    }
  qsort (groups, share->n_groups, sizeof *groups, compare_groups);
}

LikenessPlanArrangement *
likeness_plan_arrangement_new (const LikenessPlanOrder *order,
                               const gsize *group_of,
                               const LikenessPlanOptions *options,
                               GError **error)
{
  g_autoptr (LikenessPlanArrangement) self = g_new0 (LikenessPlanArrangement, 1);
  g_autofree LikenessPin *pins = g_new (LikenessPin, order->n);
  g_autofree LikenessPlanGroup *groups = g_new (LikenessPlanGroup, order->n);
  g_autofree LikenessPlanShare *shares = g_new (LikenessPlanShare, order->n);
  g_autofree gsize *place = g_new (gsize, order->n);
  LikenessPlanGroup *next_group = groups;
  gsize n_shares = 0;

  self->sides = g_new0 (LikenessAssignment, order->n); /* out */
  self->subjects = g_array_new (FALSE, FALSE, sizeof (LikenessPlanSubject));
  self->drops = g_array_new (FALSE, FALSE, sizeof (LikenessDrop));
  g_array_set_clear_func (self->subjects, clear_subject);
  g_array_set_clear_func (self->drops, clear_drop);
  if (!gather_pins (order, group_of, pins, error))
    return NULL;

  for (gsize i = 0; i < order->n_subjects; i++)
    {
      LikenessPlanShare *share = &shares[n_shares];
      LikenessDrop drop;

      build_share (order, group_of, pins, options->seed, i, place, next_group, share);
      if (decide_drop (share, options->minimum, &drop.reason))
        {
          drop.subject = g_strdup (order->faces[order->starts[i]]->subject);
          drop.faces = share->faces;
          g_array_append_val (self->drops, drop);
          continue;
        }
      next_group += share->n_groups;
      n_shares++;
    }

  self->wanted = likeness_split_rounding_apply (
      shares, n_shares, (guint64)lround (options->ratio * LIKENESS_RATIO_UNIT));
  for (gsize i = 0; i < n_shares; i++)
    {
      LikenessPlanSubject subject = {
          .subject = g_strdup (order->faces[shares[i].groups[0].first]->subject),
          .train = shares[i].train,
          .val = shares[i].faces - shares[i].train,
      };

      g_array_append_val (self->subjects, subject);
      for (gsize j = 0; j < shares[i].n_groups; j++)
        self->sides[shares[i].groups[j].first] = shares[i].groups[j].train
                                                     ? LIKENESS_ASSIGNMENT_TRAIN
                                                     : LIKENESS_ASSIGNMENT_VAL;
    }
  for (gsize i = 0; i < order->n; i++)
    self->sides[i] = self->sides[group_of[i]];
  return g_steal_pointer (&self);
}
