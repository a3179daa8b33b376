/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-near-duplicates.h"

/* One of a subject's different hashes. */
typedef struct
{
  guint64 hash;
  guint64 band; /* the bits that are compared first */
  guint32 subject;
  gsize index; /* of its first face */
} Print;

static int
compare_prints (gconstpointer a, gconstpointer b)
{
  const Print *x = a, *y = b;

  if (x->subject != y->subject)
    return x->subject < y->subject ? -1 : 1;
  if (x->band != y->band)
    return x->band < y->band ? -1 : 1;
  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

static gboolean
share_band (const Print *a, const Print *b)
{
  return a->subject == b->subject && a->band == b->band;
}

/* The first face of the group of @index; shortens the way for the next one who asks. */
static gsize
find_group (gsize *groups, gsize index)
{
  while (groups[index] != index)
    {
      groups[index] = groups[groups[index]];
      index = groups[index];
    }
  return index;
}

static void
join (gsize *groups, gsize a, gsize b)
{
  a = find_group (groups, a);
  b = find_group (groups, b);
  groups[MAX (a, b)] = MIN (a, b);
}

/* One print for each different hash of a subject: equal ones are joined at once, so that
 * a thousand copies cost no more than one. */
static GArray *
make_prints (const guint64 *hashes,
             const gboolean *valid,
             const guint32 *subject,
             gsize n,
             gsize *groups)
{
  GArray *prints = g_array_new (FALSE, FALSE, sizeof (Print));
  guint kept = 0;

  for (gsize i = 0; i < n; i++)
    if (valid[i])
      {
        Print print = {.hash = hashes[i], .subject = subject[i], .index = i};

        g_array_append_val (prints, print);
      }
  g_array_sort (prints, compare_prints);
  for (guint i = 0; i < prints->len; i++)
    {
      const Print *print = &g_array_index (prints, Print, i);
      Print *last = kept > 0 ? &g_array_index (prints, Print, kept - 1) : NULL;

      if (last != NULL && last->subject == print->subject && last->hash == print->hash)
        join (groups, last->index, print->index);
      else
        g_array_index (prints, Print, kept++) = *print;
    }
  g_array_set_size (prints, kept);
  return prints;
}

static void
join_within_bands (GArray *prints, guint distance, gsize *groups)
{
  const Print *print = (const Print *)prints->data;

  g_array_sort (prints, compare_prints);
  for (guint begin = 0, end; begin < prints->len; begin = end)
    {
      for (end = begin + 1; end < prints->len && share_band (&print[begin], &print[end]);)
        end++;
      for (guint i = begin; i < end; i++)
        for (guint j = i + 1; j < end; j++)
          if ((guint)__builtin_popcountll (print[i].hash ^ print[j].hash) <= distance)
            join (groups, print[i].index, print[j].index);
    }
}

void
likeness_near_duplicate_groups (const guint64 *hashes,
                                const gboolean *valid,
                                const guint32 *subject,
                                gsize n,
                                guint distance,
                                gsize *groups)
{
  g_autoptr (GArray) prints = NULL;
  guint n_bands = MIN (distance + 1, 64);

  for (gsize i = 0; i < n; i++)
    groups[i] = i;
  prints = make_prints (hashes, valid, subject, n, groups);

  /* Two hashes that differ in at most d bits agree in at least one of d + 1 bands, so
   * only those that agree in a band need be compared; nothing is missed. (With 64 bits or
   * more everything is near, and the one band is empty.) */
  if (distance >= 64)
    n_bands = 1;
  for (guint band = 0; band < n_bands; band++)
    {
      guint begin = 64 * band / n_bands, end = 64 * (band + 1) / n_bands;
      guint64 mask = distance >= 64 ? 0 : (G_MAXUINT64 >> (64 - (end - begin))) << begin;

      for (guint i = 0; i < prints->len; i++)
        g_array_index (prints, Print, i).band
            = g_array_index (prints, Print, i).hash & mask;
      join_within_bands (prints, distance, groups);
    }

  for (gsize i = 0; i < n; i++)
    groups[i] = find_group (groups, i);
}
