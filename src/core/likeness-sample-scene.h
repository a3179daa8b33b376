/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-sample-colour.h"

G_BEGIN_DECLS

/**
 * LikenessSampleScene:
 *
 * What differs from picture to picture of one drawn person, and says nothing of who it
 * is: pose, expression, light, surroundings and camera. A plain value.
 */
typedef struct
{
  guint64 grain; /* stream of the backdrop's shapes and the camera's noise */

  /* Pose: radians, and units of the picture. */
  double yaw;
  double pitch;
  double roll;
  double zoom;
  double shift_x;
  double shift_y;

  /* Expression: 0 is at rest. */
  double smile;
  double open;
  double brow_raise;
  double lids; /* 1: as open as this person's eyes are */
  double gaze_x;
  double gaze_y;

  /* Dress, and how the hair lies today: factors of what the person's cut has. */
  gboolean glasses_off;
  gboolean sunglasses;
  gboolean hat;
  LikenessSampleColour hat_colour;
  double hair_top;
  double hair_sweep;
  double beard;

  /* Light: where it comes from (a unit vector), how strong and of which colour. */
  double light_x;
  double light_y;
  double light;
  LikenessSampleColour lamp;
  double shadow; /* of something outside the picture; 0: none */
  double shadow_turn;
  double shadow_edge;

  /* Surroundings. */
  LikenessSampleColour wall;
  LikenessSampleColour wall_far;
  double wall_turn;
  guint shapes;
  LikenessSampleColour cloth;
  double collar;

  /* Camera. */
  double exposure;
  double contrast;
  double saturation;
  double gain[3]; /* red, green, blue: the colour cast */
  double blur;    /* standard deviation in units of the picture */
  double noise;   /* standard deviation in grey levels */
} LikenessSampleScene;

/** The circumstances that (seed, subject, face) stands for; face 0 is a calm portrait. */
void likeness_sample_scene_init (LikenessSampleScene *self,
                                 guint64 seed,
                                 guint subject,
                                 guint face);

G_END_DECLS
