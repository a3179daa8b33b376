/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-forward.h"
#include "likeness-kernels.h"

G_BEGIN_DECLS

#define LIKENESS_FORWARD_MAX_CONVOLUTIONS 3
/* Faces that go through a layer together: its weights are fetched once for all of them,
 * and their maps still fit into a core's cache. */
#define LIKENESS_FORWARD_GROUP 4
/* Pixels whose hidden layer is held at once. */
#define LIKENESS_FORWARD_TILE 64
#define LIKENESS_STEM_SIZE 4
#define LIKENESS_STEM_NUMBERS (3 * LIKENESS_STEM_SIZE * LIKENESS_STEM_SIZE)

/** Channels with their padding. */
#define LIKENESS_PADDED(n)                                                               \
  (((gsize)(n) + LIKENESS_KERNEL_LANES - 1) / LIKENESS_KERNEL_LANES                      \
   * LIKENESS_KERNEL_LANES)

/** A linear layer as the kernels want it. Owned. The gradient of b is a plain matrix,
 * k x n; where it and others lie among all gradients say the members that end in _at. */
typedef struct
{
  gsize k;
  gsize n_real;
  gsize n;     /* columns with their padding */
  float *b;    /* panels of k rows */
  float *back; /* panels of the transposed matrix, n_real rows; NULL: not for training */
  guint16 *b_rounded, *back_rounded; /* both in bfloat16; NULL: float32 alone */
  float *bias;
  gsize b_at, bias_at;
} LikenessPackedLinear;

/** A depthwise convolution as the kernels want it. Owned. */
typedef struct
{
  int size;
  gsize n;
  float *weight;  /* size x size x n */
  float *flipped; /* for the way back; NULL: not for training */
  float *bias;
  gsize weight_at, bias_at;
} LikenessPackedDepthwise;

typedef struct
{
  gboolean split; /* SplitTranspose, else ConvBlock */
  int n_convolutions;
  int width; /* channels of one convolution */
  LikenessPackedDepthwise convolutions[LIKENESS_FORWARD_MAX_CONVOLUTIONS];
  LikenessPackedLinear fc1, fc2;
  /* SplitTranspose alone */
  LikenessPackedLinear qkv, projection;
  float *temperature; /* one a head */
  float *positions;   /* [pixels, n]; NULL: none */
  gsize temperature_at, positions_at;
} LikenessPackedBlock;

typedef struct
{
  int side; /* of the map */
  int channels;
  gsize n;                   /* channels with their padding */
  LikenessPackedLinear down; /* from the stage before; the stem in stage 0 */
  int n_blocks;
  LikenessPackedBlock *blocks;
} LikenessPackedStage;

struct _LikenessForward
{
  const LikenessVariant *variant;
  const LikenessKernels *kernels;
  LikenessPackedStage stages[4];
  float *stem_weight; /* of the normalisation behind the stem, with the padding */
  float *stem_bias;
  gsize stem_weight_at, stem_bias_at;
  LikenessPackedLinear head;
  gsize n_gradients;
};

/** What one block of a group of faces is computed into. Borrowed. */
typedef struct
{
  float *x;        /* what comes in */
  float *c;        /* SplitTranspose: after the convolutions */
  float *y;        /* what is normalised; may be c */
  float *z;        /* before GELU; NULL: not kept */
  float *qkv;      /* SplitTranspose */
  float *attended; /* SplitTranspose */
  gboolean every;  /* qkv and attended hold every face, not the last one alone */
  float *out;      /* may be x */
} LikenessBlockSlots;

/** One thread's memory. Owned. */
typedef struct
{
  float *x, *y;       /* maps of a group */
  float *piece, *sum; /* one face's */
  float *rows;        /* what goes into a product */
  float *hidden, *change;
  float *qkv, *dqkv;
  float *attended;
  float *scores;
  guint16 *rounded; /* work of a product; NULL: float32 alone */
} LikenessForwardSpace;

/** %FALSE where the memory does not suffice; @space is to be cleared either way. */
gboolean likeness_forward_space_init (LikenessForwardSpace *space,
                                      const LikenessForward *self);
void likeness_forward_space_clear (LikenessForwardSpace *space);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LikenessForwardSpace, likeness_forward_space_clear)

/* Numbers from token to token of what the heads give: spare ones behind the last. */
#define LIKENESS_ATTENDED_STRIDE(stage) ((stage)->n + LIKENESS_KERNEL_LANES)

/** The 2 x LIKENESS_N_WAVES Fourier features of a pixel: interleaved sines and cosines of
 * y, then of x (timm, edgenext.py, PositionalEncodingFourier). */
#define LIKENESS_N_WAVES 32
void likeness_forward_wave (int side, int y, int x, float *features);

/** c = a · linear, + add where it is not %NULL; @c_stride is add's as well. */
void likeness_forward_multiply (const LikenessForward *self,
                                const LikenessPackedLinear *linear,
                                gsize rows,
                                const float *a,
                                gsize a_row,
                                float *c,
                                gsize c_stride,
                                const float *add,
                                LikenessForwardSpace *space);
/** Row @row (of all faces together) of the stem's patches: side x LIKENESS_STEM_NUMBERS.
 */
void likeness_forward_gather_stem (const LikenessForward *self,
                                   const float *faces,
                                   gsize row,
                                   float *patches);
/** Row @row of stage @index's patches of the map before it: side x 4 channels. */
void likeness_forward_gather (
    const LikenessForward *self, int index, const float *map, gsize row, float *patches);
/** The input of convolution @i of a SplitTranspose block, of one face; @c: what the
 * convolutions before it gave, at their place among the channels. */
void likeness_forward_sum (const LikenessPackedStage *stage,
                           const LikenessPackedBlock *block,
                           int i,
                           const float *x,
                           const float *c,
                           float *sum);
/** The first @n columns to length 1 over all rows; @inverse (nullable): n numbers, what
 * each was multiplied with. */
void likeness_forward_unit_columns (
    float *x, gsize rows, gsize n, gsize stride, float *inverse);

void likeness_forward_stem (const LikenessForward *self,
                            const float *faces,
                            gsize n,
                            float *before,
                            float *x,
                            LikenessForwardSpace *space);
void likeness_forward_block (const LikenessForward *self,
                             const LikenessPackedStage *stage,
                             const LikenessPackedBlock *block,
                             gsize faces,
                             const LikenessBlockSlots *slots,
                             LikenessForwardSpace *space);
/** @x: of the stage before @index, @out: of it. */
void likeness_forward_downsample (const LikenessForward *self,
                                  int index,
                                  gsize faces,
                                  const float *x,
                                  float *out,
                                  LikenessForwardSpace *space);
/** @pooled: faces x n of the last stage. */
void likeness_forward_pool (const LikenessForward *self,
                            gsize faces,
                            const float *x,
                            float *pooled);
void likeness_forward_head (const LikenessForward *self,
                            gsize faces,
                            const float *x,
                            float *embeddings,
                            LikenessForwardSpace *space);

G_END_DECLS
