/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

/* For likeness-kernels-level.c alone, which says why. */

#ifdef __AVX512F__
/* Its functions become instructions wherever they stand. */
#include <immintrin.h>
#endif

#include "likeness-kernels.h"

#define INLINE static inline __attribute__ ((always_inline))

#define LANES LIKENESS_KERNEL_LANES
#define VECTOR_BYTES (LANES * sizeof (float))

typedef float Vector __attribute__ ((vector_size (VECTOR_BYTES)));
typedef float Loaded
    __attribute__ ((vector_size (VECTOR_BYTES), aligned (sizeof (float)), may_alias));
typedef int Whole __attribute__ ((vector_size (VECTOR_BYTES)));

INLINE Vector
load (const float *x)
{
  return *(const Loaded *)x;
}

INLINE void
store (float *x, Vector v)
{
  *(Loaded *)x = v;
}

INLINE Vector
splat (float x)
{
  return x - (Vector){0};
}

INLINE Vector
choose (Whole mask, Vector yes, Vector no)
{
  return (Vector)((mask & (Whole)yes) | (~mask & (Whole)no));
}

INLINE float
sum (Vector v)
{
  v += __builtin_shufflevector (v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6,
                                7);
  v += __builtin_shufflevector (v, v, 4, 5, 6, 7, 0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14,
                                15);
  v += __builtin_shufflevector (v, v, 2, 3, 0, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
                                15);
  return v[0] + v[1];
}

/* Cephes' expf: 2^n times a polynomial of degree 5, for x from -87 to 88; relative error
 * 2e-7. */
INLINE Vector
exponential (Vector x)
{
  const Vector magic = splat (12582912.0f); /* rounds to a whole number */
  Vector n, r, p;

  x = choose (x > -87.0f, x, splat (-87.0f));
  n = (x * 1.44269504088896341f + magic) - magic;
  r = x - n * 0.693359375f;
  r = r + n * 2.12194440e-4f;
  p = splat (1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  return (Vector)((Whole)p + (__builtin_convertvector (n, Whole) << 23));
}

/* 1 / x for x from 1 to 1e10, to the last digit but one. */
INLINE Vector
invert (Vector x)
{
#ifdef __AVX512F__
  Vector guess = (Vector)_mm512_rcp14_ps ((__m512)x);

  return guess * (2.0f - x * guess);
#else
  return 1.0f / x;
#endif
}

/* Phi (x), with erf after Abramowitz and Stegun, 7.1.26: absolute error 0.75e-7.
 * @bell: exp (-x^2 / 2). */
INLINE Vector
distribute (Vector x, Vector bell)
{
  const Vector zero = {0};
  Vector z = choose (x < zero, -x, x) * 0.70710678118654752f;
  Vector t = invert (1.0f + 0.3275911f * z);
  Vector p, tail;

  p = splat (1.061405429f);
  p = p * t - 1.453152027f;
  p = p * t + 1.421413741f;
  p = p * t - 0.284496736f;
  p = p * t + 0.254829592f;
  tail = 0.5f * p * t * bell;
  return choose (x < zero, tail, 1.0f - tail);
}

INLINE Vector
gelu (Vector x)
{
  return x * distribute (x, exponential (-0.5f * x * x));
}

/* 1 for the real numbers of a row's last vector, 0 for its padding. */
INLINE Vector
make_mask (gsize n_real, gsize n)
{
  Vector mask;

  for (int i = 0; i < LANES; i++)
    mask[i] = n - LANES + i < n_real ? 1 : 0;
  return mask;
}
