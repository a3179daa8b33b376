/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-candidates.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#define CHUNK_BYTES 65536

/* A candidate and the hash of all its bytes. */
typedef struct
{
  LikenessCandidate *candidate; /* borrowed */
  XXH128_hash_t hash;
} Print;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const LikenessCandidate *x = *(const LikenessCandidate *const *)a;
  const LikenessCandidate *y = *(const LikenessCandidate *const *)b;

  if (x->size != y->size)
    return x->size < y->size ? -1 : 1;
  return (x->fingerprint > y->fingerprint) - (x->fingerprint < y->fingerprint);
}

static int
compare_prints (gconstpointer a, gconstpointer b)
{
  return XXH128_cmp (&((const Print *)a)->hash, &((const Print *)b)->hash);
}

static gboolean
hash_file (const LikenessCandidate *candidate, XXH128_hash_t *hash)
{
  g_autofree char *path
      = g_build_filename (candidate->folder->directory, candidate->name, NULL);
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  XXH3_state_t *state;
  gssize n = -1;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    return FALSE;
  state = XXH3_createState ();
  XXH3_128bits_reset (state);
  while ((n = read (fd, chunk, CHUNK_BYTES)) > 0 || (n < 0 && errno == EINTR))
    if (n > 0)
      XXH3_128bits_update (state, chunk, n);
  *hash = XXH3_128bits_digest (state);
  XXH3_freeState (state);
  close (fd);
  return n == 0;
}

static gboolean
has_split (const GPtrArray *run, LikenessSplit split)
{
  for (guint i = 0; i < run->len; i++)
    if (((LikenessCandidate *)run->pdata[i])->folder->split == split)
      return TRUE;
  return FALSE;
}

/* Marks equal hashes that stand in both splits. */
static void
mark_equal (GArray *prints)
{
  g_array_sort (prints, compare_prints);
  for (guint begin = 0, end; begin < prints->len; begin = end)
    {
      gboolean train = FALSE, val = FALSE;

      for (end = begin; end < prints->len; end++)
        {
          const Print *print = &g_array_index (prints, Print, end);

          if (compare_prints (print, &g_array_index (prints, Print, begin)) != 0)
            break;
          train |= print->candidate->folder->split == LIKENESS_SPLIT_TRAIN;
          val |= print->candidate->folder->split == LIKENESS_SPLIT_VAL;
        }
      for (guint i = begin; i < end; i++)
        g_array_index (prints, Print, i).candidate->in_both = train && val;
    }
}

/* Equal in size and in both ends: only these few are worth being read in full. */
static void
mark_run (const GPtrArray *run, GCancellable *cancellable)
{
  g_autoptr (GArray) prints = NULL;

  if (!has_split (run, LIKENESS_SPLIT_TRAIN) || !has_split (run, LIKENESS_SPLIT_VAL))
    return;
  prints = g_array_new (FALSE, FALSE, sizeof (Print));
  for (guint i = 0; i < run->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      Print print = {.candidate = run->pdata[i]};

      if (hash_file (print.candidate, &print.hash))
        g_array_append_val (prints, print);
    }
  mark_equal (prints);
}

gboolean
likeness_candidates_find_shared (GArray *candidates, LikenessScan *scan, GError **error)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (candidates->len);
  g_autoptr (GPtrArray) run = g_ptr_array_new ();

  for (guint i = 0; i < candidates->len; i++)
    {
      LikenessCandidate *candidate = &g_array_index (candidates, LikenessCandidate, i);

      if (candidate->folder->split == LIKENESS_SPLIT_TRAIN
          || candidate->folder->split == LIKENESS_SPLIT_VAL)
        g_ptr_array_add (sorted, candidate);
    }
  g_ptr_array_sort (sorted, compare_candidates);

  for (guint i = 0; i <= sorted->len && !g_cancellable_is_cancelled (scan->cancellable);
       i++)
    {
      if (run->len > 0
          && (i == sorted->len
              || compare_candidates (&run->pdata[0], &sorted->pdata[i]) != 0))
        {
          mark_run (run, scan->cancellable);
          g_ptr_array_set_size (run, 0);
        }
      if (i < sorted->len)
        g_ptr_array_add (run, sorted->pdata[i]);
    }
  return !g_cancellable_set_error_if_cancelled (scan->cancellable, error);
}
