/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-sample-colour.h"

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_SAMPLE_BEARD_NONE,
  LIKENESS_SAMPLE_BEARD_STUBBLE,
  LIKENESS_SAMPLE_BEARD_MOUSTACHE,
  LIKENESS_SAMPLE_BEARD_GOATEE,
  LIKENESS_SAMPLE_BEARD_FULL,
} LikenessSampleBeard;

typedef enum
{
  LIKENESS_SAMPLE_GLASSES_NONE,
  LIKENESS_SAMPLE_GLASSES_ROUND,
  LIKENESS_SAMPLE_GLASSES_SQUARE,
  LIKENESS_SAMPLE_GLASSES_HALF,
} LikenessSampleGlasses;

/** How a head of hair is cut; lengths in units of the picture (one 112th of its side). */
typedef struct
{
  double top;        /* how far it stands off the crown */
  double side;       /* and off the temples */
  double burns;      /* how far down it grows beside the face, 0 at the eyes */
  double fringe;     /* how far it hangs into the forehead */
  double sweep;      /* how far the fringe falls to one side of the parting */
  double recede;     /* how deep the corners of the forehead are */
  double back;       /* how far down it hangs behind the face; 0: not at all */
  double back_width; /* how far it stands off the cheeks there */
  double wave;       /* height of its waves */
  double curl;       /* radius of its curls; 0: straight */
  double cover;      /* how much skin it hides, 0 to 1 */
} LikenessSampleHair;

/**
 * LikenessSamplePerson:
 *
 * What makes a drawn person this person and stays the same in all pictures: lengths in
 * units of the picture, the origin between the eyes, y downwards. A plain value.
 */
typedef struct
{
  guint64 grain; /* stream of what is drawn at random but the same in each picture */

  LikenessSampleColour skin;
  LikenessSampleColour hair_colour;
  LikenessSampleColour iris;
  LikenessSampleColour lips;
  LikenessSampleColour frame;

  double width; /* half the head's, at the eyes */
  double jaw;   /* half the head's, at the mouth */
  double chin;  /* how broad the chin is */
  double chin_y;
  double crown_y;

  double eye_x;
  double eye_width;
  double eye_height;
  double eye_tilt;
  double lash;
  double socket;

  double brow_y;
  double brow_width;
  double brow_thickness;
  double brow_arch;
  double brow_tilt;

  double nose_length;
  double nose_width;
  double nose_bridge;

  double mouth_y;
  double mouth_width;
  double upper_lip;
  double lower_lip;

  double ear_size;
  double ear_out;

  double age; /* lines in the face, 0 to 1 */
  guint freckles;
  gboolean mole;
  double mole_x;
  double mole_y;

  LikenessSampleHair hair;
  double hairline;
  double part; /* -1 to 1, where the parting is */

  LikenessSampleBeard beard;
  LikenessSampleGlasses glasses;
  double glasses_size;
} LikenessSamplePerson;

/** The person that (seed, subject) stands for. */
void
likeness_sample_person_init (LikenessSamplePerson *self, guint64 seed, guint subject);

G_END_DECLS
