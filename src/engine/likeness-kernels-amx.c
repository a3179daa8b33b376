/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* Products in bfloat16 on a processor with AMX (Intel, from 2023 on). The numbers come
 * and go as float32: both sides are rounded on their way into the tiles, and sums are
 * float32. What is said at the top of likeness-kernels-level.c holds here as well; the
 * intrinsics are macros and inlined functions. */

#include "config.h"

#include "likeness-kernels-amx.h"

#include <immintrin.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "likeness-kernels-vector.h"

/* A tile: 16 rows of 16 numbers of 32 bit, each a sum or a pair of bfloat16 that lie one
 * after the other in k. */
#define SIDE 16
#define DEPTH (2 * SIDE)
/* Rows of a that are rounded at a time. */
#define CHUNK 64
/* The longest sums of any variant are 2,336 numbers long. */
#define MAX_K 2560

typedef unsigned Bits __attribute__ ((vector_size (VECTOR_BYTES)));
typedef unsigned LoadedBits
    __attribute__ ((vector_size (VECTOR_BYTES), aligned (4), may_alias));
typedef struct
{
  guint32 pairs[SIDE][SIDE];
} Tile;

typedef struct
{
  Tile a[CHUNK / SIDE][MAX_K / DEPTH];
  Tile b[2][MAX_K / DEPTH];
  float sums[2 * SIDE][2 * SIDE];
} __attribute__ ((aligned (64))) Work;

/* What _tile_loadconfig() reads (Intel SDM, volume 2, LDTILECFG). */
typedef struct
{
  guint8 palette, start_row;
  guint8 reserved[14];
  guint16 bytes[16]; /* of a row */
  guint8 rows[16];
} Shape;

/* Rounded to the nearest, a tie away from 0; in the upper half. */
INLINE Bits
round_up (Vector x)
{
  return (Bits)x + 0x8000u;
}

INLINE Bits
pair (Vector first, Vector second)
{
  return (round_up (first) >> 16) | (round_up (second) & 0xffff0000u);
}

/* 16 rows of pairs become 16 columns. */
static void
transpose (Tile *tile)
{
  Bits rows[SIDE];

  for (int i = 0; i < SIDE; i++)
    rows[i] = *(const LoadedBits *)tile->pairs[i];
  /* Blocks of 8, 4, 2 and 1 change their places across the diagonal. */
#define EXCHANGE(distance, low, high)                                                    \
  for (int i = 0; i < SIDE; i++)                                                         \
    if ((i & (distance)) == 0)                                                           \
      {                                                                                  \
        const Bits upper = rows[i], lower = rows[i + (distance)];                        \
                                                                                         \
        rows[i] = __builtin_shuffle (upper, lower, (Bits)low);                           \
        rows[i + (distance)] = __builtin_shuffle (upper, lower, (Bits)high);             \
      }
  EXCHANGE (8, ((Bits){0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23}),
            ((Bits){8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31}))
  EXCHANGE (4, ((Bits){0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27}),
            ((Bits){4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31}))
  EXCHANGE (2, ((Bits){0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29}),
            ((Bits){2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31}))
  EXCHANGE (1, ((Bits){0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30}),
            ((Bits){1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31}))
#undef EXCHANGE
  for (int i = 0; i < SIDE; i++)
    *(LoadedBits *)tile->pairs[i] = rows[i];
}

/* Up to 16 numbers, 0 behind them. */
INLINE Vector
load_part (const float *x, gsize n)
{
  float numbers[LANES] = {0};

  if (n >= LANES)
    return load (x);
  memcpy (numbers, x, n * sizeof *x);
  return load (numbers);
}

/* Numbers of one row, one after the other. */
static void
fill_row (const float *x, gsize n, guint32 *pairs)
{
  guint16 *numbers = (guint16 *)pairs;

  for (gsize i = 0; i < DEPTH; i += LANES)
    {
      const Vector x16 = i < n ? load_part (x + i, n - i) : (Vector){0};
      const __m256i rounded = _mm512_cvtepi32_epi16 ((__m512i)(round_up (x16) >> 16));

      _mm256_storeu_si256 ((__m256i *)(numbers + i), rounded);
    }
}

/* Rows k to k + 32 of a matrix, 16 of its columns: pairs that lie below each other. */
static void
fill_column (const float *x, gsize stride, gsize rows, gsize columns, Tile *tile)
{
  for (gsize i = 0; i < SIDE; i++)
    {
      const Vector first
          = 2 * i < rows ? load_part (x + 2 * i * stride, columns) : (Vector){0};
      const Vector second = 2 * i + 1 < rows
                                ? load_part (x + (2 * i + 1) * stride, columns)
                                : (Vector){0};

      *(LoadedBits *)tile->pairs[i] = pair (first, second);
    }
}

/* Rows @row to @row + 16 of a. */
static void
fill_a (const LikenessProduct *p, gsize row, gsize depth, Tile *tiles)
{
  const gsize rows = MIN (SIDE, p->m - row);

  for (gsize d = 0; d < depth; d++)
    {
      const gsize k = d * DEPTH, left = MIN (DEPTH, p->k - k);

      if (p->a_row == 1)
        {
          fill_column (p->a + row + k * p->a_column, p->a_column, left, rows, &tiles[d]);
          transpose (&tiles[d]);
          continue;
        }
      for (gsize i = 0; i < rows; i++)
        fill_row (p->a + (row + i) * p->a_row + k, left, tiles[d].pairs[i]);
      if (rows < SIDE)
        memset (tiles[d].pairs[rows], 0, (SIDE - rows) * sizeof tiles[d].pairs[0]);
    }
}

/* 2 x 2 tiles of sums, or fewer: where there is no second one its place stays unread. */
static void
add_up (Work *work, gsize tile, int n_rows, int n_panels, gsize depth)
{
  const gsize stride = sizeof work->a[0][0].pairs[0], line = sizeof work->sums[0];

  _tile_zero (0);
  _tile_zero (1);
  _tile_zero (2);
  _tile_zero (3);
  for (gsize d = 0; d < depth; d++)
    {
      _tile_loadd (4, work->a[tile][d].pairs, stride);
      _tile_loadd (6, work->b[0][d].pairs, stride);
      _tile_dpbf16ps (0, 4, 6);
      if (n_panels > 1)
        {
          _tile_loadd (7, work->b[1][d].pairs, stride);
          _tile_dpbf16ps (1, 4, 7);
        }
      if (n_rows > 1)
        {
          _tile_loadd (5, work->a[tile + 1][d].pairs, stride);
          _tile_dpbf16ps (2, 5, 6);
          if (n_panels > 1)
            _tile_dpbf16ps (3, 5, 7);
        }
    }
  _tile_stored (0, work->sums[0], line);
  _tile_stored (1, work->sums[0] + SIDE, line);
  _tile_stored (2, work->sums[SIDE], line);
  _tile_stored (3, work->sums[SIDE] + SIDE, line);
}

/* From the sums to c. */
static void
finish (const LikenessProduct *p, const Work *work, gsize row, gsize panel, int n_panels)
{
  const gsize rows = MIN (2 * SIDE, p->m - row);

  for (gsize r = 0; r < rows; r++)
    for (int q = 0; q < n_panels; q++)
      {
        const gsize column = (panel + q) * LANES;
        Vector value = load (work->sums[r] + q * SIDE);

        if (p->bias != NULL)
          value += load (p->bias + column);
        if (p->gelu)
          value = gelu (value);
        if (p->add != NULL)
          value += load (p->add + (row + r) * p->add_stride + column);
        store (p->c + (row + r) * p->c_stride + column, value);
      }
}

static void
multiply_chunk (const LikenessProduct *p, gsize first, Work *work)
{
  const gsize rows = MIN (CHUNK, p->m - first), n_tiles = (rows + SIDE - 1) / SIDE;
  const gsize depth = (p->k + DEPTH - 1) / DEPTH, n_panels = p->n / LANES;

  for (gsize tile = 0; tile < n_tiles; tile++)
    fill_a (p, first + tile * SIDE, depth, work->a[tile]);
  for (gsize panel = 0; panel < n_panels; panel += 2)
    {
      const int panels = n_panels - panel > 1 ? 2 : 1;

      for (int q = 0; q < panels; q++)
        for (gsize d = 0; d < depth; d++)
          fill_column (p->b + (panel + q) * p->b_panel + d * DEPTH * p->b_row, p->b_row,
                       MIN (DEPTH, p->k - d * DEPTH), LANES, &work->b[q][d]);
      for (gsize tile = 0; tile < n_tiles; tile += 2)
        {
          add_up (work, tile, n_tiles - tile > 1 ? 2 : 1, panels, depth);
          finish (p, work, first + tile * SIDE, panel, panels);
        }
    }
}

void
likeness_kernels_amx_multiply (const LikenessProduct *p)
{
  Work work;
  Shape shape = {.palette = 1};

  for (int i = 0; i < 8; i++)
    {
      shape.bytes[i] = SIDE * sizeof (float);
      shape.rows[i] = SIDE;
    }
  _tile_loadconfig (&shape);
  for (gsize row = 0; row < p->m; row += CHUNK)
    multiply_chunk (p, row, &work);
  _tile_release ();
}

gboolean
likeness_kernels_amx_fits (const LikenessProduct *p)
{
  return p->k <= MAX_K && (p->a_row == 1 || p->a_column == 1);
}

/* Linux gives the tiles' 8 KiB of state to those who ask (arch_prctl(2)). */
#define ARCH_REQ_XCOMP_PERM 0x1023
#define XFEATURE_XTILEDATA 18

gboolean
likeness_kernels_amx_open (void)
{
  return syscall (SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
}
