/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <stdlib.h>

#include "likeness-near-duplicates.h"
#include "likeness-random.h"

/* How long near-duplicates are looked for among N hashes of one subject, each of which is
 * one of CENTRES hashes with every bit turned with chance 0.15, as faces of one pose are
 * alike without being the same; 0: hashes of no kind. usage: near-duplicates N CENTRES */

#define CHANCE 0.15

int
main (int argc, char **argv)
{
  gsize n = argc == 3 ? strtoul (argv[1], NULL, 10) : 0;
  guint n_centres = argc == 3 ? atoi (argv[2]) : 0;
  LikenessRandom random = likeness_random_new (42, 0, 0, 0);
  g_autofree guint64 *centres = g_new (guint64, n_centres + 1);
  g_autofree guint64 *hashes = g_new (guint64, n + 1);
  g_autofree gboolean *valid = g_new (gboolean, n + 1);
  g_autofree guint32 *subject = g_new0 (guint32, n + 1);
  g_autofree gsize *groups = g_new (gsize, n + 1);
  gsize n_grouped = 0;
  gint64 begin;

  if (n == 0)
    {
      g_printerr ("usage: near-duplicates N CENTRES\n");
      return 2;
    }
  for (guint i = 0; i < n_centres; i++)
    centres[i] = likeness_random_next (&random);
  for (gsize i = 0; i < n; i++)
    {
      valid[i] = TRUE;
      hashes[i] = n_centres > 0 ? centres[i % n_centres] : likeness_random_next (&random);
      for (guint bit = 0; n_centres > 0 && bit < 64; bit++)
        if (likeness_random_next (&random) < CHANCE * (double)G_MAXUINT64)
          hashes[i] ^= G_GUINT64_CONSTANT (1) << bit;
    }
  begin = g_get_monotonic_time ();
  likeness_near_duplicate_groups (hashes, valid, subject, n,
                                  LIKENESS_NEAR_DUPLICATE_DISTANCE, groups);
  g_print ("%" G_GSIZE_FORMAT " hashes in %.2f s", n,
           (double)(g_get_monotonic_time () - begin) / G_USEC_PER_SEC);
  for (gsize i = 0; i < n; i++)
    n_grouped += groups[i] != i;
  g_print (", %" G_GSIZE_FORMAT " joined to another\n", n_grouped);
  return 0;
}
