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

/** What is rounded to bfloat16 lies in tiles of so many rows, each of which holds so many
 * numbers along the sum; incomplete ones are filled with zeros. */
#define LIKENESS_ROUNDED_ROWS 16
#define LIKENESS_ROUNDED_DEPTH 32
/** Tiles along a sum of @k products. */
#define LIKENESS_ROUNDED_STEPS(k)                                                        \
  (((gsize)(k) + LIKENESS_ROUNDED_DEPTH - 1) / LIKENESS_ROUNDED_DEPTH)
/** Numbers of @rows rows, or columns, of @k products. */
#define LIKENESS_ROUNDED_NUMBERS(rows, k)                                                \
  (((gsize)(rows) + LIKENESS_ROUNDED_ROWS - 1) / LIKENESS_ROUNDED_ROWS                   \
   * LIKENESS_ROUNDED_ROWS * LIKENESS_ROUNDED_STEPS (k) * LIKENESS_ROUNDED_DEPTH)

/**
 * LikenessProduct:
 *
 * c = a · b + bias, then GELU (exact, with erf) where wanted, then + add. All strides
 * count numbers: a may lie transposed, and b may be packed (rows LANES apart, panels
 * k * LANES apart) or a plain matrix (panels LANES apart).
 */
typedef struct
{
  gsize m; /* rows of a; LIKENESS_KERNEL_SPARE_ROWS more must be readable */
  gsize k;
  gsize n; /* columns, whole vectors */
  const float *a;
  gsize a_row;    /* from row to row of a */
  gsize a_column; /* from column to column of a */
  const float *b;
  gsize b_row;       /* from row to row of b */
  gsize b_panel;     /* from one vector of columns to the next */
  const float *bias; /* nullable: none */
  float *c;
  gsize c_stride;
  gboolean gelu;    /* not in bfloat16 */
  const float *add; /* nullable; may be c */
  gsize add_stride;

  /* For bfloat16 alone */
  const guint16 *b_rounded; /* nullable: as round_columns() makes it of b */
  guint16
      *work; /* LIKENESS_ROUNDED_NUMBERS (m, k), and, without b_rounded, (n, k) more */
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
 * The inner loops of the network, in float32 or with products in bfloat16, for one kind of processor. Pure: nothing is
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
  /* h = GELU (z). */
  void (*activate) (const float *z, gsize n, float *h);
  /* @h = GELU (z) again; @gradient, of h, becomes that of z. n: whole vectors. */
  void (*activate_back) (const float *z, gsize n, float *h, float *gradient);
  /* @gradient, of what normalize() makes of @x, becomes that of x; the padding 0. */
  void (*normalize_back) (const float *x,
                          gsize x_stride,
                          gsize rows,
                          gsize n_real,
                          gsize n,
                          float *gradient,
                          gsize gradient_stride);
  /* Adds to weight, and to bias, what @gradient (as y) makes of them; x as there. */
  void (*convolve_back) (const LikenessConvolution *convolution,
                         const float *gradient,
                         float *weight,
                         float *bias);
  /* sums[i] += every row's x[i]. */
  void (*add_rows) (const float *x, gsize x_stride, gsize rows, gsize n, float *sums);
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
  /* The way back: @gradient is that of y; adds to the temperature's. @dq, @dk and @dv are
   * replaced, whole vectors with @d_stride. @work: 4 x width x (width rounded up). */
  void (*attend_back) (const float *q,
                       const float *k,
                       const float *v,
                       gsize length,
                       gsize width,
                       gsize stride,
                       float temperature,
                       const float *gradient,
                       gsize gradient_stride,
                       float *work,
                       float *dq,
                       float *dk,
                       float *dv,
                       gsize d_stride,
                       float *dtemperature);
  /* Where multiply() computes in bfloat16 (a and b are rounded to it, and sums are of
   * float32), else %NULL: b of @product as b_rounded, LIKENESS_ROUNDED_NUMBERS (n, k). */
  void (*round_columns) (const LikenessProduct *product, guint16 *rounded);
} LikenessKernels;

/** What kernels in bfloat16 have of their own; likeness-kernels.c puts it to the rest. */
typedef struct
{
  const char *name;
  void (*multiply) (const LikenessProduct *product);
  void (*round_columns) (const LikenessProduct *product, guint16 *rounded);
} LikenessRoundedKernels;

#define LIKENESS_KERNELS_MAX 3

/** All that this processor can run, the fastest first; returns how many.
 * @list: LIKENESS_KERNELS_MAX. */
guint likeness_kernels_list (const LikenessKernels **list);
/** The fastest that this processor can run. */
const LikenessKernels *likeness_kernels_get (void);

/** The same for products in bfloat16, which not every processor has: may be none. */
guint likeness_kernels_list_bfloat16 (const LikenessKernels **list);
/** Returns: (nullable): the fastest of them */
const LikenessKernels *likeness_kernels_get_bfloat16 (void);

G_END_DECLS
