/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-kernels.h"

#ifdef __x86_64__
#include <cpuid.h>

#include "likeness-kernels-amx.h"
#endif

extern const LikenessKernels likeness_kernels_plain;
#ifdef __x86_64__
extern const LikenessKernels likeness_kernels_avx2;
extern const LikenessKernels likeness_kernels_avx512;
#endif

#ifdef __x86_64__
/* Older compilers have no name for them (Intel SDM, CPUID leaf 7, EDX). */
#define CPUID_AMX_BF16 (1u << 22)
#define CPUID_AMX_TILE (1u << 24)

static gboolean
has_amx (void)
{
  unsigned eax, ebx, ecx, edx;

  return __get_cpuid_count (7, 0, &eax, &ebx, &ecx, &edx) && (edx & CPUID_AMX_BF16) != 0
         && (edx & CPUID_AMX_TILE) != 0;
}

static void
multiply_amx (const LikenessProduct *product)
{
  if (likeness_kernels_amx_fits (product))
    likeness_kernels_amx_multiply (product);
  else
    likeness_kernels_avx512.multiply (product);
}
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

const LikenessKernels *
likeness_kernels_get_bfloat16 (void)
{
#ifdef __x86_64__
  static gsize once;
  static LikenessKernels amx;

  if (g_once_init_enter (&once))
    {
      if (likeness_kernels_get () == &likeness_kernels_avx512 && has_amx ()
          && likeness_kernels_amx_open ())
        {
          amx = likeness_kernels_avx512;
          amx.name = "amx";
          amx.multiply = multiply_amx;
        }
      g_once_init_leave (&once, 1);
    }
  return amx.name != NULL ? &amx : NULL;
#else
  return NULL;
#endif
}
