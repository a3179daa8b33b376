/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* How long the plan of a split takes when one option changes.
 *
 * usage: split-preview [FACES...]: 10000 and 1000000 where none are named
 *
 * People have 5 to 70 faces; one face in six is a near-duplicate of the one before it.
 * Prints the median and the worst of nine plans, each with another seed. */

#include <stdlib.h>
#include <string.h>

#include "likeness-random.h"
#include "likeness-split-plan.h"

#define ROUNDS 9

static GArray *
make_faces (gsize n, GStringChunk *strings)
{
  LikenessRandom random = likeness_random_new (42, n, 0, 0);
  GArray *faces = g_array_sized_new (FALSE, TRUE, sizeof (LikenessPlanFace), n);

  for (guint subject = 0; faces->len < n; subject++)
    {
      g_autofree char *id = g_strdup_printf ("%06u", subject);
      const char *name = g_string_chunk_insert (strings, id);
      guint count = MIN (5 + likeness_random_below (&random, 66), n - faces->len);
      guint64 hash = 0;

      for (guint i = 0; i < count; i++)
        {
          g_autofree char *path = g_strdup_printf ("train/%06u_%03u.png", subject, i);
          LikenessPlanFace face = {.subject = name, .origin = LIKENESS_SPLIT_TRAIN};

          face.path = g_string_chunk_insert (strings, path);
          face.name = face.path + strlen ("train/");
          hash = i > 0 && likeness_random_below (&random, 6) == 0
                     ? hash ^ 1
                     : likeness_random_next (&random);
          face.hash = hash;
          face.has_hash = TRUE;
          g_array_append_val (faces, face);
        }
    }
  return faces;
}

static int
compare (const void *a, const void *b)
{
  double first = *(const double *)a;
  double second = *(const double *)b;

  return (first > second) - (first < second);
}

static void
measure (gsize n)
{
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1 << 20);
  g_autoptr (GArray) faces = make_faces (n, strings);
  LikenessPlanOptions options;
  double seconds[ROUNDS];
  guint leak = 0;

  likeness_plan_options_init (&options);
  for (int i = 0; i < ROUNDS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (LikenessSplitPlan) plan = NULL;

      options.seed = i;
      plan = likeness_split_plan_new ((const LikenessPlanFace *)faces->data, n, &options,
                                      NULL);
      seconds[i] = (g_get_monotonic_time () - start) / 1e6;
      leak = plan->naive_leak;
    }
  qsort (seconds, ROUNDS, sizeof *seconds, compare);
  g_print ("%" G_GSIZE_FORMAT " faces: median %.1f ms, worst %.1f ms (naive leak %u)\n",
           n, 1e3 * seconds[ROUNDS / 2], 1e3 * seconds[ROUNDS - 1], leak);
}

int
main (int argc, char **argv)
{
  if (argc == 1)
    {
      measure (10000);
      measure (1000000);
    }
  for (int i = 1; i < argc; i++)
    measure (g_ascii_strtoull (argv[i], NULL, 10));
  return 0;
}
