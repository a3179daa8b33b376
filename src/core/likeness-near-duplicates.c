/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-near-duplicates.h"

#include <stdlib.h>

/* Up to this many hashes of a subject, comparing every pair is quicker than sorting. */
#define FEW 256

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
  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
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
join_pairs (const Print *prints, gsize n, guint distance, gsize *groups)
{
  for (gsize i = 0; i < n; i++)
    for (gsize j = i + 1; j < n; j++)
      if ((guint)__builtin_popcountll (prints[i].hash ^ prints[j].hash) <= distance)
        join (groups, prints[i].index, prints[j].index);
}

static int
compare_bands (gconstpointer a, gconstpointer b)
{
  const Print *x = a, *y = b;

  return (x->band > y->band) - (x->band < y->band);
}

/* Two hashes that differ in at most d bits agree in at least one of d + 1 bands of bits,
 * so only those that agree in a band need be compared; nothing is missed. */
static void
join_by_bands (Print *prints, gsize n, guint distance, gsize *groups)
{
  guint n_bands = distance + 1;

  for (guint band = 0; band < n_bands; band++)
    {
      guint first = 64 * band / n_bands, last = 64 * (band + 1) / n_bands;
      guint64 mask = (G_MAXUINT64 >> (64 - (last - first))) << first;

      for (gsize i = 0; i < n; i++)
        prints[i].band = prints[i].hash & mask;
      qsort (prints, n, sizeof *prints, compare_bands);
      for (gsize begin = 0, end; begin < n; begin = end)
        {
          for (end = begin + 1; end < n && prints[end].band == prints[begin].band;)
            end++;
          join_pairs (prints + begin, end - begin, distance, groups);
        }
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
  g_autoptr (GArray) array = NULL;
  Print *prints;

  for (gsize i = 0; i < n; i++)
    groups[i] = i;
  array = make_prints (hashes, valid, subject, n, groups);
  prints = (Print *)array->data;

  for (gsize begin = 0, end; begin < array->len; begin = end)
    {
      for (end = begin + 1;
           end < array->len && prints[end].subject == prints[begin].subject;)
        end++;
      /* With 64 bits everything is near, and there is no band left. */
      if (end - begin <= FEW || distance >= 64)
        join_pairs (prints + begin, end - begin, distance, groups);
      else
        join_by_bands (prints + begin, end - begin, distance, groups);
    }

  for (gsize i = 0; i < n; i++)
    groups[i] = find_group (groups, i);
}
