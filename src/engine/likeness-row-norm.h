/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LikenessRowNorm LikenessRowNorm;

/**
 * LikenessRowNorm:
 * @forward: y = (x - mean) / sqrt (variance + 1e-6) over each of @n_rows rows; the factor
 *   1 / sqrt of a row is written to @scales
 * @backward: from the gradient @dy of y, and what @forward wrote, the gradient @dx of x
 *
 * Kernels of a device for rows of one length, dense, in float or bfloat16. All pointers
 * are the device's. What goes wrong is thrown.
 */
struct _LikenessRowNorm
{
  void (*forward) (
      const LikenessRowNorm *self, const void *x, void *y, float *scales, guint64 n_rows);
  void (*backward) (const LikenessRowNorm *self,
                    const void *dy,
                    const void *y,
                    const float *scales,
                    void *dx,
                    guint64 n_rows);
};

G_END_DECLS
