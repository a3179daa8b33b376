/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-kernels.h"

extern const LikenessKernels likeness_kernels_plain;
#ifdef __x86_64__
extern const LikenessKernels likeness_kernels_avx2;
extern const LikenessKernels likeness_kernels_avx512;
#endif

guint
likeness_kernels_list (const LikenessKernels **list)
{
  guint n = 0;

#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512vl")
      && __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512dq")
      && __builtin_cpu_supports ("avx512cd"))
    list[n++] = &likeness_kernels_avx512;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    list[n++] = &likeness_kernels_avx2;
#endif
  list[n++] = &likeness_kernels_plain;
  return n;
}

const LikenessKernels *
likeness_kernels_get (void)
{
  const LikenessKernels *list[LIKENESS_KERNELS_MAX];

  likeness_kernels_list (list);
  return list[0];
}
