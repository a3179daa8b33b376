/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-backward.h"

#include <string.h>

#include "likeness-types.h"

#define TILE LIKENESS_FORWARD_TILE
#define LANES LIKENESS_KERNEL_LANES

/* The gradient of what went into @linear: d · b transposed, [rows, padded k]. */
static void
multiply_back (const LikenessForward *self,
               const LikenessPackedLinear *linear,
               gsize rows,
               const float *d,
               gsize d_row,
               float *out,
               LikenessForwardSpace *space)
{
  LikenessProduct product = {
      .m = rows,
      .k = linear->n_real,
      .n = LIKENESS_PADDED (linear->k),
      .a = d,
      .a_row = d_row,
      .a_column = 1,
      .b = linear->back,
      .b_row = LANES,
      .b_panel = linear->n_real * LANES,
      .c = out,
      .c_stride = LIKENESS_PADDED (linear->k),
      .b_rounded = linear->back_rounded,
      .work = space->rounded,
  };

  self->kernels->multiply (&product);
}

/* Adds to the gradients of @linear what @rows rows of @a that went in and of the gradient
 * @d that came back make. */
static void
add_linear (const LikenessForward *self,
            const LikenessPackedLinear *linear,
            gsize rows,
            const float *a,
            gsize a_row,
            const float *d,
            gsize d_row,
            float *sums,
            LikenessForwardSpace *space)
{
  LikenessProduct product = {
      .m = linear->k,
      .k = rows,
      .n = linear->n,
      .a = a,
      .a_row = 1,
      .a_column = a_row,
      .b = d,
      .b_row = d_row,
      .b_panel = LANES,
      .c = sums + linear->b_at,
      .c_stride = linear->n,
      .add = sums + linear->b_at,
      .add_stride = linear->n,
      .work = space->rounded,
  };

  self->kernels->multiply (&product);
  self->kernels->add_rows (d, d_row, rows, linear->n, sums + linear->bias_at);
}

/* Through the two linear layers and the normalisation before them: the gradient of y. */
static void
perceive_back (const LikenessForward *self,
               const LikenessPackedStage *stage,
               const LikenessPackedBlock *block,
               gsize pixels,
               const LikenessBlockSlots *slots,
               const float *d,
               float *dy,
               float *sums,
               LikenessForwardSpace *space)
{
  const gsize wide = block->fc1.n, n = stage->n;

  for (gsize pixel = 0; pixel < pixels; pixel += TILE)
    {
      const gsize rows = MIN (TILE, pixels - pixel), at = pixel * n;

      multiply_back (self, &block->fc2, rows, d + at, n, space->change, space);
      self->kernels->activate_back (slots->z + pixel * wide, rows * wide, space->hidden,
                                    space->change);
      add_linear (self, &block->fc2, rows, space->hidden, wide, d + at, n, sums, space);
      self->kernels->normalize (slots->y + at, n, rows, stage->channels, n, space->rows,
                                n);
      add_linear (self, &block->fc1, rows, space->rows, n, space->change, wide, sums,
                  space);
      multiply_back (self, &block->fc1, rows, space->change, wide, dy + at, space);
      self->kernels->normalize_back (slots->y + at, n, rows, stage->channels, n, dy + at,
                                     n);
    }
}

/* @out = the gradient of what went into the convolution; adds to the weights'. */
static void
convolve_back (const LikenessForward *self,
               const LikenessPackedDepthwise *packed,
               int side,
               const float *x,
               const float *d,
               float *out,
               float *sums)
{
  static const float nothing[1024];
  LikenessConvolution convolution = {
      .height = side,
      .width = side,
      .size = packed->size,
      .n = packed->n,
      .x = x,
      .x_stride = packed->n,
      .y_stride = packed->n,
  };

  g_assert (packed->n <= G_N_ELEMENTS (nothing));
  self->kernels->convolve_back (&convolution, d, sums + packed->weight_at,
                                sums + packed->bias_at);
  convolution.x = d;
  convolution.weight = packed->flipped;
  convolution.bias = nothing;
  convolution.y = out;
  for (int row = 0; row < side; row++)
    self->kernels->convolve (&convolution, row);
}

/* Of one face: @dc, gradient of the convolutions' result, adds to @d. */
static void
cascade_back (const LikenessForward *self,
              const LikenessPackedStage *stage,
              const LikenessPackedBlock *block,
              const LikenessBlockSlots *slots,
              gsize face,
              float *dc,
              float *d,
              float *sums,
              LikenessForwardSpace *space)
{
  const gsize pixels = (gsize)stage->side * stage->side, n = stage->n;
  const gsize width = block->width, rest = block->n_convolutions * width;
  const gsize packed_n = block->convolutions[0].n;
  const gsize at = face * pixels * n;

  if (block->positions != NULL)
    for (gsize i = 0; i < pixels * n; i++)
      sums[block->positions_at + i] += dc[i];
  for (gsize pixel = 0; pixel < pixels; pixel++)
    for (gsize c = rest; c < n; c++)
      d[pixel * n + c] += dc[pixel * n + c];
  for (int i = block->n_convolutions - 1; i >= 0; i--)
    {
      /* piece: the gradient of what convolution i gave, zero in the padding. */
      memset (space->piece, 0, pixels * packed_n * sizeof (float));
      for (gsize pixel = 0; pixel < pixels; pixel++)
        memcpy (space->piece + pixel * packed_n, dc + pixel * n + i * width,
                width * sizeof (float));
      likeness_forward_sum (stage, block, i, slots->x + at, slots->c + at, space->sum);
      convolve_back (self, &block->convolutions[i], stage->side, space->sum, space->piece,
                     space->change, sums);
      for (gsize pixel = 0; pixel < pixels; pixel++)
        for (gsize c = 0; c < width; c++)
          {
            const float change = space->change[pixel * packed_n + c];

            d[pixel * n + i * width + c] += change;
            if (i > 0)
              dc[pixel * n + (i - 1) * width + c] += change;
          }
    }
}

/* The gradient of what attention took of one head, gathered into space->dqkv. */
static void
attend_head_back (const LikenessForward *self,
                  const LikenessPackedStage *stage,
                  const LikenessPackedBlock *block,
                  int head,
                  const float *d,
                  gsize d_row,
                  const float *inverse,
                  float *sums,
                  LikenessForwardSpace *space)
{
  const gsize tokens = (gsize)stage->side * stage->side;
  const gsize channels = stage->channels, width = channels / self->variant->heads;
  const gsize stride = block->qkv.n, padded = LIKENESS_PADDED (width);
  const float *q = space->qkv + head * width;
  float *change[3]
      = {space->rows, space->rows + tokens * padded, space->rows + 2 * tokens * padded};

  self->kernels->attend_back (q, q + channels, q + 2 * channels, tokens, width, stride,
                              block->temperature[head], d + head * width, d_row,
                              space->scores, change[0], change[1], change[2], padded,
                              sums + block->temperature_at + head);
  for (int part = 0; part < 3; part++)
    for (gsize i = 0; i < width; i++)
      {
        const gsize column = part * channels + head * width + i;
        float along = 0;

        /* q and k were brought to length 1: only what is across them counts. */
        for (gsize token = 0; token < tokens && part < 2; token++)
          along += space->qkv[token * stride + column] * change[part][token * padded + i];
        for (gsize token = 0; token < tokens; token++)
          {
            float value = change[part][token * padded + i];

            if (part < 2)
              value = (value - space->qkv[token * stride + column] * along)
                      * inverse[column];
            space->dqkv[token * stride + column] = value;
          }
      }
}

/* Of one face: @dy, gradient of c + attention (c), becomes that of c. */
static void
attend_back (const LikenessForward *self,
             const LikenessPackedStage *stage,
             const LikenessPackedBlock *block,
             const LikenessBlockSlots *slots,
             gsize face,
             float *dy,
             float *sums,
             LikenessForwardSpace *space)
{
  const gsize tokens = (gsize)stage->side * stage->side, n = stage->n;
  const gsize stride = block->qkv.n, channels = stage->channels;
  const float *c = slots->c + face * tokens * n;
  const float *attended
      = slots->attended + face * tokens * LIKENESS_ATTENDED_STRIDE (stage);
  g_autofree float *inverse = g_new (float, 2 * channels);
  float *d = space->attended;

  add_linear (self, &block->projection, tokens, attended,
              LIKENESS_ATTENDED_STRIDE (stage), dy, n, sums, space);
  multiply_back (self, &block->projection, tokens, dy, n, d, space);
  memcpy (space->qkv, slots->qkv + face * tokens * stride,
          tokens * stride * sizeof (float));
  likeness_forward_unit_columns (space->qkv, tokens, 2 * channels, stride, inverse);
  for (gsize token = 0; token < tokens; token++)
    memset (space->dqkv + token * stride + 3 * channels, 0,
            (stride - 3 * channels) * sizeof (float));
  for (int head = 0; head < self->variant->heads; head++)
    attend_head_back (self, stage, block, head, d, n, inverse, sums, space);

  self->kernels->normalize (c, n, tokens, channels, n, space->rows, n);
  add_linear (self, &block->qkv, tokens, space->rows, n, space->dqkv, stride, sums,
              space);
  multiply_back (self, &block->qkv, tokens, space->dqkv, stride, space->change, space);
  self->kernels->normalize_back (c, n, tokens, channels, n, space->change, n);
  for (gsize i = 0; i < tokens * n; i++)
    dy[i] += space->change[i];
}

void
likeness_backward_block (const LikenessForward *self,
                         const LikenessPackedStage *stage,
                         const LikenessPackedBlock *block,
                         gsize faces,
                         const LikenessBlockSlots *slots,
                         float *d,
                         float *sums,
                         LikenessForwardSpace *space)
{
  const gsize pixels = (gsize)stage->side * stage->side, map = pixels * stage->n;

  perceive_back (self, stage, block, faces * pixels, slots, d, space->y, sums, space);
  for (gsize face = 0; face < faces; face++)
    {
      float *dy = space->y + face * map, *dx = d + face * map;

      if (block->split)
        {
          attend_back (self, stage, block, slots, face, dy, sums, space);
          cascade_back (self, stage, block, slots, face, dy, dx, sums, space);
          continue;
        }
      convolve_back (self, &block->convolutions[0], stage->side, slots->x + face * map,
                     dy, space->sum, sums);
      for (gsize i = 0; i < map; i++)
        dx[i] += space->sum[i];
    }
}

void
likeness_backward_downsample (const LikenessForward *self,
                              int index,
                              gsize faces,
                              const float *x,
                              float *d,
                              float *sums,
                              LikenessForwardSpace *space)
{
  const LikenessPackedStage *from = &self->stages[index - 1];
  const LikenessPackedStage *to = &self->stages[index];
  const gsize before = from->side, side = to->side, channels = from->channels;
  const gsize pixels = before * before, wide = LIKENESS_PADDED (4 * channels);
  g_autofree float *map = g_new0 (float, faces *pixels * from->n);

  self->kernels->normalize (x, from->n, faces * pixels, channels, from->n, space->y,
                            from->n);
  for (gsize row = 0; row < faces * side; row++)
    {
      const float *change = d + row * side * to->n;
      float *lines = map + (row / side * pixels + row % side * 2 * before) * from->n;

      likeness_forward_gather (self, index, space->y, row, space->rows);
      add_linear (self, &to->down, side, space->rows, 4 * channels, change, to->n, sums,
                  space);
      multiply_back (self, &to->down, side, change, to->n, space->change, space);
      for (gsize patch = 0; patch < side; patch++)
        for (gsize i = 0; i < 4; i++)
          memcpy (lines + (i / 2 * before + 2 * patch + i % 2) * from->n,
                  space->change + patch * wide + i * channels, channels * sizeof (float));
    }
  self->kernels->normalize_back (x, from->n, faces * pixels, channels, from->n, map,
                                 from->n);
  memcpy (d, map, faces * pixels * from->n * sizeof (float));
}

void
likeness_backward_stem (const LikenessForward *self,
                        const float *faces,
                        gsize n,
                        const float *before,
                        float *d,
                        float *sums,
                        LikenessForwardSpace *space)
{
  const LikenessPackedStage *stage = &self->stages[0];
  const gsize side = stage->side, padded = stage->n;

  for (gsize row = 0; row < n * side; row++)
    {
      const float *in = before + row * side * padded;
      float *change = d + row * side * padded;

      self->kernels->normalize (in, padded, side, stage->channels, padded, space->hidden,
                                padded);
      self->kernels->add_rows (change, padded, side, padded, sums + self->stem_bias_at);
      for (gsize i = 0; i < side * padded; i++)
        {
          sums[self->stem_weight_at + i % padded] += change[i] * space->hidden[i];
          change[i] *= self->stem_weight[i % padded];
        }
      self->kernels->normalize_back (in, padded, side, stage->channels, padded, change,
                                     padded);
      likeness_forward_gather_stem (self, faces, row, space->rows);
      add_linear (self, &stage->down, side, space->rows, LIKENESS_STEM_NUMBERS, change,
                  padded, sums, space);
    }
}

void
likeness_backward_head (const LikenessForward *self,
                        gsize faces,
                        const float *x,
                        const float *gradient,
                        float *d,
                        float *sums,
                        LikenessForwardSpace *space)
{
  const LikenessPackedStage *stage = &self->stages[3];
  const gsize pixels = (gsize)stage->side * stage->side, n = stage->n;

  /* Where spare rows may be read. */
  memcpy (space->x, gradient, faces * LIKENESS_EMBEDDING_SIZE * sizeof (float));
  likeness_forward_pool (self, faces, x, space->rows);
  self->kernels->normalize (space->rows, n, faces, stage->channels, n, space->hidden, n);
  add_linear (self, &self->head, faces, space->hidden, n, space->x,
              LIKENESS_EMBEDDING_SIZE, sums, space);
  multiply_back (self, &self->head, faces, space->x, LIKENESS_EMBEDDING_SIZE,
                 space->change, space);
  self->kernels->normalize_back (space->rows, n, faces, stage->channels, n, space->change,
                                 n);
  for (gsize face = 0; face < faces; face++)
    for (gsize pixel = 0; pixel < pixels; pixel++)
      for (gsize c = 0; c < n; c++)
        d[(face * pixels + pixel) * n + c] = space->change[face * n + c] / pixels;
}
