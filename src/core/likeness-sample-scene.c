/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-scene.h"

#include <math.h>

#include "likeness-random.h"

/* Bell-shaped around 0, at most 3 * @spread away. */
static double
spread (LikenessRandom *random, double deviation)
{
  double sum = 0.0;

  for (guint i = 0; i < 9; i++)
    sum += likeness_random_uniform (random);
  return CLAMP ((sum - 4.5) / 0.8660254, -3.0, 3.0) * deviation;
}

/* Walls and clothes: mostly calm colours, from orange over green to blue. */
static LikenessSampleColour
pick_colour (LikenessRandom *random, double most_saturated)
{
  double hue = likeness_random_between (random, 0.02, 0.70);
  double saturation = likeness_random_uniform (random);

  return likeness_sample_colour_from_hsv (hue, most_saturated * saturation * saturation,
                                          likeness_random_between (random, 0.14, 0.96));
}

static void
pick_pose (LikenessSampleScene *self, LikenessRandom *random)
{
  self->yaw = CLAMP (spread (random, 0.27), -0.48, 0.48);
  self->pitch = CLAMP (spread (random, 0.12), -0.3, 0.3);
  self->roll = spread (random, 0.07);
  self->zoom = 1.0 + spread (random, 0.05);
  self->shift_x = spread (random, 2.0);
  self->shift_y = spread (random, 2.0);
}

static void
pick_expression (LikenessSampleScene *self, LikenessRandom *random)
{
  self->smile = likeness_random_between (random, -0.25, 1.0);
  self->open = likeness_random_uniform (random) < 0.35
                   ? likeness_random_between (random, 0.2, 1.0)
                   : 0.0;
  self->brow_raise = spread (random, 1.0);
  self->lids = likeness_random_uniform (random) < 0.06
                   ? likeness_random_between (random, 0.06, 0.3)
                   : likeness_random_between (random, 0.78, 1.08);
  self->gaze_x = spread (random, 0.55);
  self->gaze_y = spread (random, 0.3);
}

static void
pick_dress (LikenessSampleScene *self, LikenessRandom *random)
{
  self->glasses_off = likeness_random_uniform (random) < 0.35;
  self->sunglasses = likeness_random_uniform (random) < 0.035;
  self->hat = likeness_random_uniform (random) < 0.12;
  self->hat_colour = pick_colour (random, 0.8);
  self->hair_top = likeness_random_between (random, 0.55, 1.45);
  self->hair_sweep = likeness_random_between (random, 0.2, 1.3);
  self->beard = likeness_random_between (random, 0.55, 1.1);
}

static void
pick_light (LikenessSampleScene *self, LikenessRandom *random)
{
  double turn = likeness_random_between (random, -G_PI, 0.0) * 0.9 - 0.05 * G_PI;

  self->light_x = cos (turn);
  self->light_y = sin (turn);
  self->light = likeness_random_between (random, 0.15, 1.0);
  self->lamp = likeness_sample_colour_from_hsv (
      likeness_random_uniform (random) < 0.5
          ? likeness_random_between (random, 0.04, 0.14)
          : likeness_random_between (random, 0.50, 0.66),
      likeness_random_between (random, 0.0, 0.35), 1.0);
  self->shadow = likeness_random_uniform (random) < 0.28
                     ? likeness_random_between (random, 0.25, 0.55)
                     : 0.0;
  self->shadow_turn = likeness_random_between (random, 0.0, 2.0 * G_PI);
  self->shadow_edge = likeness_random_between (random, -10.0, 26.0);
}

static void
pick_surroundings (LikenessSampleScene *self, LikenessRandom *random)
{
  self->wall = pick_colour (random, 0.7);
  self->wall_far = likeness_random_uniform (random) < 0.5
                       ? pick_colour (random, 0.7)
                       : likeness_sample_colour_shade (
                           self->wall, likeness_random_between (random, -0.45, 0.35));
  self->wall_turn = likeness_random_between (random, 0.0, 2.0 * G_PI);
  self->shapes
      = likeness_random_uniform (random) < 0.6 ? likeness_random_below (random, 7) : 0;
  self->cloth = pick_colour (random, 0.75);
  self->collar = likeness_random_uniform (random);
}

static void
pick_camera (LikenessSampleScene *self, LikenessRandom *random)
{
  double warm = spread (random, 0.075);

  self->exposure = exp (spread (random, 0.18));
  self->contrast = 1.0 + spread (random, 0.12);
  self->saturation = CLAMP (1.0 + spread (random, 0.20), 0.3, 1.4);
  self->gain[0] = 1.0 + warm;
  self->gain[1] = 1.0 + spread (random, 0.035);
  self->gain[2] = 1.0 - warm;
  self->blur = likeness_random_uniform (random) < 0.35
                   ? likeness_random_between (random, 0.4, 0.95)
                   : likeness_random_between (random, 0.0, 0.35);
  self->noise = likeness_random_uniform (random) < 0.4
                    ? likeness_random_between (random, 2.0, 6.0)
                    : likeness_random_between (random, 0.0, 2.0);
}

/* The picture that a list shows of the person: straight, well lit, as usually dressed. */
static void
make_portrait (LikenessSampleScene *self)
{
  self->yaw *= 0.4;
  self->pitch *= 0.4;
  self->roll *= 0.4;
  self->lids = MAX (self->lids, 0.9);
  self->glasses_off = self->sunglasses = self->hat = FALSE;
  self->light *= 0.6;
  self->shadow = 0.0;
  self->exposure = sqrt (self->exposure);
  for (guint c = 0; c < G_N_ELEMENTS (self->gain); c++)
    self->gain[c] = sqrt (self->gain[c]);
  self->blur = MIN (self->blur, 0.2);
  self->noise = MIN (self->noise, 1.0);
}

void
likeness_sample_scene_init (LikenessSampleScene *self,
                            guint64 seed,
                            guint subject,
                            guint face)
{
  LikenessRandom random = likeness_random_new (seed, 0x7363656e, subject, face);

  *self = (LikenessSampleScene){.grain = likeness_random_next (&random)};
  pick_pose (self, &random);
  pick_expression (self, &random);
  pick_dress (self, &random);
  pick_light (self, &random);
  pick_surroundings (self, &random);
  pick_camera (self, &random);
  if (face == 0)
    make_portrait (self);
}
