/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-near-duplicates.h"

#include <string.h>

/* Up to this many hashes of a subject, comparing every pair is quicker than sorting. */
#define FEW 256
/* Beyond, two blocks that agree are too few bits to tell hashes apart. */
#define MAX_PAIRED_DISTANCE 8

/* One of a subject's different hashes. */
typedef struct
{
  guint64 hash;
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

/*
 * Joins what is near among @prints, in any order. Who has been reached is compared with
 * those who have not, and leaves them: where many are near to each other, each costs a
 * few comparisons and not one with all.
 */
static void
join_near (Print *prints, gsize n, guint distance, gsize *groups)
{
  gsize left = n;

  for (gsize next = n; next-- > 0;)
    {
      const Print reached = prints[next];

      left = MIN (left, next);
      for (gsize i = left; i-- > 0;)
        if ((guint)__builtin_popcountll (reached.hash ^ prints[i].hash) <= distance)
          {
            Print found = prints[i];

            join (groups, reached.index, found.index);
            prints[i] = prints[--left];
            prints[left] = found;
          }
    }
}

/* Joins what is near among those @prints that agree in the bits of @mask. They are
 * brought together by a hash of these bits; who shares it without them is compared in
 * vain. */
static void
join_agreeing (const Print *prints,
               gsize n,
               guint64 mask,
               guint distance,
               gsize *groups,
               Print *sorted,
               gsize *starts,
               guint n_bits)
{
  const guint64 golden = G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  gsize n_buckets = (gsize)1 << n_bits;
  guint shift = 64 - n_bits;

  memset (starts, 0, (n_buckets + 1) * sizeof *starts);
  for (gsize i = 0; i < n; i++)
    starts[((prints[i].hash & mask) * golden >> shift) + 1]++;
  for (gsize i = 0; i < n_buckets; i++)
    starts[i + 1] += starts[i];
  /* Each start moves to its bucket's end, which is the next one's start. */
  for (gsize i = 0; i < n; i++)
    sorted[starts[(prints[i].hash & mask) * golden >> shift]++] = prints[i];
  for (gsize i = 0, begin = 0; i < n_buckets; i++)
    {
      join_near (sorted + begin, starts[i] - begin, distance, groups);
      begin = starts[i];
    }
}

/* Every @n_blocks-th bit from @block on: neighbours in a picture are alike, and what is
 * alike tells little together. */
static guint64
make_block (guint block, guint n_blocks)
{
  guint64 mask = 0;

  for (guint bit = block; bit < 64; bit += n_blocks)
    mask |= G_GUINT64_CONSTANT (1) << bit;
  return mask;
}

/* Two hashes that differ in at most d bits agree in at least one of d + 1 blocks of bits,
 * and in two of d + 2, so only those that agree in such a block, or in two, need be
 * compared; nothing is missed. */
static void
join_by_blocks (const Print *prints, gsize n, guint distance, gsize *groups)
{
  const gboolean paired = distance <= MAX_PAIRED_DISTANCE;
  const guint n_blocks = distance + (paired ? 2 : 1);
  const guint n_bits = MAX (1, g_bit_storage (n) - 1);
  g_autofree Print *sorted = g_new (Print, n);
  g_autofree gsize *starts = g_new (gsize, ((gsize)1 << n_bits) + 1);

  for (guint a = 0; a < n_blocks; a++)
    for (guint b = paired ? a + 1 : a; b < (paired ? n_blocks : a + 1); b++)
      join_agreeing (prints, n, make_block (a, n_blocks) | make_block (b, n_blocks),
                     distance, groups, sorted, starts, n_bits);
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
      /* With 64 bits everything is near, and there is no block left. */
      if (end - begin <= FEW || distance >= 64)
        join_near (prints + begin, end - begin, distance, groups);
      else
        join_by_blocks (prints + begin, end - begin, distance, groups);
    }

  for (gsize i = 0; i < n; i++)
    groups[i] = find_group (groups, i);
}
