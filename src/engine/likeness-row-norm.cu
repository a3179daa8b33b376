/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* Layer normalisation, without weight and bias, of rows that are far shorter than what a
 * general kernel is made for: 24 to 304 channels, a few million rows.
 *
 * Compiled on the user's machine for its GPU, and by a test for the processor. Defined by
 * whoever compiles it: CHANNELS (even), LANES (threads that share a row, a power of two
 * up to 32), INPUT_BFLOAT16 and OUTPUT_BFLOAT16 (0 or 1). Each thread keeps its part of a
 * row in registers, two neighbours at a time, so that a row is read once. */

#ifndef KERNEL
#define KERNEL extern "C" __global__
#endif

#define PAIRS (CHANNELS / 2)
#define PAIRS_PER_LANE ((PAIRS + LANES - 1) / LANES)
#define EPSILON 1e-6f

struct __align__ (8) Pair
{
  float a, b;
};

/* The first of a pair lies in the lower half. */
typedef unsigned int BFloat16Pair;

#if INPUT_BFLOAT16
typedef BFloat16Pair InputPair;
#else
typedef Pair InputPair;
#endif

#if OUTPUT_BFLOAT16
typedef BFloat16Pair OutputPair;
#else
typedef Pair OutputPair;
#endif

static inline __device__ Pair
widen (Pair pair)
{
  return pair;
}

static inline __device__ Pair
widen (BFloat16Pair pair)
{
  Pair wide = {__uint_as_float (pair << 16), __uint_as_float (pair & 0xffff0000u)};
  return wide;
}

/* To the nearest, ties to even; what is not a number stays none. */
static inline __device__ unsigned int
round_to_bfloat16 (float number)
{
  unsigned int bits = __float_as_uint (number);
  if (number != number)
    return 0x7fc0u;
  return (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

static inline __device__ void
store (Pair *place, Pair pair)
{
  *place = pair;
}

static inline __device__ void
store (BFloat16Pair *place, Pair pair)
{
  *place = round_to_bfloat16 (pair.a) | round_to_bfloat16 (pair.b) << 16;
}

/* The sum over the lanes of a row, to each of them. */
static inline __device__ float
sum_over_row (float number)
{
#pragma unroll
  for (int distance = LANES / 2; distance > 0; distance /= 2)
    number += __shfl_xor_sync (0xffffffffu, number, distance);
  return number;
}

/* Which row and which part of it a thread has. Threads beyond the last row compute it
 * once more, as the sums need all lanes of a warp, and store nothing. */
struct Place
{
  bool stores;
  unsigned int lane;
  unsigned long long row, first_pair;
};

static inline __device__ Place
find_place (unsigned long long n_rows)
{
  unsigned long long thread = (unsigned long long)blockIdx.x * blockDim.x + threadIdx.x;
  Place place;
  place.lane = threadIdx.x % LANES;
  place.row = thread / LANES;
  place.stores = place.row < n_rows;
  if (!place.stores)
    place.row = n_rows - 1;
  place.first_pair = place.row * PAIRS;
  return place;
}

/* y = (x - mean) * scale, scale = 1 / sqrt (variance + epsilon); a number of @scales for
 * each row. */
KERNEL void
row_norm_forward (const InputPair *x,
                  OutputPair *y,
                  float *scales,
                  unsigned long long n_rows)
{
  Place place = find_place (n_rows);
  Pair values[PAIRS_PER_LANE];
  float sum = 0, squares = 0;

#pragma unroll
  for (int i = 0; i < PAIRS_PER_LANE; i++)
    {
      unsigned int pair = place.lane + i * LANES;
      if (pair < PAIRS)
        {
          values[i] = widen (x[place.first_pair + pair]);
          sum += values[i].a + values[i].b;
        }
    }
  float mean = sum_over_row (sum) / CHANNELS;

#pragma unroll
  for (int i = 0; i < PAIRS_PER_LANE; i++)
    if (place.lane + i * LANES < PAIRS)
      {
        values[i].a -= mean;
        values[i].b -= mean;
        squares += values[i].a * values[i].a + values[i].b * values[i].b;
      }
  float scale = 1 / sqrtf (sum_over_row (squares) / CHANNELS + EPSILON);

  if (!place.stores)
    return;
  if (place.lane == 0)
    scales[place.row] = scale;
#pragma unroll
  for (int i = 0; i < PAIRS_PER_LANE; i++)
    {
      unsigned int pair = place.lane + i * LANES;
      if (pair < PAIRS)
        {
          Pair result = {values[i].a * scale, values[i].b * scale};
          store (y + place.first_pair + pair, result);
        }
    }
}

/* dx = scale * (dy - mean (dy) - y * mean (dy * y)), over each row. */
KERNEL void
row_norm_backward (const OutputPair *dy,
                   const OutputPair *y,
                   const float *scales,
                   InputPair *dx,
                   unsigned long long n_rows)
{
  Place place = find_place (n_rows);
  Pair gradients[PAIRS_PER_LANE], values[PAIRS_PER_LANE];
  float sum = 0, products = 0;

#pragma unroll
  for (int i = 0; i < PAIRS_PER_LANE; i++)
    {
      unsigned int pair = place.lane + i * LANES;
      if (pair < PAIRS)
        {
          gradients[i] = widen (dy[place.first_pair + pair]);
          values[i] = widen (y[place.first_pair + pair]);
          sum += gradients[i].a + gradients[i].b;
          products += gradients[i].a * values[i].a + gradients[i].b * values[i].b;
        }
    }
  float mean = sum_over_row (sum) / CHANNELS;
  float product = sum_over_row (products) / CHANNELS;

  if (!place.stores)
    return;
  float scale = scales[place.row];
#pragma unroll
  for (int i = 0; i < PAIRS_PER_LANE; i++)
    {
      unsigned int pair = place.lane + i * LANES;
      if (pair < PAIRS)
        {
          Pair result = {scale * (gradients[i].a - mean - values[i].a * product),
                         scale * (gradients[i].b - mean - values[i].b * product)};
          store (dx + place.first_pair + pair, result);
        }
    }
}
