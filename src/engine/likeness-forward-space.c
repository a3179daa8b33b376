/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <stdlib.h>

#include "likeness-aligned.h"
#include "likeness-forward-private.h"
#include "likeness-types.h"

#define GROUP LIKENESS_FORWARD_GROUP
#define TILE LIKENESS_FORWARD_TILE
#define LANES LIKENESS_KERNEL_LANES
#define SPARE LIKENESS_KERNEL_SPARE_ROWS

/* Work that suffices for every product of the network and of its way back: of @rows rows
 * with a layer of k and n, each of the three whole tiles. */
static gsize
count_rounded (const LikenessForward *self)
{
  gsize most = 0;

  for (int i = 0; i < 4; i++)
    {
      const LikenessPackedStage *stage = &self->stages[i];
      const gsize pixels = (gsize)stage->side * stage->side;
      const gsize rows = MAX (TILE, i > 0 ? pixels : 0) + LIKENESS_ROUNDED_DEPTH;
      const gsize sides = MAX (stage->down.k + stage->n,
                               MAX (5 * stage->n, stage->n + LIKENESS_EMBEDDING_SIZE));

      most = MAX (most, rows * (sides + 2 * LIKENESS_ROUNDED_DEPTH));
    }
  return most;
}

gboolean
likeness_forward_space_init (LikenessForwardSpace *space, const LikenessForward *self)
{
  const gboolean is_rounded = self->kernels->round_columns != NULL;
  gsize map = 0, channels = 0, tokens = 0, numbers = LIKENESS_STEM_NUMBERS;

  for (int i = 0; i < 4; i++)
    {
      const LikenessPackedStage *stage = &self->stages[i];

      map = MAX (map, (gsize)stage->side * stage->side * stage->n);
      channels = MAX (channels, stage->n);
      numbers = MAX (numbers, 4 * stage->n);
      if (i > 0)
        tokens = MAX (tokens, (gsize)stage->side * stage->side * 3 * stage->n);
    }
  /* Zero, as spare rows are read: what lies there must not be slow to compute with. */
  space->x = likeness_aligned_try_new0 (float, GROUP *map + SPARE * channels);
  space->y = likeness_aligned_try_new0 (float, GROUP *map + SPARE * channels);
  space->piece = likeness_aligned_try_new0 (float, map + LANES);
  space->sum = likeness_aligned_try_new0 (float, map + LANES);
  numbers = MAX ((TILE + SPARE) * numbers, tokens + SPARE * channels);
  space->rows = likeness_aligned_try_new0 (float, numbers);
  space->hidden = likeness_aligned_try_new0 (float, (TILE + SPARE) * 4 * channels);
  space->change = likeness_aligned_try_new0 (float, numbers);
  space->qkv = likeness_aligned_try_new0 (float, tokens + 4 * LANES);
  space->dqkv = likeness_aligned_try_new0 (float, tokens + (SPARE + 4) * 3 * channels);
  space->attended = likeness_aligned_try_new0 (float, 2 * tokens + SPARE * 2 * channels);
  space->scores = likeness_aligned_try_new0 (float, 4 * channels * channels);
  space->rounded
      = is_rounded ? likeness_aligned_try_new0 (guint16, count_rounded (self)) : NULL;
  return space->x != NULL && space->y != NULL && space->piece != NULL
         && space->sum != NULL && space->rows != NULL && space->hidden != NULL
         && space->change != NULL && space->qkv != NULL && space->dqkv != NULL
         && space->attended != NULL && space->scores != NULL
         && (space->rounded != NULL || !is_rounded);
}

void
likeness_forward_space_clear (LikenessForwardSpace *space)
{
  free (space->x);
  free (space->y);
  free (space->piece);
  free (space->sum);
  free (space->rows);
  free (space->hidden);
  free (space->change);
  free (space->qkv);
  free (space->dqkv);
  free (space->attended);
  free (space->scores);
  free (space->rounded);
}
