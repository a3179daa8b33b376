/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-tape.h"

#include <stdlib.h>
#include <string.h>

#include "likeness-aligned.h"
#include "likeness-backward.h"
#include "likeness-parallel.h"
#include "likeness-types.h"

#define GROUP LIKENESS_FORWARD_GROUP
#define SPARE LIKENESS_KERNEL_SPARE_ROWS
#define MAX_BLOCKS 32
/* Gradients that a thread adds up at a time. */
#define PORTION 65536

/* Where a block's numbers lie, for one face. */
typedef struct
{
  gsize x, c, y, z, qkv, attended;
} Place;

struct _LikenessTape
{
  /* Owned */
  float *numbers; /* of all groups */
  gsize n_numbers;
  float *sums; /* gradients, one set a thread */
  gsize n_sums;
  GArray *spaces;                 /* LikenessForwardSpace, one a thread */
  const LikenessVariant *variant; /* that the spaces are for */
  const LikenessKernels *kernels; /* likewise */

  /* Of the last forward pass. Borrowed */
  const LikenessForward *forward;
  const float *faces;
  const float *gradient;
  float *embeddings;

  gsize n;
  guint threads;
  gsize before; /* the stem's normalisation */
  Place places[4][MAX_BLOCKS];
  gsize ends[4]; /* what each stage gives */
  gsize n_face;  /* numbers a face */
};

LikenessTape *
likeness_tape_new (void)
{
  return g_new0 (LikenessTape, 1);
}

void
likeness_tape_free (LikenessTape *self)
{
  if (self == NULL)
    return;
  free (self->numbers);
  free (self->sums);
  g_clear_pointer (&self->spaces, g_array_unref);
  g_free (self);
}

static gsize
take (gsize *total, gsize n)
{
  gsize at = *total;

  *total += n;
  return at;
}

static void
lay_out (LikenessTape *self, const LikenessForward *forward)
{
  gsize total = 0;

  self->before = take (&total, (gsize)forward->stages[0].side * forward->stages[0].side
                                   * forward->stages[0].n);
  for (int i = 0; i < 4; i++)
    {
      const LikenessPackedStage *stage = &forward->stages[i];
      const gsize pixels = (gsize)stage->side * stage->side;

      g_assert (stage->n_blocks <= MAX_BLOCKS);
      for (int j = 0; j < stage->n_blocks; j++)
        {
          const LikenessPackedBlock *block = &stage->blocks[j];
          Place *place = &self->places[i][j];

          place->x = take (&total, pixels * stage->n);
          place->y = take (&total, pixels * stage->n);
          place->z = take (&total, pixels * block->fc1.n);
          if (!block->split)
            continue;
          place->c = take (&total, pixels * stage->n);
          place->qkv = take (&total, pixels * block->qkv.n);
          place->attended = take (&total, pixels * LIKENESS_ATTENDED_STRIDE (stage));
        }
      self->ends[i] = take (&total, pixels * stage->n);
    }
  self->n_face = total;
}

/* At least @n numbers at @numbers, all zero where they are new. */
static gboolean
grow (float **numbers, gsize *n_numbers, gsize n)
{
  if (*n_numbers >= n)
    return TRUE;
  /* First, as there is room for the difference only. */
  free (*numbers);
  *numbers = likeness_aligned_try_new0 (float, n);
  *n_numbers = *numbers != NULL ? n : 0;
  return *numbers != NULL;
}

static gboolean
make_spaces (LikenessTape *self, const LikenessForward *forward, guint threads)
{
  if (self->variant != forward->variant || self->kernels != forward->kernels)
    g_clear_pointer (&self->spaces, g_array_unref);
  self->variant = forward->variant;
  self->kernels = forward->kernels;
  if (self->spaces == NULL)
    {
      self->spaces = g_array_new (FALSE, FALSE, sizeof (LikenessForwardSpace));
      g_array_set_clear_func (self->spaces, (GDestroyNotify)likeness_forward_space_clear);
    }
  while (self->spaces->len < threads)
    {
      LikenessForwardSpace space;

      if (!likeness_forward_space_init (&space, forward))
        {
          likeness_forward_space_clear (&space);
          return FALSE;
        }
      g_array_append_val (self->spaces, space);
    }
  return TRUE;
}

static float *
get (const LikenessTape *self, gsize group, gsize at)
{
  return self->numbers + GROUP * (group * self->n_face + at);
}

static LikenessBlockSlots
get_slots (const LikenessTape *self, gsize group, int stage, int block)
{
  const Place *place = &self->places[stage][block];
  const gboolean last = block + 1 == self->forward->stages[stage].n_blocks;

  return (LikenessBlockSlots){
      .x = get (self, group, place->x),
      .c = get (self, group, place->c),
      .y = get (self, group, place->y),
      .z = get (self, group, place->z),
      .qkv = get (self, group, place->qkv),
      .attended = get (self, group, place->attended),
      .every = TRUE,
      .out
      = get (self, group, last ? self->ends[stage] : self->places[stage][block + 1].x),
  };
}

static gsize
count_groups (const LikenessTape *self)
{
  return (self->n + GROUP - 1) / GROUP;
}

/* The groups of one thread, always the same ones, so that sums have one order. */
static void
go_forward (gsize begin, gsize end, gpointer data)
{
  LikenessTape *self = data;
  const LikenessForward *forward = self->forward;
  LikenessForwardSpace *space
      = &g_array_index (self->spaces, LikenessForwardSpace, begin);

  for (gsize group = begin; group < count_groups (self); group += self->threads)
    {
      const gsize first = group * GROUP, n = MIN (GROUP, self->n - first);

      likeness_forward_stem (forward, self->faces + first * LIKENESS_FACE_BYTES, n,
                             get (self, group, self->before),
                             get (self, group, self->places[0][0].x), space);
      for (int i = 0; i < 4; i++)
        {
          const LikenessPackedStage *stage = &forward->stages[i];

          if (i > 0)
            likeness_forward_downsample (forward, i, n,
                                         get (self, group, self->ends[i - 1]),
                                         get (self, group, self->places[i][0].x), space);
          for (int j = 0; j < stage->n_blocks; j++)
            {
              LikenessBlockSlots slots = get_slots (self, group, i, j);

              likeness_forward_block (forward, stage, &stage->blocks[j], n, &slots,
                                      space);
            }
        }
      likeness_forward_head (forward, n, get (self, group, self->ends[3]),
                             self->embeddings + first * LIKENESS_EMBEDDING_SIZE, space);
    }
}

static gsize
count_numbers (const LikenessTape *self, const LikenessForward *forward, gsize n)
{
  return (n + GROUP - 1) / GROUP * GROUP * self->n_face
         + SPARE * 4 * forward->stages[3].n;
}

guint64
likeness_tape_count_bytes (const LikenessForward *forward, gsize n, guint threads)
{
  LikenessTape trial = {0};

  lay_out (&trial, forward);
  return ((guint64)count_numbers (&trial, forward, n) + threads * forward->n_gradients)
         * sizeof (float);
}

guint64
likeness_tape_get_bytes (const LikenessTape *self)
{
  return ((guint64)self->n_numbers + self->n_sums) * sizeof (float);
}

gboolean
likeness_tape_forward (LikenessTape *self,
                       const LikenessForward *forward,
                       const float *faces,
                       gsize n,
                       guint threads,
                       float *embeddings)
{
  lay_out (self, forward);
  if (!grow (&self->numbers, &self->n_numbers, count_numbers (self, forward, n))
      || !grow (&self->sums, &self->n_sums, threads * forward->n_gradients)
      || !make_spaces (self, forward, threads))
    return FALSE;
  self->forward = forward;
  self->faces = faces;
  self->n = n;
  self->threads = threads;
  self->embeddings = embeddings;
  likeness_parallel_for (threads, 1, threads, go_forward, self, NULL, NULL);
  return TRUE;
}

static void
go_back (gsize begin, gsize end, gpointer data)
{
  LikenessTape *self = data;
  const LikenessForward *forward = self->forward;
  LikenessForwardSpace *space
      = &g_array_index (self->spaces, LikenessForwardSpace, begin);
  float *sums = self->sums + begin * forward->n_gradients;

  memset (sums, 0, forward->n_gradients * sizeof *sums);
  for (gsize group = begin; group < count_groups (self); group += self->threads)
    {
      const gsize first = group * GROUP, n = MIN (GROUP, self->n - first);

      likeness_backward_head (forward, n, get (self, group, self->ends[3]),
                              self->gradient + first * LIKENESS_EMBEDDING_SIZE, space->x,
                              sums, space);
      for (int i = 3; i >= 0; i--)
        {
          const LikenessPackedStage *stage = &forward->stages[i];

          for (int j = stage->n_blocks - 1; j >= 0; j--)
            {
              LikenessBlockSlots slots = get_slots (self, group, i, j);

              likeness_backward_block (forward, stage, &stage->blocks[j], n, &slots,
                                       space->x, sums, space);
            }
          if (i > 0)
            likeness_backward_downsample (forward, i, n,
                                          get (self, group, self->ends[i - 1]), space->x,
                                          sums, space);
        }
      likeness_backward_stem (forward, self->faces + first * LIKENESS_FACE_BYTES, n,
                              get (self, group, self->before), space->x, sums, space);
    }
}

/* Each thread's gradients, in one order whoever adds them. */
static void
add_up (gsize begin, gsize end, gpointer data)
{
  LikenessTape *self = data;

  for (guint thread = 1; thread < self->threads; thread++)
    {
      const float *more = self->sums + thread * self->forward->n_gradients;

      for (gsize i = begin; i < end; i++)
        self->sums[i] += more[i];
    }
}

void
likeness_tape_backward (LikenessTape *self,
                        const float *gradient,
                        const GPtrArray *tensors,
                        float *const *gradients)
{
  const gsize n = self->forward->n_gradients;

  self->gradient = gradient;
  likeness_parallel_for (self->threads, 1, self->threads, go_back, self, NULL, NULL);
  likeness_parallel_for (n, PORTION, self->threads, add_up, self, NULL, NULL);
  likeness_backward_unpack (self->forward, self->sums, tensors, gradients, self->threads);
}
