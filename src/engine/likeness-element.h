/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** The number types that files store; all are little-endian there. */
typedef enum
{
  LIKENESS_ELEMENT_FLOAT64,
  LIKENESS_ELEMENT_FLOAT32,
  LIKENESS_ELEMENT_FLOAT16,
  LIKENESS_ELEMENT_BFLOAT16,
  LIKENESS_ELEMENT_INT64,
  LIKENESS_ELEMENT_INT32,
  LIKENESS_ELEMENT_INT16,
  LIKENESS_ELEMENT_INT8, /* also what qint8 stores */
  LIKENESS_ELEMENT_UINT8,
  LIKENESS_ELEMENT_BOOL,
} LikenessElement;

/** Bytes of one number, 1 to 8. */
gsize likeness_element_size (LikenessElement element);

/**
 * likeness_element_convert:
 * @bytes: @n numbers, one after the other, of any alignment
 * @out: (out caller-allocates): @n numbers, rounded to nearest where float32 is coarser
 */
void likeness_element_convert (LikenessElement element,
                               const guint8 *bytes,
                               gsize n,
                               float *out);

G_END_DECLS
