/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-exchange.h"

/** One group that could change sides. */
typedef struct
{
  gint64
      cost; /* how much farther from its ratio the subject gets, in millionths of a face
             */
  gsize share;
  gsize group;
} Move;

static gint64
get_distance (guint train, guint faces, guint64 ratio)
{
  return ABS ((gint64)train * LIKENESS_RATIO_UNIT - (gint64)(ratio * faces));
}

static void
choose_prefix (LikenessPlanShare *share, guint64 ratio)
{
  guint train = 0;
  gsize best_end = 0;
  gint64 best = G_MAXINT64;

  for (gsize i = 0; i < share->n_groups; i++)
    if (share->groups[i].fixed && share->groups[i].train)
      train += share->groups[i].size;

  for (gsize end = 0; end <= share->n_groups; end++)
    {
      gint64 distance = get_distance (train, share->faces, ratio);

      if (train > 0 && train < share->faces && distance < best)
        {
          best = distance;
          best_end = end;
          share->train = train;
        }
      if (end < share->n_groups && !share->groups[end].fixed)
        train += share->groups[end].size;
    }

  for (gsize i = 0; i < share->n_groups; i++)
    if (!share->groups[i].fixed)
      share->groups[i].train = i < best_end;
}

/* The cheapest group of one subject that may go to the other side and brings the total
 * nearer; of equals the one nearest to the end of the prefix. */
static gboolean
find_move (const LikenessPlanShare *shares,
           gsize position,
           gboolean to_train,
           gint64 need,
           guint64 ratio,
           Move *move)
{
  const LikenessPlanShare *share = &shares[position];
  gint64 before = get_distance (share->train, share->faces, ratio);
  guint left = to_train ? share->faces - share->train : share->train;
  gboolean found = FALSE;

  for (gsize i = 0; i < share->n_groups; i++)
    {
      gsize index = to_train ? i : share->n_groups - 1 - i;
      const LikenessPlanGroup *group = &share->groups[index];
      gint64 cost;

      if (group->fixed || group->train == to_train || group->size >= left
          || group->size >= 2 * need)
        continue;
      cost = get_distance (to_train ? share->train + group->size
                                    : share->train - group->size,
                           share->faces, ratio)
             - before;
      if (!found || cost < move->cost)
        *move = (Move){cost, position, index};
      found = TRUE;
    }
  return found;
}

static int
compare_moves (gconstpointer a, gconstpointer b, gpointer unused)
{
  const Move *first = a;
  const Move *second = b;

  if (first->cost != second->cost)
    return first->cost < second->cost ? -1 : 1;
  return (first->share > second->share) - (first->share < second->share);
}

static void
offer_move (GTree *moves,
            const LikenessPlanShare *shares,
            gsize position,
            gboolean to_train,
            gint64 need,
            guint64 ratio)
{
  Move move;

  if (find_move (shares, position, to_train, need, ratio, &move))
    {
      Move *key = g_memdup2 (&move, sizeof move);
      g_tree_insert (moves, key, key);
    }
}

/* Moves groups one way until @need faces have moved or nothing helps. Returns what is
 * still needed: negative where the last group went beyond. */
static gint64
move_groups (LikenessPlanShare *shares,
             gsize n_shares,
             gboolean to_train,
             gint64 need,
             guint64 ratio)
{
  g_autoptr (GTree) moves = g_tree_new_full (compare_moves, NULL, g_free, NULL);
  GTreeNode *node;

  for (gsize i = 0; i < n_shares; i++)
    offer_move (moves, shares, i, to_train, need, ratio);

  while (need > 0 && (node = g_tree_node_first (moves)) != NULL)
    {
      Move move = *(const Move *)g_tree_node_key (node);
      LikenessPlanShare *share = &shares[move.share];
      LikenessPlanGroup *group = &share->groups[move.group];

      g_tree_remove (moves, &move);
      /* It helped when it was offered; by now less may be needed. */
      if (group->size < 2 * need)
        {
          group->train = to_train;
          share->train += to_train ? (gint)group->size : -(gint)group->size;
          need -= group->size;
        }
      if (need > 0)
        offer_move (moves, shares, move.share, to_train, need, ratio);
    }
  return need;
}

guint
likeness_split_rounding_apply (LikenessPlanShare *shares, gsize n_shares, guint64 ratio)
{
  guint64 faces = 0;
  gint64 total = 0;
  gint64 residual;
  guint wanted;

  for (gsize i = 0; i < n_shares; i++)
    {
      choose_prefix (&shares[i], ratio);
      faces += shares[i].faces;
      total += shares[i].train;
    }
  wanted = (ratio * faces + LIKENESS_RATIO_UNIT / 2) / LIKENESS_RATIO_UNIT;
  residual = (gint64)wanted - total;

  for (gint64 before = 0; residual != 0 && residual != before;)
    {
      before = residual;
      residual = residual > 0 ? move_groups (shares, n_shares, TRUE, residual, ratio)
                              : -move_groups (shares, n_shares, FALSE, -residual, ratio);
    }
  if (residual != 0)
    likeness_split_exchange_apply (shares, n_shares, residual);
  return wanted;
}
