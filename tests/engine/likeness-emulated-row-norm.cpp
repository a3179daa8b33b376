/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* The GPU's kernels on the processor: a warp is 32 threads that meet at every shuffle,
 * and warps follow each other. Built once for each CHANNELS, LANES, INPUT_BFLOAT16 and
 * OUTPUT_BFLOAT16; EMULATED is the name of what it offers. */

#include <cmath>
#include <cstring>
#include <functional>
#include <pthread.h>
#include <thread>
#include <vector>

#include "likeness-row-norm.h"

namespace
{

constexpr unsigned warp = 32, threads_per_block = 64;

struct Dim
{
  unsigned x;
};
thread_local Dim blockIdx, threadIdx;
constexpr Dim blockDim = {threads_per_block};

pthread_barrier_t barrier;
float exchanged[warp];

float
__shfl_xor_sync (unsigned, float number, int distance)
{
  unsigned lane = threadIdx.x % warp;
  exchanged[lane] = number;
  pthread_barrier_wait (&barrier);
  number = exchanged[lane ^ static_cast<unsigned> (distance)];
  pthread_barrier_wait (&barrier);
  return number;
}

float
__uint_as_float (unsigned bits)
{
  float number;
  memcpy (&number, &bits, sizeof number);
  return number;
}

unsigned
__float_as_uint (float number)
{
  unsigned bits;
  memcpy (&bits, &number, sizeof bits);
  return bits;
}

#define __device__
#define __align__(n) __attribute__ ((aligned (n)))
#define KERNEL
#include "likeness-row-norm.cu"

/* All threads of a grid with a thread for each row's lane, a warp at a time. */
void
run_grid (guint64 n_rows, const std::function<void ()> &kernel)
{
  guint64 n_blocks = (n_rows * LANES + threads_per_block - 1) / threads_per_block;
  std::vector<std::thread> threads;
  pthread_barrier_init (&barrier, nullptr, warp);
  for (unsigned lane = 0; lane < warp; lane++)
    threads.emplace_back ([&, lane] {
      for (unsigned block = 0; block < n_blocks; block++)
        for (unsigned first = 0; first < threads_per_block; first += warp)
          {
            blockIdx.x = block;
            threadIdx.x = first + lane;
            kernel ();
          }
    });
  for (std::thread &thread : threads)
    thread.join ();
  pthread_barrier_destroy (&barrier);
}

void
forward (const LikenessRowNorm *, const void *x, void *y, float *scales, guint64 n_rows)
{
  run_grid (n_rows, [=] {
    row_norm_forward (static_cast<const InputPair *> (x), static_cast<OutputPair *> (y),
                      scales, n_rows);
  });
}

void
backward (const LikenessRowNorm *,
          const void *dy,
          const void *y,
          const float *scales,
          void *dx,
          guint64 n_rows)
{
  run_grid (n_rows, [=] {
    row_norm_backward (static_cast<const OutputPair *> (dy),
                       static_cast<const OutputPair *> (y), scales,
                       static_cast<InputPair *> (dx), n_rows);
  });
}

} // namespace

extern const LikenessRowNorm EMULATED;
const LikenessRowNorm EMULATED = {forward, backward};
