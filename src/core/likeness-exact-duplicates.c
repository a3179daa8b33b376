/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-exact-duplicates.h"

#include <stdlib.h>
#include <string.h>

static int
compare_sizes (const void *a, const void *b)
{
  const LikenessFingerprintFile *x = *(const LikenessFingerprintFile *const *)a;
  const LikenessFingerprintFile *y = *(const LikenessFingerprintFile *const *)b;

  return (x->stamp.size > y->stamp.size) - (x->stamp.size < y->stamp.size);
}

void
likeness_exact_duplicates_want (LikenessFingerprints *prints)
{
  g_autofree LikenessFingerprintFile **sorted
      = g_new (LikenessFingerprintFile *, MAX (prints->n, 1));
  gsize n = 0;

  for (gsize i = 0; i < prints->n; i++)
    if (prints->files[i].is_there)
      sorted[n++] = &prints->files[i];
  qsort (sorted, n, sizeof *sorted, compare_sizes);
  for (gsize i = 0; i < n; i++)
    if ((i > 0 && compare_sizes (&sorted[i - 1], &sorted[i]) == 0)
        || (i + 1 < n && compare_sizes (&sorted[i], &sorted[i + 1]) == 0))
      sorted[i]->wanted |= LIKENESS_FINGERPRINT_DIGEST;
}

/* A digest and whose it is. */
typedef struct
{
  LikenessDigest digest;
  gsize index;
} Content;

static int
compare_contents (const void *a, const void *b)
{
  const Content *x = a, *y = b;
  int order = memcmp (&x->digest, &y->digest, sizeof x->digest);

  return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

void
likeness_exact_duplicate_groups (const LikenessDigest *digests,
                                 const gboolean *valid,
                                 gsize n,
                                 gsize *groups)
{
  g_autofree Content *contents = g_new (Content, MAX (n, 1));
  gsize n_valid = 0;

  for (gsize i = 0; i < n; i++)
    {
      groups[i] = i;
      if (valid[i])
        contents[n_valid++] = (Content){digests[i], i};
    }
  qsort (contents, n_valid, sizeof *contents, compare_contents);
  for (gsize i = 1; i < n_valid; i++)
    if (memcmp (&contents[i - 1].digest, &contents[i].digest, sizeof contents->digest)
        == 0)
      groups[contents[i].index] = groups[contents[i - 1].index];
}
