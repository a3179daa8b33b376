/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-augmentation.h"

#include <math.h>

#include "likeness-random.h"

#define BRIGHTNESS 0.07
#define CONTRAST 0.07
#define SATURATION 0.05
#define HUE 0.02
#define ROTATION (5 * G_PI / 180)

/* Keeps the streams of one seed apart. */
enum
{
  STREAM_ORDER = 1,
  STREAM_FACE,
};

static float
around (LikenessRandom *random, double middle, double spread)
{
  return (float)(middle + spread * (2 * likeness_random_uniform (random) - 1));
}

LikenessAugmentation
likeness_augmentation_draw (
    guint64 seed, guint epoch, guint32 face, gboolean augment, double mix_high)
{
  LikenessRandom random = likeness_random_new (seed, STREAM_FACE, epoch, face);
  LikenessAugmentation self = {.brightness = 1, .contrast = 1, .saturation = 1};

  self.use_best = likeness_random_uniform (&random) < mix_high;
  if (!augment)
    return self;
  self.flip = likeness_random_uniform (&random) < 0.5;
  self.brightness = around (&random, 1, BRIGHTNESS);
  self.contrast = around (&random, 1, CONTRAST);
  self.saturation = around (&random, 1, SATURATION);
  self.hue = around (&random, 0, HUE);
  self.angle = around (&random, 0, ROTATION);
  return self;
}

void
likeness_augmentation_order (guint64 seed, guint epoch, guint32 *order, gsize n)
{
  LikenessRandom random = likeness_random_new (seed, STREAM_ORDER, epoch, 0);

  for (gsize i = 0; i < n; i++)
    order[i] = (guint32)i;
  likeness_random_shuffle (&random, order, n);
}
