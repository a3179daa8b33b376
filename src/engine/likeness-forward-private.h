/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-forward.h"
#include "likeness-kernels.h"

G_BEGIN_DECLS

#define LIKENESS_FORWARD_MAX_SPLITS 4

/** Channels with their padding. */
#define LIKENESS_PADDED(n)                                                               \
  (((gsize)(n) + LIKENESS_KERNEL_LANES - 1) / LIKENESS_KERNEL_LANES                      \
   * LIKENESS_KERNEL_LANES)

/** A linear layer as the kernels want it. Owned. */
typedef struct
{
  gsize k;
  gsize n;  /* columns with their padding */
  float *b; /* panels */
  float *bias;
} LikenessPackedLinear;

/** A depthwise convolution as the kernels want it. Owned. */
typedef struct
{
  int size;
  gsize n;
  float *weight; /* size x size x n */
  float *bias;
} LikenessPackedDepthwise;

typedef struct
{
  gboolean split; /* SplitTranspose, else ConvBlock */
  int n_convolutions;
  int width; /* channels of one convolution */
  LikenessPackedDepthwise convolutions[LIKENESS_FORWARD_MAX_SPLITS];
  LikenessPackedLinear fc1, fc2;
  /* SplitTranspose alone */
  LikenessPackedLinear qkv, projection;
  float *temperature; /* one a head */
  float *positions;   /* [pixels, n]; NULL: none */
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
  LikenessPackedLinear head;
};

G_END_DECLS
