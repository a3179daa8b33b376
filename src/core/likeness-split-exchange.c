/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-exchange.h"

/* The table has a row a group and a cell for each change of the total that is looked at,
 * times what the subject's groups so far have filled: nothing, train, val, both. */
#define TABLE_BYTES (16 * 1024 * 1024)
#define N_FILLED 4
#define FILLED_TRAIN 1
#define FILLED_VAL 2
#define FILLED_BOTH 3
#define FLIPPED 4 /* in a cell, beside the filled state that it came from */
#define UNREACHED G_MAXUINT32

typedef struct
{
  gint64 reach;   /* changes from -reach to +reach are looked at */
  gsize width;    /* cells in a row */
  guint8 *from;   /* n_groups rows: how a cell was reached */
  guint32 *moved; /* one row: fewest faces moved to get there */
  guint32 *next;
} Table;

static gsize
get_cell (const Table *table, gint64 change, guint filled)
{
  return (gsize)(change + table->reach) * N_FILLED + filled;
}

static void
reach_cell (
    Table *table, guint8 *row, gint64 change, guint filled, guint32 moved, guint8 from)
{
  gsize cell;

  if (ABS (change) > table->reach)
    return;
  cell = get_cell (table, change, filled);
  if (moved < table->next[cell])
    {
      table->next[cell] = moved;
      row[cell] = from;
    }
}

static void
add_group (Table *table, guint8 *row, const LikenessPlanGroup *group, gboolean is_last)
{
  for (gsize i = 0; i < table->width; i++)
    table->next[i] = UNREACHED;

  for (gint64 change = -table->reach; change <= table->reach; change++)
    for (guint filled = 0; filled < N_FILLED; filled++)
      {
        guint32 moved = table->moved[get_cell (table, change, filled)];

        if (moved == UNREACHED)
          continue;
        for (guint flip = 0; flip <= (group->fixed ? 0u : 1u); flip++)
          {
            gboolean train = group->train != (flip != 0);
            guint now = filled | (train ? FILLED_TRAIN : FILLED_VAL);
            gint64 step = flip == 0 ? 0 : train ? group->size : -(gint64)group->size;

            /* A subject's last group closes it: both sides must be filled by then. */
            if (is_last && now != FILLED_BOTH)
              continue;
            reach_cell (table, row, change + step, is_last ? 0 : now,
                        moved + (flip != 0 ? group->size : 0),
                        filled | (flip != 0 ? FLIPPED : 0));
          }
      }

  {
    guint32 *swap = table->moved;
    table->moved = table->next;
    table->next = swap;
  }
}

static gint64
choose_change (const Table *table, gint64 residual)
{
  gint64 best = 0;

  for (gint64 change = -table->reach; change <= table->reach; change++)
    {
      guint32 moved = table->moved[get_cell (table, change, 0)];
      gint64 distance = ABS (residual - change);
      gint64 best_distance = ABS (residual - best);

      if (moved != UNREACHED
          && (distance < best_distance
              || (distance == best_distance
                  && moved < table->moved[get_cell (table, best, 0)])))
        best = change;
    }
  return best;
}

static void
take_change (const Table *table,
             LikenessPlanShare *shares,
             gsize n_shares,
             gsize n_groups,
             gint64 change)
{
  guint filled = 0;
  gsize row = n_groups;

  for (gsize i = n_shares; i-- > 0;)
    for (gsize j = shares[i].n_groups; j-- > 0;)
      {
        LikenessPlanGroup *group = &shares[i].groups[j];
        guint8 from
            = table->from[--row * table->width + get_cell (table, change, filled)];

        if ((from & FLIPPED) != 0)
          {
            gint step = group->train ? -(gint)group->size : (gint)group->size;

            group->train = !group->train;
            shares[i].train += step;
            change -= step;
          }
        filled = from & FILLED_BOTH;
      }
}

void
likeness_split_exchange_apply (LikenessPlanShare *shares, gsize n_shares, gint64 residual)
{
  g_autofree guint8 *from = NULL;
  g_autofree guint32 *moved = NULL;
  g_autofree guint32 *next = NULL;
  Table table = {0};
  gint64 faces = 0;
  gsize n_groups = 0;
  gsize row = 0;

  for (gsize i = 0; i < n_shares; i++)
    {
      n_groups += shares[i].n_groups;
      faces += shares[i].faces;
    }
  table.reach = MIN (faces, (gint64)(TABLE_BYTES / N_FILLED / MAX (n_groups, 1) / 2));
  if (table.reach < ABS (residual))
    return;

  table.width = (gsize)(2 * table.reach + 1) * N_FILLED;
  table.from = from = g_new0 (guint8, n_groups * table.width);
  table.moved = moved = g_new (guint32, table.width);
  table.next = next = g_new (guint32, table.width);
  for (gsize i = 0; i < table.width; i++)
    table.moved[i] = UNREACHED;
  table.moved[get_cell (&table, 0, 0)] = 0;

  for (gsize i = 0; i < n_shares; i++)
    for (gsize j = 0; j < shares[i].n_groups; j++)
      add_group (&table, from + row++ * table.width, &shares[i].groups[j],
                 j + 1 == shares[i].n_groups);
  take_change (&table, shares, n_shares, n_groups, choose_change (&table, residual));
}
