/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-kernels.h"

G_BEGIN_DECLS

/* To be called on a processor with AMX and its bfloat16 alone. */

/** Asks the system for the tiles, for all threads of the process: once, before the
 * others. */
gboolean likeness_kernels_amx_open (void);
/** Whether multiply can carry out @p: its sums are not too long, and a lies one way or
 * the other without gaps. */
gboolean likeness_kernels_amx_fits (const LikenessProduct *p);
/** As LikenessKernels.multiply, both sides rounded to bfloat16. */
void likeness_kernels_amx_multiply (const LikenessProduct *p);

G_END_DECLS
