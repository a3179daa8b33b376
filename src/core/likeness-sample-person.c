/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-person.h"

#include <math.h>

#include "likeness-random.h"

/* Hair that people wear: from FIRST_WITHOUT_BEARD on for faces without a beard alone,
 * before FIRST_FOR_ALL for the others alone. */
static const LikenessSampleHair haircuts[] = {
    /* top  side  burns fringe sweep recede back width wave curl cover */
    {0.0, 0.0, -8.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.00},    /* bald */
    {1.0, 0.6, 2.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0, 0.80},     /* cropped */
    {11.0, 1.5, 3.0, 0.0, -3.0, 4.0, 0.0, 0.0, 1.0, 0.0, 1.00},   /* brushed up */
    {3.0, 2.5, 5.0, -6.0, 0.0, 13.0, 0.0, 0.0, 0.0, 0.0, 0.92},   /* receding */
    {5.0, 2.0, 4.0, 2.0, 7.0, 2.0, 0.0, 0.0, 0.0, 0.0, 1.00},     /* parted */
    {5.0, 3.0, 5.0, 12.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.00},    /* fringe */
    {7.0, 5.0, 4.0, 3.0, 2.0, 0.0, 0.0, 0.0, 0.0, 4.2, 1.00},     /* curly */
    {15.0, 14.0, 8.0, 0.0, 0.0, 0.0, 18.0, 12.0, 0.0, 5.0, 1.00}, /* afro */
    {5.0, 5.0, 12.0, 4.0, 9.0, 0.0, 34.0, 9.0, 0.0, 0.0, 1.00},   /* bob */
    {4.0, 3.0, 14.0, 0.0, 8.0, 0.0, 70.0, 7.0, 0.0, 0.0, 1.00},   /* long */
    {6.0, 5.0, 13.0, 3.0, 7.0, 0.0, 68.0, 12.0, 2.6, 0.0, 1.00},  /* long, wavy */
    {2.5, 1.0, 2.0, 0.0, -2.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.00},    /* tied back */
};
#define FIRST_FOR_ALL 5
#define FIRST_WITHOUT_BEARD 8

/* As likeness_random_between(), but the middle is likelier than the ends. */
static double
around (LikenessRandom *random, double low, double high)
{
  double mean
      = (likeness_random_uniform (random) + likeness_random_uniform (random)) / 2.0;

  return low + (high - low) * mean;
}

/* The turns of a circle by an irrational share, from a start that @seed and @trait give:
 * neighbours are far apart and all of [0, 1) is met evenly, so that a few people are as
 * mixed as many are. */
static double
even (guint64 seed, guint64 trait, guint subject, double share)
{
  LikenessRandom start = likeness_random_new (seed, 0x6576656e, trait, 0);
  double turns = likeness_random_uniform (&start) + subject * share;

  return turns - floor (turns);
}

static LikenessSampleColour
pick_skin (double tone)
{
  static const guint32 tones[] = {
      0xf3d3bd, 0xe9bf9f, 0xdcaa84, 0xc58f66, 0xa3704a, 0x7c5236, 0x5d3c2a,
  };
  double at = tone * (G_N_ELEMENTS (tones) - 1.001);
  guint first = (guint)at;

  return likeness_sample_colour_mix (likeness_sample_colour_from_rgb (tones[first]),
                                     likeness_sample_colour_from_rgb (tones[first + 1]),
                                     at - first);
}

static LikenessSampleColour
pick_hair_colour (LikenessRandom *random, double tone, gboolean old)
{
  static const guint32 colours[] = {
      0x1d1817, 0x2c201b, 0x452d1f, 0x6a4529, 0x92663c, 0xb98d52, 0xd8b97c, 0x9a4a24,
  };
  static const guint32 greys[] = {0x8b8885, 0xb3b0ac, 0xd8d5d0};
  guint n = tone > 0.55 ? 3 : tone > 0.35 ? 5 : G_N_ELEMENTS (colours);

  if (old)
    return likeness_sample_colour_from_rgb (
        greys[likeness_random_below (random, G_N_ELEMENTS (greys))]);
  return likeness_sample_colour_from_rgb (colours[likeness_random_below (random, n)]);
}

static LikenessSampleColour
pick_iris (LikenessRandom *random, double tone)
{
  static const guint32 colours[]
      = {0x3b2417, 0x5a3a22, 0x7d5a2e, 0x5c7147, 0x4d7ea8, 0x7f96a3};
  guint n = tone > 0.5 ? 2 : G_N_ELEMENTS (colours);

  return likeness_sample_colour_from_rgb (colours[likeness_random_below (random, n)]);
}

static LikenessSampleColour
pick_frame (LikenessRandom *random)
{
  static const guint32 colours[]
      = {0x1a1a1d, 0x3a2418, 0x6b6e74, 0x8a1f2b, 0x23365c, 0xa8843f};

  return likeness_sample_colour_from_rgb (
      colours[likeness_random_below (random, G_N_ELEMENTS (colours))]);
}

/* @soft: 0 for an angular face, 1 for a rounded one. */
static void
shape_face (LikenessSamplePerson *self, LikenessRandom *random, double soft)
{
  self->width = around (random, 30.5, 38.5);
  self->jaw = self->width * (around (random, 0.76, 0.98) - 0.06 * soft);
  self->chin = self->jaw * (around (random, 0.34, 0.84) - 0.12 * soft);
  self->chin_y = around (random, 46.0, 61.0) - 2.0 * soft;
  self->crown_y = around (random, -50.0, -41.0);

  self->eye_x = around (random, 13.8, 19.0);
  self->eye_width = around (random, 5.8, 8.8);
  self->eye_height = around (random, 2.4, 5.0) + 0.6 * soft;
  self->eye_tilt = around (random, -0.20, 0.20) - 0.04 * soft;
  self->lash = 0.9 + 1.1 * soft * likeness_random_between (random, 0.4, 1.0);
  self->socket = likeness_random_between (random, 0.05, 0.34);

  self->brow_y = around (random, -13.5, -6.8) - 1.0 * soft;
  self->brow_width = around (random, 8.0, 12.5);
  self->brow_thickness = likeness_random_between (random, 1.2, 4.6) * (1.0 - 0.35 * soft);
  self->brow_arch = around (random, -0.5, 5.0);
  self->brow_tilt = around (random, -0.22, 0.22);

  self->nose_length = around (random, 17.0, 27.0);
  self->nose_width = around (random, 4.8, 10.6) - 1.0 * soft;
  self->nose_bridge = likeness_random_between (random, 1.6, 3.6);

  self->mouth_y = self->nose_length + around (random, 9.5, 16.0);
  self->mouth_y = MIN (self->mouth_y, self->chin_y - 11.0);
  self->mouth_width = around (random, 9.0, 17.5);
  self->upper_lip = around (random, 1.2, 4.2) + 0.5 * soft;
  self->lower_lip = around (random, 1.6, 5.4) + 0.5 * soft;

  self->ear_size = around (random, 6.5, 11.0);
  self->ear_out = around (random, 0.5, 5.0);
}

static LikenessSampleBeard
pick_beard (LikenessRandom *random)
{
  double chance = likeness_random_uniform (random);

  return chance < 0.38   ? LIKENESS_SAMPLE_BEARD_NONE
         : chance < 0.54 ? LIKENESS_SAMPLE_BEARD_STUBBLE
         : chance < 0.68 ? LIKENESS_SAMPLE_BEARD_MOUSTACHE
         : chance < 0.82 ? LIKENESS_SAMPLE_BEARD_GOATEE
                         : LIKENESS_SAMPLE_BEARD_FULL;
}

static void
cut_hair (LikenessSamplePerson *self,
          LikenessRandom *random,
          double choice,
          gboolean bearded_kind)
{
  /* The first few are for one kind of face, the last few for the other, some for both. */
  guint first = bearded_kind ? 0 : FIRST_FOR_ALL;
  guint n = bearded_kind ? FIRST_WITHOUT_BEARD : G_N_ELEMENTS (haircuts) - FIRST_FOR_ALL;

  self->hair = haircuts[first + (guint)(choice * n)];
  self->hair.top *= likeness_random_between (random, 0.75, 1.25);
  self->hair.side *= likeness_random_between (random, 0.75, 1.25);
  self->hair.fringe *= likeness_random_between (random, 0.7, 1.15);
  self->hair.sweep *= likeness_random_between (random, 0.6, 1.3)
                      * (likeness_random_below (random, 2) ? 1 : -1);
  self->hair.recede *= likeness_random_between (random, 0.6, 1.3);
  self->hair.curl *= likeness_random_between (random, 0.8, 1.3);
  self->hair.back *= likeness_random_between (random, 0.85, 1.1);
  self->hairline = around (random, -35.0, -24.0);
  self->part = likeness_random_between (random, 0.15, 0.6)
               * (self->hair.sweep < 0.0 ? 1.0 : -1.0);
}

void
likeness_sample_person_init (LikenessSamplePerson *self, guint64 seed, guint subject)
{
  LikenessRandom stream = likeness_random_new (seed, 0x70657273, subject, 0);
  LikenessRandom *random = &stream;
  gboolean bearded_kind = subject % 2 == 0;
  double tone = even (seed, 1, subject, 0.6180339887);
  double redness;

  *self = (LikenessSamplePerson){.grain = likeness_random_next (random)};
  self->age = even (seed, 2, subject, 0.7548776662);
  self->skin = pick_skin (tone);
  self->hair_colour = pick_hair_colour (random, tone, self->age > 0.84);
  self->iris = pick_iris (random, tone);
  shape_face (self, random, bearded_kind ? 0.0 : 1.0);
  cut_hair (self, random, even (seed, 3, subject / 2, 0.6180339887), bearded_kind);

  redness = likeness_random_between (random, 0.15, bearded_kind ? 0.4 : 0.85);
  self->lips
      = likeness_sample_colour_mix (likeness_sample_colour_shade (self->skin, -0.22),
                                    likeness_sample_colour_from_rgb (0xb23a48), redness);
  if (bearded_kind)
    self->beard = pick_beard (random);

  if (likeness_random_uniform (random) < 0.36)
    self->glasses = LIKENESS_SAMPLE_GLASSES_ROUND + likeness_random_below (random, 3);
  self->glasses_size = likeness_random_between (random, 0.9, 1.18);
  self->frame = pick_frame (random);
  if (tone < 0.4 && likeness_random_uniform (random) < 0.25)
    self->freckles = 18 + likeness_random_below (random, 26);
  self->mole = likeness_random_uniform (random) < 0.25;
  self->mole_x = likeness_random_between (random, 8.0, 20.0)
                 * (likeness_random_below (random, 2) ? 1 : -1);
  self->mole_y = likeness_random_between (random, 14.0, 34.0);
}
