/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* Products in bfloat16 with sums in float32. Compiled once for each kind of processor, as
 * likeness-kernels-level.c is and under its rules: LIKENESS_LEVEL names it. The functions
 * of immintrin.h become instructions wherever they stand, so no linker mixes them up.
 *
 * Intel 64 and IA-32 Architectures Software Developer's Manual: TDPBF16PS, VDPBF16PS. */

#include <immintrin.h>

#include "likeness-kernels.h"

#define INLINE static inline __attribute__ ((always_inline))

#define LANES LIKENESS_KERNEL_LANES
#define ROWS LIKENESS_ROUNDED_ROWS
#define DEPTH LIKENESS_ROUNDED_DEPTH
/* Numbers of a tile of a, and of one of b. */
#define TILE (ROWS * DEPTH)

/* The work of one product: a and b in tiles that lie one behind the other, a's along k
 * and then down the rows, b's along k and then panel after panel. */
typedef struct
{
  const LikenessProduct *p;
  gsize steps; /* tiles along k */
  const guint16 *a, *b;
} Rounded;

/* Two vectors of float32 as pairs, each of one number of @even and one of @odd. */
INLINE __m512i
pair_up (__m512 even, __m512 odd)
{
  const __m512i order
      = _mm512_set_epi16 (31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8,
                          23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);

  return _mm512_permutexvar_epi16 (order, (__m512i)_mm512_cvtne2ps_pbh (odd, even));
}

INLINE __mmask16
mask_first (gsize n)
{
  return n >= LANES ? 0xffff : (__mmask16)((1u << n) - 1);
}

/* Row @row of a matrix of @rows; behind the last there are zeros. */
INLINE __m512
load_row (const float *x, gsize row, gsize rows, gsize stride, __mmask16 mask)
{
  return row < rows ? _mm512_maskz_loadu_ps (mask, x + row * stride)
                    : _mm512_setzero_ps ();
}

/* Tiles of b: two rows of it and a vector of columns are a row of a tile. */
static void
round_columns (const LikenessProduct *p, guint16 *rounded)
{
  const gsize steps = LIKENESS_ROUNDED_STEPS (p->k);

  for (gsize panel = 0; panel < p->n / LANES; panel++)
    for (gsize row = 0; row < steps * DEPTH; row += 2)
      {
        const float *b = p->b + panel * p->b_panel;

        _mm512_storeu_si512 (rounded,
                             pair_up (load_row (b, row, p->k, p->b_row, 0xffff),
                                      load_row (b, row + 1, p->k, p->b_row, 0xffff)));
        rounded += 2 * LANES;
      }
}

/* One tile of a whose rows lie side by side. */
INLINE void
round_rows (const float *a, gsize rows, gsize depth, gsize stride, guint16 *tile)
{
  const __mmask16 low = mask_first (depth);
  const __mmask16 high = depth > LANES ? mask_first (depth - LANES) : 0;

  for (gsize row = 0; row < ROWS; row++)
    _mm512_storeu_si512 (
        tile + row * DEPTH,
        (__m512i)_mm512_cvtne2ps_pbh (
            load_row (a + LANES, row, high != 0 ? rows : 0, stride, high),
            load_row (a, row, rows, stride, low)));
}

/* One tile of a which lies transposed: pairs of its columns, and these turned. */
INLINE void
round_turned (const float *a, gsize rows, gsize depth, gsize stride, guint16 *tile)
{
  const __mmask16 mask = mask_first (rows);
  __m512i pairs[ROWS], turned[ROWS];

#pragma GCC unroll 16
  for (int i = 0; i < ROWS; i++)
    pairs[i] = pair_up (load_row (a, 2 * i, depth, stride, mask),
                        load_row (a, 2 * i + 1, depth, stride, mask));
#pragma GCC unroll 8
  for (int i = 0; i < ROWS; i += 2)
    {
      turned[i] = _mm512_unpacklo_epi32 (pairs[i], pairs[i + 1]);
      turned[i + 1] = _mm512_unpackhi_epi32 (pairs[i], pairs[i + 1]);
    }
#pragma GCC unroll 4
  for (int i = 0; i < ROWS; i += 4)
#pragma GCC unroll 2
    for (int j = 0; j < 2; j++)
      {
        pairs[i + 2 * j] = _mm512_unpacklo_epi64 (turned[i + j], turned[i + j + 2]);
        pairs[i + 2 * j + 1] = _mm512_unpackhi_epi64 (turned[i + j], turned[i + j + 2]);
      }
#pragma GCC unroll 2
  for (int i = 0; i < ROWS; i += 8)
#pragma GCC unroll 4
    for (int j = 0; j < 4; j++)
      {
        turned[i + j] = _mm512_shuffle_i32x4 (pairs[i + j], pairs[i + j + 4], 0x88);
        turned[i + j + 4] = _mm512_shuffle_i32x4 (pairs[i + j], pairs[i + j + 4], 0xdd);
      }
#pragma GCC unroll 8
  for (int j = 0; j < 8; j++)
    {
      __m512i first = _mm512_shuffle_i32x4 (turned[j], turned[j + 8], 0x88);
      __m512i second = _mm512_shuffle_i32x4 (turned[j], turned[j + 8], 0xdd);

      _mm512_storeu_si512 (tile + j * DEPTH, first);
      _mm512_storeu_si512 (tile + (j + 8) * DEPTH, second);
    }
}

static void
round_left (const LikenessProduct *p, guint16 *rounded)
{
  for (gsize row = 0; row < p->m; row += ROWS)
    for (gsize k = 0; k < p->k; k += DEPTH)
      {
        const float *a = p->a + row * p->a_row + k * p->a_column;

        if (p->a_column == 1)
          round_rows (a, p->m - row, p->k - k, p->a_row, rounded);
        else
          round_turned (a, p->m - row, p->k - k, p->a_column, rounded);
        rounded += TILE;
      }
}

#ifdef __AMX_BF16__

/* The sums of a tile go on from what there is: the bias in every row, or what is added;
 * and they go where they belong at once where all rows are wanted. */
#define BEGIN(tile, row, panel)                                                          \
  do                                                                                     \
    {                                                                                    \
      if (p->bias != NULL)                                                               \
        _tile_loadd (tile, p->bias + (panel) * LANES, 0);                                \
      else if (p->add != NULL && is_whole (p, row))                                      \
        _tile_loadd (tile, p->add + (row) * p->add_stride + (panel) * LANES,             \
                     p->add_stride * sizeof *p->add);                                    \
      else                                                                               \
        _tile_zero (tile);                                                               \
    }                                                                                    \
  while (0)

#define END(tile, row, panel)                                                            \
  do                                                                                     \
    {                                                                                    \
      if (is_whole (p, row) && (p->bias == NULL || p->add == NULL))                      \
        _tile_stored (tile, p->c + (row) * p->c_stride + (panel) * LANES,                \
                      p->c_stride * sizeof *p->c);                                       \
      else                                                                               \
        {                                                                                \
          _tile_stored (tile, sums, LANES * sizeof *sums);                               \
          keep (p, row, panel, sums);                                                    \
        }                                                                                \
    }                                                                                    \
  while (0)

INLINE gboolean
is_whole (const LikenessProduct *p, gsize row)
{
  return p->m - row >= ROWS;
}

INLINE void
keep (const LikenessProduct *p, gsize row, gsize panel, const float *sums)
{
  const gsize rows = is_whole (p, row) ? ROWS : p->m - row;
  float *c = p->c + row * p->c_stride + panel * LANES;

  for (gsize r = 0; r < rows; r++)
    {
      __m512 value = _mm512_load_ps (sums + r * LANES);

      if (p->add != NULL)
        value = _mm512_add_ps (
            value, _mm512_loadu_ps (p->add + (row + r) * p->add_stride + panel * LANES));
      _mm512_storeu_ps (c + r * p->c_stride, value);
    }
}

/* Tiles 0 to 3 sum, 4 and 5 hold a, 6 and 7 hold b. */
INLINE void
multiply_block (const Rounded *x, gsize row, gsize panel, int high, int wide)
{
  const LikenessProduct *p = x->p;
  const guint16 *a = x->a + row / ROWS * x->steps * TILE;
  const guint16 *b = x->b + panel * x->steps * TILE;
  const gsize next = x->steps * TILE;
  float sums[ROWS * LANES] __attribute__ ((aligned (64)));

  BEGIN (0, row, panel);
  if (wide)
    BEGIN (1, row, panel + 1);
  if (high)
    BEGIN (2, row + ROWS, panel);
  if (high && wide)
    BEGIN (3, row + ROWS, panel + 1);
  for (gsize step = 0; step < x->steps; step++)
    {
      _tile_loadd (4, a + step * TILE, DEPTH * sizeof *a);
      _tile_loadd (6, b + step * TILE, DEPTH * sizeof *b);
      _tile_dpbf16ps (0, 4, 6);
      if (wide)
        {
          _tile_loadd (7, b + next + step * TILE, DEPTH * sizeof *b);
          _tile_dpbf16ps (1, 4, 7);
        }
      if (high)
        {
          _tile_loadd (5, a + next + step * TILE, DEPTH * sizeof *a);
          _tile_dpbf16ps (2, 5, 6);
        }
      if (high && wide)
        _tile_dpbf16ps (3, 5, 7);
    }
  END (0, row, panel);
  if (wide)
    END (1, row, panel + 1);
  if (high)
    END (2, row + ROWS, panel);
  if (high && wide)
    END (3, row + ROWS, panel + 1);
}

static void
multiply_rounded (const Rounded *x)
{
  /* Static: to the compiler _tile_loadconfig() reads but the first eight bytes. */
  static const struct
  {
    guint8 palette, start_row, unused[14];
    guint16 row_bytes[16];
    guint8 rows[16];
  } shapes = {
      .palette = 1,
      .row_bytes = {64, 64, 64, 64, 64, 64, 64, 64},
      .rows = {16, 16, 16, 16, 16, 16, 16, 16},
  };
  const gsize panels = x->p->n / LANES;

  _tile_loadconfig (&shapes);
  for (gsize panel = 0; panel < panels; panel += 2)
    for (gsize row = 0; row < x->p->m; row += 2 * ROWS)
      {
        const gboolean high = row + ROWS < x->p->m;

        if (panel + 1 < panels && high)
          multiply_block (x, row, panel, 1, 1);
        else if (panel + 1 < panels)
          multiply_block (x, row, panel, 0, 1);
        else if (high)
          multiply_block (x, row, panel, 1, 0);
        else
          multiply_block (x, row, panel, 0, 0);
      }
  _tile_release ();
}

#else

#define ROWS_AT_ONCE 8
#define PANELS_AT_ONCE 3

INLINE void
multiply_block (const Rounded *x, gsize row, gsize panel, int panels)
{
  const LikenessProduct *p = x->p;
  const gsize rows = p->m - row < ROWS_AT_ONCE ? p->m - row : ROWS_AT_ONCE;
  const guint16 *a = x->a + row / ROWS * x->steps * TILE + row % ROWS * DEPTH;
  const guint16 *b = x->b + panel * x->steps * TILE;
  __m512 total[ROWS_AT_ONCE][PANELS_AT_ONCE];

#pragma GCC unroll 8
  for (int r = 0; r < ROWS_AT_ONCE; r++)
#pragma GCC unroll 3
    for (int q = 0; q < panels; q++)
      total[r][q] = p->bias != NULL ? _mm512_loadu_ps (p->bias + (panel + q) * LANES)
                                    : _mm512_setzero_ps ();
  for (gsize step = 0; step < x->steps; step++)
    for (gsize i = 0; i < DEPTH; i += 2)
      {
        __m512bh columns[PANELS_AT_ONCE];

#pragma GCC unroll 3
        for (int q = 0; q < panels; q++)
          columns[q] = (__m512bh)_mm512_loadu_si512 (
              b + ((gsize)q * x->steps + step) * TILE + i * LANES);
#pragma GCC unroll 8
        for (int r = 0; r < ROWS_AT_ONCE; r++)
          {
            int pair;

            __builtin_memcpy (&pair, a + step * TILE + (gsize)r * DEPTH + i, sizeof pair);
#pragma GCC unroll 3
            for (int q = 0; q < panels; q++)
              total[r][q] = _mm512_dpbf16_ps (
                  total[r][q], (__m512bh)_mm512_set1_epi32 (pair), columns[q]);
          }
      }
#pragma GCC unroll 8
  for (int r = 0; r < ROWS_AT_ONCE; r++)
    {
      if ((gsize)r >= rows)
        break;
#pragma GCC unroll 3
      for (int q = 0; q < panels; q++)
        {
          const gsize column = (panel + q) * LANES;
          __m512 value = total[r][q];

          if (p->add != NULL)
            value = _mm512_add_ps (
                value, _mm512_loadu_ps (p->add + (row + r) * p->add_stride + column));
          _mm512_storeu_ps (p->c + (row + r) * p->c_stride + column, value);
        }
    }
}

static void
multiply_rounded (const Rounded *x)
{
  const gsize panels = x->p->n / LANES;

  for (gsize panel = 0; panel < panels; panel += PANELS_AT_ONCE)
    for (gsize row = 0; row < x->p->m; row += ROWS_AT_ONCE)
      if (panels - panel >= 3)
        multiply_block (x, row, panel, 3);
      else if (panels - panel == 2)
        multiply_block (x, row, panel, 2);
      else
        multiply_block (x, row, panel, 1);
}

#endif

static void
multiply (const LikenessProduct *p)
{
  const gsize steps = LIKENESS_ROUNDED_STEPS (p->k);
  guint16 *left = p->work, *right = left + LIKENESS_ROUNDED_NUMBERS (p->m, p->k);

  if (p->b_rounded == NULL)
    round_columns (p, right);
  round_left (p, left);
  /* What reads tiles does not tell the compiler that it reads. */
  __asm__ volatile ("" ::: "memory");
  multiply_rounded (
      &(Rounded){p, steps, left, p->b_rounded != NULL ? p->b_rounded : right});
}

#define TABLE_NAME_(level) likeness_rounded_##level
#define TABLE_NAME(level) TABLE_NAME_ (level)
#define TEXT_(level) #level
#define TEXT(level) TEXT_ (level)

extern const LikenessRoundedKernels TABLE_NAME (LIKENESS_LEVEL);
const LikenessRoundedKernels TABLE_NAME (LIKENESS_LEVEL)
    = {TEXT (LIKENESS_LEVEL), multiply, round_columns};
