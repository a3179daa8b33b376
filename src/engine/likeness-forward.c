/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-forward-private.h"
#include "likeness-parallel.h"
#include "likeness-types.h"

#define GROUP LIKENESS_FORWARD_GROUP
#define TILE LIKENESS_FORWARD_TILE
#define LANES LIKENESS_KERNEL_LANES
/* Faces that a thread takes at a time. */
#define PORTION 32

static LikenessProduct
make_product (const LikenessPackedLinear *linear,
              gsize rows,
              const float *a,
              gsize a_row,
              LikenessForwardSpace *space)
{
  return (LikenessProduct){
      .m = rows,
      .k = linear->k,
      .n = linear->n,
      .a = a,
      .a_row = a_row,
      .a_column = 1,
      .b = linear->b,
      .b_row = LANES,
      .b_panel = linear->k * LANES,
      .bias = linear->bias,
      .b_rounded = linear->b_rounded,
      .work = space->rounded,
  };
}

void
likeness_forward_multiply (const LikenessForward *self,
                           const LikenessPackedLinear *linear,
                           gsize rows,
                           const float *a,
                           gsize a_row,
                           float *c,
                           gsize c_stride,
                           const float *add,
                           LikenessForwardSpace *space)
{
  LikenessProduct product = make_product (linear, rows, a, a_row, space);

  product.c = c;
  product.c_stride = c_stride;
  product.add = add;
  product.add_stride = c_stride;
  self->kernels->multiply (&product);
}

/* out = x + fc2 (gelu (fc1 (normalised y))), a tile of pixels at a time. */
static void
perceive (const LikenessForward *self,
          const LikenessPackedStage *stage,
          const LikenessPackedBlock *block,
          gsize pixels,
          const LikenessBlockSlots *slots,
          LikenessForwardSpace *space)
{
  const gsize wide = block->fc1.n;
  /* Products in bfloat16 leave GELU to others. */
  const gboolean apart = slots->z != NULL || self->kernels->round_columns != NULL;

  for (gsize pixel = 0; pixel < pixels; pixel += TILE)
    {
      const gsize rows = MIN (TILE, pixels - pixel), at = pixel * stage->n;
      LikenessProduct widen
          = make_product (&block->fc1, rows, space->rows, stage->n, space);

      self->kernels->normalize (slots->y + at, stage->n, rows, stage->channels, stage->n,
                                space->rows, stage->n);
      widen.c = slots->z != NULL ? slots->z + pixel * wide : space->hidden;
      widen.c_stride = wide;
      widen.gelu = !apart;
      self->kernels->multiply (&widen);
      if (apart)
        self->kernels->activate (widen.c, rows * wide, space->hidden);
      likeness_forward_multiply (self, &block->fc2, rows, space->hidden, wide,
                                 slots->out + at, stage->n, slots->x + at, space);
    }
}

static void
convolve (const LikenessForward *self,
          const LikenessPackedDepthwise *packed,
          int side,
          const float *x,
          float *y)
{
  LikenessConvolution convolution = {
      .height = side,
      .width = side,
      .size = packed->size,
      .n = packed->n,
      .x = x,
      .x_stride = packed->n,
      .weight = packed->weight,
      .bias = packed->bias,
      .y = y,
      .y_stride = packed->n,
  };

  for (int row = 0; row < side; row++)
    self->kernels->convolve (&convolution, row);
}

void
likeness_forward_sum (const LikenessPackedStage *stage,
                      const LikenessPackedBlock *block,
                      int i,
                      const float *x,
                      const float *c,
                      float *sum)
{
  const gsize pixels = (gsize)stage->side * stage->side;
  const gsize width = block->width, n = block->convolutions[i].n;

  for (gsize pixel = 0; pixel < pixels; pixel++)
    {
      const float *from = x + pixel * stage->n + i * width;
      float *to = sum + pixel * n;

      for (gsize channel = 0; channel < width; channel++)
        to[channel] = from[channel];
      if (i == 0)
        continue;
      from = c + pixel * stage->n + (i - 1) * width;
      for (gsize channel = 0; channel < width; channel++)
        to[channel] += from[channel];
    }
}

/* Each piece of the channels but the last is convolved together with what the piece
 * before it became; one face. */
static void
cascade (const LikenessForward *self,
         const LikenessPackedStage *stage,
         const LikenessPackedBlock *block,
         const float *x,
         float *c,
         LikenessForwardSpace *space)
{
  const gsize pixels = (gsize)stage->side * stage->side;
  const gsize width = block->width, rest = block->n_convolutions * width;
  const gsize n = block->convolutions[0].n;

  for (int i = 0; i < block->n_convolutions; i++)
    {
      likeness_forward_sum (stage, block, i, x, c, space->sum);
      convolve (self, &block->convolutions[i], stage->side, space->sum, space->piece);
      for (gsize pixel = 0; pixel < pixels; pixel++)
        memcpy (c + pixel * stage->n + i * width, space->piece + pixel * n,
                width * sizeof *c);
    }
  for (gsize pixel = 0; pixel < pixels; pixel++)
    memcpy (c + pixel * stage->n + rest, x + pixel * stage->n + rest,
            (stage->n - rest) * sizeof *c);
  for (gsize i = 0; block->positions != NULL && i < pixels * stage->n; i++)
    c[i] += block->positions[i];
}

void
likeness_forward_unit_columns (
    float *x, gsize rows, gsize n, gsize stride, float *inverse)
{
  float factors[64];

  for (gsize first = 0; first < n; first += G_N_ELEMENTS (factors))
    {
      const gsize width = MIN (G_N_ELEMENTS (factors), n - first);

      memset (factors, 0, sizeof factors);
      for (gsize row = 0; row < rows; row++)
        for (gsize i = 0; i < width; i++)
          factors[i] += x[row * stride + first + i] * x[row * stride + first + i];
      for (gsize i = 0; i < width; i++)
        factors[i] = 1 / MAX (sqrtf (factors[i]), 1e-12f);
      for (gsize row = 0; row < rows; row++)
        for (gsize i = 0; i < width; i++)
          x[row * stride + first + i] *= factors[i];
      if (inverse != NULL)
        memcpy (inverse + first, factors, width * sizeof *factors);
    }
}

/* Cross-covariance attention: channels attend to channels; y = c + that, of one face. */
static void
attend (const LikenessForward *self,
        const LikenessPackedStage *stage,
        const LikenessPackedBlock *block,
        const float *c,
        float *qkv,
        float *attended,
        float *y,
        LikenessForwardSpace *space)
{
  const gsize tokens = (gsize)stage->side * stage->side;
  const gsize channels = stage->channels, width = channels / self->variant->heads;
  const gsize stride = block->qkv.n;

  self->kernels->normalize (c, stage->n, tokens, channels, stage->n, space->rows,
                            stage->n);
  likeness_forward_multiply (self, &block->qkv, tokens, space->rows, stage->n, qkv,
                             stride, NULL, space);
  memcpy (space->qkv, qkv, qkv != space->qkv ? tokens * stride * sizeof *qkv : 0);
  likeness_forward_unit_columns (space->qkv, tokens, 2 * channels, stride, NULL);
  for (int head = 0; head < self->variant->heads; head++)
    {
      const float *q = space->qkv + head * width;

      self->kernels->attend (q, q + channels, q + 2 * channels, tokens, width, stride,
                             block->temperature[head], space->scores,
                             attended + head * width, LIKENESS_ATTENDED_STRIDE (stage));
    }
  likeness_forward_multiply (self, &block->projection, tokens, attended,
                             LIKENESS_ATTENDED_STRIDE (stage), y, stage->n, c, space);
}

void
likeness_forward_block (const LikenessForward *self,
                        const LikenessPackedStage *stage,
                        const LikenessPackedBlock *block,
                        gsize faces,
                        const LikenessBlockSlots *slots,
                        LikenessForwardSpace *space)
{
  const gsize pixels = (gsize)stage->side * stage->side;
  const gsize map = pixels * stage->n;

  for (gsize face = 0; face < faces; face++)
    {
      const float *x = slots->x + face * map;
      const gsize kept = slots->every ? face * pixels : 0;

      if (!block->split)
        convolve (self, &block->convolutions[0], stage->side, x, slots->y + face * map);
      else
        {
          cascade (self, stage, block, x, slots->c + face * map, space);
          attend (self, stage, block, slots->c + face * map,
                  slots->qkv + kept * block->qkv.n,
                  slots->attended + kept * LIKENESS_ATTENDED_STRIDE (stage),
                  slots->y + face * map, space);
        }
    }
  perceive (self, stage, block, faces * pixels, slots, space);
}

void
likeness_forward_gather_stem (const LikenessForward *self,
                              const float *faces,
                              gsize row,
                              float *patches)
{
  const gsize side = self->stages[0].side, line = 3 * LIKENESS_FACE_SIZE;
  const gsize width = 3 * LIKENESS_STEM_SIZE;
  const float *pixels = faces + row * LIKENESS_STEM_SIZE * line;

  for (gsize patch = 0; patch < side; patch++)
    for (gsize y = 0; y < LIKENESS_STEM_SIZE; y++)
      for (gsize i = 0; i < width; i++)
        patches[patch * LIKENESS_STEM_NUMBERS + y * width + i]
            = pixels[y * line + patch * width + i] / 127.5f - 1;
}

/* Patches of the faces into the first map; @before: that of the normalisation. */
void
likeness_forward_stem (const LikenessForward *self,
                       const float *faces,
                       gsize n,
                       float *before,
                       float *x,
                       LikenessForwardSpace *space)
{
  const LikenessPackedStage *stage = &self->stages[0];
  const gsize side = stage->side;

  for (gsize row = 0; row < n * side; row++)
    {
      float *in = before + row * side * stage->n, *out = x + row * side * stage->n;

      likeness_forward_gather_stem (self, faces, row, space->rows);
      likeness_forward_multiply (self, &stage->down, side, space->rows,
                                 LIKENESS_STEM_NUMBERS, in, stage->n, NULL, space);
      self->kernels->normalize (in, stage->n, side, stage->channels, stage->n, out,
                                stage->n);
      for (gsize pixel = 0; pixel < side; pixel++)
        for (gsize c = 0; c < stage->n; c++)
          out[pixel * stage->n + c]
              = out[pixel * stage->n + c] * self->stem_weight[c] + self->stem_bias[c];
    }
}

/* Patches of 2 x 2 pixels; a last odd row and column are dropped. */
void
likeness_forward_gather (
    const LikenessForward *self, int index, const float *map, gsize row, float *patches)
{
  const LikenessPackedStage *from = &self->stages[index - 1];
  const gsize before = from->side, side = self->stages[index].side;
  const float *lines
      = map + (row / side * before * before + row % side * 2 * before) * from->n;

  for (gsize patch = 0; patch < side; patch++)
    for (gsize i = 0; i < 4; i++)
      memcpy (patches + (4 * patch + i) * from->channels,
              lines + (i / 2 * before + 2 * patch + i % 2) * from->n,
              from->channels * sizeof *map);
}

void
likeness_forward_downsample (const LikenessForward *self,
                             int index,
                             gsize faces,
                             const float *x,
                             float *out,
                             LikenessForwardSpace *space)
{
  const LikenessPackedStage *from = &self->stages[index - 1];
  const LikenessPackedStage *to = &self->stages[index];
  const gsize pixels = (gsize)from->side * from->side, side = to->side;

  self->kernels->normalize (x, from->n, faces * pixels, from->channels, from->n, space->y,
                            from->n);
  for (gsize row = 0; row < faces * side; row++)
    {
      likeness_forward_gather (self, index, space->y, row, space->rows);
      likeness_forward_multiply (self, &to->down, side, space->rows, 4 * from->channels,
                                 out + row * side * to->n, to->n, NULL, space);
    }
}

void
likeness_forward_pool (const LikenessForward *self,
                       gsize faces,
                       const float *x,
                       float *pooled)
{
  const LikenessPackedStage *stage = &self->stages[3];
  const gsize pixels = (gsize)stage->side * stage->side;

  for (gsize face = 0; face < faces; face++)
    for (gsize c = 0; c < stage->n; c++)
      {
        float total = 0;

        for (gsize pixel = 0; pixel < pixels; pixel++)
          total += x[(face * pixels + pixel) * stage->n + c];
        pooled[face * stage->n + c] = total / pixels;
      }
}

void
likeness_forward_head (const LikenessForward *self,
                       gsize faces,
                       const float *x,
                       float *embeddings,
                       LikenessForwardSpace *space)
{
  const LikenessPackedStage *stage = &self->stages[3];

  likeness_forward_pool (self, faces, x, space->rows);
  self->kernels->normalize (space->rows, stage->n, faces, stage->channels, stage->n,
                            space->rows, stage->n);
  likeness_forward_multiply (self, &self->head, faces, space->rows, stage->n, embeddings,
                             LIKENESS_EMBEDDING_SIZE, NULL, space);
}

typedef struct
{
  const LikenessForward *self;
  const guint8 *faces;
  gboolean flip;
  float *embeddings;
  gint short_of_memory; /* atomic */
} Work;

static void
read_faces (const guint8 *faces, gsize n, gboolean flip, float *numbers)
{
  for (gsize line = 0; line < n * LIKENESS_FACE_SIZE; line++)
    for (gsize x = 0; x < LIKENESS_FACE_SIZE; x++)
      for (gsize i = 0; i < 3; i++)
        numbers[(line * LIKENESS_FACE_SIZE + x) * 3 + i]
            = faces[(line * LIKENESS_FACE_SIZE + (flip ? LIKENESS_FACE_SIZE - 1 - x : x))
                        * 3
                    + i];
}

static void
embed_portion (gsize begin, gsize end, gpointer data)
{
  Work *work = data;
  const LikenessForward *self = work->self;
  g_auto (LikenessForwardSpace) space = {NULL};
  g_autofree float *numbers = g_try_new (float, GROUP *LIKENESS_FACE_BYTES);
  LikenessBlockSlots slots;

  if (numbers == NULL || !likeness_forward_space_init (&space, self))
    {
      g_atomic_int_set (&work->short_of_memory, TRUE);
      return;
    }
  slots = (LikenessBlockSlots){
      .x = space.x,
      .c = space.y,
      .y = space.y,
      .qkv = space.qkv,
      .attended = space.attended,
      .out = space.x,
  };

  for (gsize face = begin; face < end; face += GROUP)
    {
      const gsize n = MIN (GROUP, end - face);

      read_faces (work->faces + face * LIKENESS_FACE_BYTES, n, work->flip, numbers);
      likeness_forward_stem (self, numbers, n, space.x, space.x, &space);
      for (int i = 0; i < 4; i++)
        {
          const LikenessPackedStage *stage = &self->stages[i];

          if (i > 0)
            likeness_forward_downsample (self, i, n, space.x, space.x, &space);
          for (int j = 0; j < stage->n_blocks; j++)
            likeness_forward_block (self, stage, &stage->blocks[j], n, &slots, &space);
        }
      likeness_forward_head (self, n, space.x,
                             work->embeddings + face * LIKENESS_EMBEDDING_SIZE, &space);
    }
}

gboolean
likeness_forward_embed (const LikenessForward *self,
                        const guint8 *faces,
                        gsize n,
                        gboolean flip,
                        guint threads,
                        float *embeddings)
{
  Work work = {self, faces, flip, embeddings, FALSE};

  likeness_parallel_for (n, PORTION, threads, embed_portion, &work, NULL, NULL);
  return !g_atomic_int_get (&work.short_of_memory);
}
