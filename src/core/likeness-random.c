/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-random.h"

/* The odd integer nearest to 2^64 divided by the golden ratio. */
#define GOLDEN_GAMMA G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
mix (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

LikenessRandom
likeness_random_new (guint64 seed, guint64 a, guint64 b, guint64 c)
{
  const guint64 parts[] = {seed, a, b, c};
  guint64 state = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    state = mix ((state ^ parts[i]) + GOLDEN_GAMMA);
  return (LikenessRandom){.state = state};
}

guint64
likeness_random_next (LikenessRandom *self)
{
  self->state += GOLDEN_GAMMA;
  return mix (self->state);
}

double
likeness_random_uniform (LikenessRandom *self)
{
  return (likeness_random_next (self) >> 11) * 0x1.0p-53;
}

double
likeness_random_between (LikenessRandom *self, double low, double high)
{
  return low + (high - low) * likeness_random_uniform (self);
}

guint64
likeness_random_below (LikenessRandom *self, guint64 n)
{
  guint64 surplus, number;

  g_return_val_if_fail (n > 0, 0);

  /* 2^64 mod n: that many numbers at the low end would make the first results likelier.
   */
  surplus = -n % n;
  do
    number = likeness_random_next (self);
  while (number < surplus);
  return number % n;
}

void
likeness_random_shuffle (LikenessRandom *self, guint32 *values, gsize n)
{
  for (gsize i = n; i > 1; i--)
    {
      gsize j = likeness_random_below (self, i);
      guint32 value = values[i - 1];

      values[i - 1] = values[j];
      values[j] = value;
    }
}
