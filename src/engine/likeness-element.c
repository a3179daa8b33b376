/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-element.h"

#include <math.h>
#include <string.h>

gsize
likeness_element_size (LikenessElement element)
{
  static const gsize sizes[] = {8, 4, 2, 2, 8, 4, 2, 1, 1, 1};

  g_return_val_if_fail (element < G_N_ELEMENTS (sizes), 1);
  return sizes[element];
}

static float
float_from_bits (guint32 bits)
{
  float value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static double
double_from_bits (guint64 bits)
{
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction. */
static float
float_from_half (guint16 half)
{
  guint32 sign = (guint32)(half & 0x8000) << 16;
  guint32 exponent = (half >> 10) & 0x1f;
  guint32 fraction = half & 0x3ff;

  if (exponent == 0x1f)
    return float_from_bits (sign | 0x7f800000 | fraction << 13);
  if (exponent == 0)
    return copysignf (ldexpf ((float)fraction, -24), float_from_bits (sign));
  return float_from_bits (sign | (exponent + 112) << 23 | fraction << 13);
}

static guint64
read_little_endian (const guint8 *bytes, gsize size)
{
  guint64 value = 0;

  for (gsize i = 0; i < size; i++)
    value |= (guint64)bytes[i] << (8 * i);
  return value;
}

static float
convert_one (LikenessElement element, guint64 bits)
{
  switch (element)
    {
    case LIKENESS_ELEMENT_FLOAT64:
      return (float)double_from_bits (bits);
    case LIKENESS_ELEMENT_FLOAT32:
      return float_from_bits ((guint32)bits);
    case LIKENESS_ELEMENT_FLOAT16:
      return float_from_half ((guint16)bits);
    case LIKENESS_ELEMENT_BFLOAT16:
      return float_from_bits ((guint32)bits << 16);
    case LIKENESS_ELEMENT_INT64:
      return (float)(gint64)bits;
    case LIKENESS_ELEMENT_INT32:
      return (float)(gint32)bits;
    case LIKENESS_ELEMENT_INT16:
      return (float)(gint16)bits;
    case LIKENESS_ELEMENT_INT8:
      return (float)(gint8)bits;
    case LIKENESS_ELEMENT_UINT8:
      return (float)(guint8)bits;
    case LIKENESS_ELEMENT_BOOL:
      return bits != 0 ? 1.0f : 0.0f;
    default:
      g_return_val_if_reached (0.0f);
    }
}

void
likeness_element_convert (LikenessElement element,
                          const guint8 *bytes,
                          gsize n,
                          float *out)
{
  gsize size = likeness_element_size (element);

  for (gsize i = 0; i < n; i++)
    out[i] = convert_one (element, read_little_endian (bytes + i * size, size));
}
