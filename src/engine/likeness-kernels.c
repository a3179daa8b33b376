/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-kernels.h"

#if defined(__x86_64__) && defined(__linux__)
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

extern const LikenessKernels likeness_kernels_plain;
#ifdef __x86_64__
extern const LikenessKernels likeness_kernels_avx2;
extern const LikenessKernels likeness_kernels_avx512;
extern const LikenessRoundedKernels likeness_rounded_avx512bf16;
extern const LikenessRoundedKernels likeness_rounded_amx;

static gboolean
has_avx512 (void)
{
  return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512vl")
         && __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512dq")
         && __builtin_cpu_supports ("avx512cd");
}

/* Linux keeps a place for the tiles of a thread only for programs that ask (its
 * Documentation/arch/x86/xstate.rst). */
static gboolean
may_use_tiles (void)
{
#ifdef __linux__
  const long request = 0x1023;              /* ARCH_REQ_XCOMP_PERM */
  const long tile_data = 18;                /* XFEATURE_XTILEDATA */
  const unsigned amx = 1u << 22 | 1u << 24; /* AMX-BF16, AMX-TILE; old compilers do not
                                             * know them by name */
  unsigned eax, ebx, ecx, edx;

  return __get_cpuid_count (7, 0, &eax, &ebx, &ecx, &edx) != 0 && (edx & amx) == amx
         && syscall (SYS_arch_prctl, request, tile_data) == 0;
#else
  return FALSE;
#endif
}

static LikenessKernels
put_together (const LikenessKernels *rest, const LikenessRoundedKernels *own)
{
  LikenessKernels kernels = *rest;

  kernels.name = own->name;
  kernels.multiply = own->multiply;
  kernels.round_columns = own->round_columns;
  return kernels;
}
#endif

guint
likeness_kernels_list (const LikenessKernels **list)
{
  guint n = 0;

#ifdef __x86_64__
  if (has_avx512 ())
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

guint
likeness_kernels_list_bfloat16 (const LikenessKernels **list)
{
  static LikenessKernels kernels[LIKENESS_KERNELS_MAX];
  static gsize n; /* one more than there are */

  if (g_once_init_enter (&n))
    {
      gsize found = 0;

#ifdef __x86_64__
      if (has_avx512 () && __builtin_cpu_supports ("avx512bf16"))
        {
          if (may_use_tiles ())
            kernels[found++]
                = put_together (&likeness_kernels_avx512, &likeness_rounded_amx);
          kernels[found++]
              = put_together (&likeness_kernels_avx512, &likeness_rounded_avx512bf16);
        }
#endif
      g_once_init_leave (&n, found + 1);
    }
  for (gsize i = 0; i + 1 < n; i++)
    list[i] = &kernels[i];
  return (guint)n - 1;
}

const LikenessKernels *
likeness_kernels_get_bfloat16 (void)
{
  const LikenessKernels *list[LIKENESS_KERNELS_MAX];

  return likeness_kernels_list_bfloat16 (list) > 0 ? list[0] : NULL;
}
