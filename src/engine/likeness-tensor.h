/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LIKENESS_TENSOR_MAX_DIMS 8
/** No file that is read here may claim more numbers, in one tensor or in all (1 GiB). */
#define LIKENESS_TENSOR_MAX_NUMBERS (G_GUINT64_CONSTANT (1) << 28)

/** A named float32 tensor, contiguous, row-major. */
typedef struct
{
  char *name;
  int n_dims;
  gint64 shape[LIKENESS_TENSOR_MAX_DIMS];
  gsize n;     /* numbers */
  float *data; /* owned */
} LikenessTensor;

/**
 * likeness_tensor_count:
 * @n: (out): the product of @shape; 1 where there are no dimensions
 *
 * Returns: %FALSE where @shape has too many dimensions, a negative one, or more than
 *   %LIKENESS_TENSOR_MAX_NUMBERS numbers
 */
gboolean likeness_tensor_count (int n_dims, const gint64 *shape, gsize *n);

/**
 * likeness_tensor_new:
 * @name: (nullable)
 * @shape: @n_dims lengths
 *
 * Returns: (transfer full) (nullable): all zero, or %NULL where likeness_tensor_count()
 *   refuses @shape or the memory does not suffice
 */
LikenessTensor *likeness_tensor_new (const char *name,
                                     int n_dims,
                                     const gint64 *shape) G_GNUC_WARN_UNUSED_RESULT;
void likeness_tensor_free (LikenessTensor *self);

/** The shape as people write it, "[24, 3, 4, 4]": (transfer full). */
char *likeness_tensor_format_shape (int n_dims,
                                    const gint64 *shape) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessTensor, likeness_tensor_free)

G_END_DECLS
