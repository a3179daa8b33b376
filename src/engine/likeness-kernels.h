/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Channels are padded to whole vectors of so many float32 everywhere. */
#define LIKENESS_KERNEL_LANES 16
/** No kernel reads more rows beyond the last one of a product's left side. */
#define LIKENESS_KERNEL_SPARE_ROWS 8

/**
 * LikenessProduct:
 *
 * c = a · b + bias, then GELU (exact, with erf) where wanted, then + add.
 */
typedef struct
{
  gsize m; /* rows of a; LIKENESS_KERNEL_SPARE_ROWS more must be readable */
  gsize k;
  gsize n; /* columns, whole vectors */
  const float *a;
  gsize a_stride; /* numbers from row to row */
  const float *b; /* n / 16 panels of k x 16 */
  const float *bias;
  float *c;
  gsize c_stride;
  gboolean gelu;
  const float *add; /* nullable; may be c */
  gsize add_stride;
} LikenessProduct;

/** One depthwise convolution, stride 1, same size, of a map [height, width, channels]. */
typedef struct
{
  int height, width;
  int size; /* of the kernel, odd */
  gsize n;  /* channels, whole vectors; weights of the padding are 0 */
  const float *x;
  gsize x_stride;      /* numbers from pixel to pixel */
  const float *weight; /* size x size x n */
  const float *bias;   /* n */
  float *y;
  gsize y_stride;
} LikenessConvolution;

/**
 * LikenessKernels:
 *
 * The inner loops of the network in float32 for one kind of processor. Pure: nothing is
 * allocated, nothing is remembered.
 */
typedef struct
{
  const char *name;
  void (*multiply) (const LikenessProduct *product);
  /* All pixels of @row. */
  void (*convolve) (const LikenessConvolution *convolution, int row);
  /* (x - mean) / sqrt (variance + 1e-6) over the first @n_real of @n numbers of each row;
   * the padding becomes 0. */
  void (*normalize) (const float *x,
                     gsize x_stride,
                     gsize rows,
                     gsize n_real,
                     gsize n,
                     float *y,
                     gsize y_stride);
  /* Cross-covariance attention of one head: @q, @k, @v are [length, width] with @stride
   * numbers from token to token, q and k of length 1 over the tokens already;
   * y = softmax (q^T k * temperature) v^T, [length, width]. Whole vectors are read and
   * written: up to 15 numbers behind the width of @q are read and behind that of @y
   * spoilt. @work: width x (width rounded up to whole vectors) numbers. */
  void (*attend) (const float *q,
                  const float *k,
                  const float *v,
                  gsize length,
                  gsize width,
                  gsize stride,
                  float temperature,
                  float *work,
                  float *y,
                  gsize y_stride);
} LikenessKernels;

#define LIKENESS_KERNELS_MAX 3

/** All that this processor can run, the fastest first; returns how many.
 * @list: LIKENESS_KERNELS_MAX. */
guint likeness_kernels_list (const LikenessKernels **list);
/** The fastest that this processor can run. */
const LikenessKernels *likeness_kernels_get (void);

G_END_DECLS
