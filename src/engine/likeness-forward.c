/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-forward-private.h"
#include "likeness-parallel.h"
#include "likeness-types.h"

/* Faces that go through a layer together: its weights are fetched once for all of them,
 * and their maps still fit into a core's cache. */
#define GROUP 4
/* Faces that a thread takes at a time. */
#define PORTION 16
/* Pixels whose hidden layer is held at once. */
#define TILE 64
#define SPARE LIKENESS_KERNEL_SPARE_ROWS
#define STEM_SIZE 4
#define STEM_NUMBERS (3 * STEM_SIZE * STEM_SIZE)

/* One thread's memory. Owned. */
typedef struct
{
  float *x, *y;       /* maps of a group */
  float *piece, *sum; /* one face's, for the cascade of convolutions */
  float *rows;        /* what goes into a product */
  float *hidden;
  float *qkv, *attended;
  float *scores;
} Space;

static Space
space_new (const LikenessForward *self)
{
  Space space;
  gsize map = 0, channels = 0, tokens = 0, numbers = STEM_NUMBERS;

  for (int i = 0; i < 4; i++)
    {
      const LikenessPackedStage *stage = &self->stages[i];

      map = MAX (map, (gsize)stage->side * stage->side * stage->n);
      channels = MAX (channels, stage->n);
      numbers = MAX (numbers, 4 * (gsize)stage->channels);
      if (i > 0)
        tokens = MAX (tokens, (gsize)stage->side * stage->side * 3 * stage->n);
    }
  /* Zero, as spare rows are read: what lies there must not be slow to compute with. */
  space.x = g_new0 (float, GROUP *map + LIKENESS_KERNEL_LANES);
  space.y = g_new0 (float, GROUP *map + LIKENESS_KERNEL_LANES);
  space.piece = g_new0 (float, map + LIKENESS_KERNEL_LANES);
  space.sum = g_new0 (float, map + LIKENESS_KERNEL_LANES);
  space.rows = g_new0 (float, MAX ((TILE + SPARE) * numbers, tokens + SPARE * channels));
  space.hidden = g_new0 (float, (TILE + SPARE) * 4 * channels);
  space.qkv = g_new0 (float, tokens + 4 * LIKENESS_KERNEL_LANES);
  space.attended = g_new0 (float, 2 * tokens + SPARE * 2 * channels);
  space.scores = g_new0 (float, channels *channels);
  return space;
}

static void
space_clear (Space *space)
{
  g_free (space->x);
  g_free (space->y);
  g_free (space->piece);
  g_free (space->sum);
  g_free (space->rows);
  g_free (space->hidden);
  g_free (space->qkv);
  g_free (space->attended);
  g_free (space->scores);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Space, space_clear)

static void
multiply (const LikenessForward *self,
          const LikenessPackedLinear *linear,
          gsize rows,
          const float *a,
          gsize a_stride,
          float *c,
          gsize c_stride,
          const float *add)
{
  LikenessProduct product = {
      .m = rows,
      .k = linear->k,
      .n = linear->n,
      .a = a,
      .a_stride = a_stride,
      .b = linear->b,
      .bias = linear->bias,
      .c = c,
      .c_stride = c_stride,
      .add = add,
      .add_stride = c_stride,
  };

  self->kernels->multiply (&product);
}

/* c += fc2 (gelu (fc1 (normalised y))), a tile of pixels at a time. */
static void
perceive (const LikenessForward *self,
          const LikenessPackedStage *stage,
          const LikenessPackedBlock *block,
          gsize pixels,
          const float *y,
          float *c,
          Space *space)
{
  for (gsize pixel = 0; pixel < pixels; pixel += TILE)
    {
      const gsize rows = MIN (TILE, pixels - pixel);
      LikenessProduct widen = {
          .m = rows,
          .k = block->fc1.k,
          .n = block->fc1.n,
          .a = space->rows,
          .a_stride = stage->n,
          .b = block->fc1.b,
          .bias = block->fc1.bias,
          .c = space->hidden,
          .c_stride = block->fc1.n,
          .gelu = TRUE,
      };
      float *out = c + pixel * stage->n;

      self->kernels->normalize (y + pixel * stage->n, stage->n, rows, stage->channels,
                                stage->n, space->rows, stage->n);
      self->kernels->multiply (&widen);
      multiply (self, &block->fc2, rows, space->hidden, block->fc1.n, out, stage->n, out);
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

/* Each piece of the channels but the last is convolved together with what the piece
 * before it became; one face. */
static void
cascade (const LikenessForward *self,
         const LikenessPackedStage *stage,
         const LikenessPackedBlock *block,
         const float *x,
         float *y,
         Space *space)
{
  const gsize pixels = (gsize)stage->side * stage->side;
  const gsize width = block->width, rest = block->n_convolutions * width;
  const gsize n = block->convolutions[0].n;

  for (int i = 0; i < block->n_convolutions; i++)
    {
      for (gsize pixel = 0; pixel < pixels; pixel++)
        for (gsize c = 0; c < width; c++)
          space->sum[pixel * n + c] = x[pixel * stage->n + i * width + c]
                                      + (i > 0 ? space->piece[pixel * n + c] : 0);
      convolve (self, &block->convolutions[i], stage->side, space->sum, space->piece);
      for (gsize pixel = 0; pixel < pixels; pixel++)
        memcpy (y + pixel * stage->n + i * width, space->piece + pixel * n,
                width * sizeof *y);
    }
  for (gsize pixel = 0; pixel < pixels; pixel++)
    memcpy (y + pixel * stage->n + rest, x + pixel * stage->n + rest,
            (stage->n - rest) * sizeof *y);
}

/* The first @n columns to length 1 over all rows. */
static void
scale_columns (float *x, gsize rows, gsize n, gsize stride)
{
  float squares[64];

  for (gsize first = 0; first < n; first += G_N_ELEMENTS (squares))
    {
      const gsize width = MIN (G_N_ELEMENTS (squares), n - first);

      memset (squares, 0, sizeof squares);
      for (gsize row = 0; row < rows; row++)
        for (gsize i = 0; i < width; i++)
          squares[i] += x[row * stride + first + i] * x[row * stride + first + i];
      for (gsize i = 0; i < width; i++)
        squares[i] = 1 / MAX (sqrtf (squares[i]), 1e-12f);
      for (gsize row = 0; row < rows; row++)
        for (gsize i = 0; i < width; i++)
          x[row * stride + first + i] *= squares[i];
    }
}

/* Cross-covariance attention: channels attend to channels; y += of one face. */
static void
attend (const LikenessForward *self,
        const LikenessPackedStage *stage,
        const LikenessPackedBlock *block,
        float *y,
        Space *space)
{
  const gsize tokens = (gsize)stage->side * stage->side;
  const gsize channels = stage->channels, width = channels / self->variant->heads;
  const gsize stride = block->qkv.n;
  const gsize attended_stride = stage->n + LIKENESS_KERNEL_LANES;

  self->kernels->normalize (y, stage->n, tokens, channels, stage->n, space->rows,
                            stage->n);
  multiply (self, &block->qkv, tokens, space->rows, stage->n, space->qkv, stride, NULL);
  scale_columns (space->qkv, tokens, 2 * channels, stride);
  for (int head = 0; head < self->variant->heads; head++)
    {
      const float *q = space->qkv + head * width;

      self->kernels->attend (q, q + channels, q + 2 * channels, tokens, width, stride,
                             block->temperature[head], space->scores,
                             space->attended + head * width, attended_stride);
    }
  multiply (self, &block->projection, tokens, space->attended, attended_stride, y,
            stage->n, y);
}

static void
pass_block (const LikenessForward *self,
            const LikenessPackedStage *stage,
            const LikenessPackedBlock *block,
            gsize faces,
            Space *space)
{
  const gsize pixels = (gsize)stage->side * stage->side;
  const gsize map = pixels * stage->n;

  for (gsize face = 0; face < faces; face++)
    {
      const float *x = space->x + face * map;
      float *y = space->y + face * map;

      if (!block->split)
        convolve (self, &block->convolutions[0], stage->side, x, y);
      else
        {
          cascade (self, stage, block, x, y, space);
          for (gsize i = 0; block->positions != NULL && i < map; i++)
            y[i] += block->positions[i];
          attend (self, stage, block, y, space);
        }
    }
  perceive (self, stage, block, faces * pixels, space->y, space->x, space);
}

/* Patches of the uint8 faces into the first map. */
static void
pass_stem (const LikenessForward *self,
           const guint8 *faces,
           gsize n,
           gboolean flip,
           Space *space)
{
  const LikenessPackedStage *stage = &self->stages[0];
  const gsize side = stage->side, row_bytes = 3 * LIKENESS_FACE_SIZE;

  for (gsize row = 0; row < n * side; row++)
    {
      const guint8 *pixels
          = faces + row / side * LIKENESS_FACE_BYTES + row % side * STEM_SIZE * row_bytes;
      float *x = space->x + row * side * stage->n;

      for (gsize patch = 0; patch < side; patch++)
        for (gsize i = 0; i < STEM_NUMBERS; i++)
          {
            gsize column = patch * STEM_SIZE + i / 3 % STEM_SIZE;
            gsize from = flip ? LIKENESS_FACE_SIZE - 1 - column : column;

            space->rows[patch * STEM_NUMBERS + i]
                = pixels[i / (3 * STEM_SIZE) * row_bytes + 3 * from + i % 3] / 127.5f - 1;
          }
      multiply (self, &stage->down, side, space->rows, STEM_NUMBERS, x, stage->n, NULL);
      self->kernels->normalize (x, stage->n, side, stage->channels, stage->n, x,
                                stage->n);
      for (gsize pixel = 0; pixel < side; pixel++)
        for (gsize c = 0; c < stage->n; c++)
          x[pixel * stage->n + c]
              = x[pixel * stage->n + c] * self->stem_weight[c] + self->stem_bias[c];
    }
}

/* Patches of 2 x 2 pixels; a last odd row and column are dropped. */
static void
pass_downsample (const LikenessForward *self, int index, gsize faces, Space *space)
{
  const LikenessPackedStage *from = &self->stages[index - 1];
  const LikenessPackedStage *to = &self->stages[index];
  const gsize before = from->side, side = to->side, channels = from->channels;

  self->kernels->normalize (space->x, from->n, faces * before * before, channels, from->n,
                            space->y, from->n);
  for (gsize row = 0; row < faces * side; row++)
    {
      const float *map
          = space->y + (row / side * before * before + row % side * 2 * before) * from->n;

      for (gsize patch = 0; patch < side; patch++)
        for (gsize i = 0; i < 4; i++)
          memcpy (space->rows + (4 * patch + i) * channels,
                  map + (i / 2 * before + 2 * patch + i % 2) * from->n,
                  channels * sizeof *map);
      multiply (self, &to->down, side, space->rows, 4 * channels,
                space->x + row * side * to->n, to->n, NULL);
    }
}

static void
pass_head (const LikenessForward *self, gsize faces, float *embeddings, Space *space)
{
  const LikenessPackedStage *stage = &self->stages[3];
  const gsize pixels = (gsize)stage->side * stage->side;

  for (gsize face = 0; face < faces; face++)
    for (gsize c = 0; c < stage->n; c++)
      {
        float total = 0;

        for (gsize pixel = 0; pixel < pixels; pixel++)
          total += space->x[(face * pixels + pixel) * stage->n + c];
        space->rows[face * stage->n + c] = total / pixels;
      }
  self->kernels->normalize (space->rows, stage->n, faces, stage->channels, stage->n,
                            space->rows, stage->n);
  multiply (self, &self->head, faces, space->rows, stage->n, embeddings,
            LIKENESS_EMBEDDING_SIZE, NULL);
}

typedef struct
{
  const LikenessForward *self;
  const guint8 *faces;
  gboolean flip;
  float *embeddings;
} Work;

static void
pass_portion (gsize begin, gsize end, gpointer data)
{
  const Work *work = data;
  const LikenessForward *self = work->self;
  g_auto (Space) space = space_new (self);

  for (gsize face = begin; face < end; face += GROUP)
    {
      const gsize n = MIN (GROUP, end - face);

      pass_stem (self, work->faces + face * LIKENESS_FACE_BYTES, n, work->flip, &space);
      for (int i = 0; i < 4; i++)
        {
          if (i > 0)
            pass_downsample (self, i, n, &space);
          for (int j = 0; j < self->stages[i].n_blocks; j++)
            pass_block (self, &self->stages[i], &self->stages[i].blocks[j], n, &space);
        }
      pass_head (self, n, work->embeddings + face * LIKENESS_EMBEDDING_SIZE, &space);
    }
}

void
likeness_forward_embed (const LikenessForward *self,
                        const guint8 *faces,
                        gsize n,
                        gboolean flip,
                        guint threads,
                        float *embeddings)
{
  Work work = {self, faces, flip, embeddings};

  likeness_parallel_for (n, PORTION, threads, pass_portion, &work, NULL, NULL);
}
