/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/** A colour of the drawn faces: sRGB, each part 0 to 1. A plain value. */
typedef struct
{
  double red;
  double green;
  double blue;
} LikenessSampleColour;

/** The colour 0xRRGGBB. */
LikenessSampleColour likeness_sample_colour_from_rgb (guint32 rgb);

/** A hue (turns, any number), saturation and value (0 to 1). */
LikenessSampleColour
likeness_sample_colour_from_hsv (double hue, double saturation, double value);

/** @share (0 to 1) of @b, the rest of @a. */
LikenessSampleColour
likeness_sample_colour_mix (LikenessSampleColour a, LikenessSampleColour b, double share);

/** Darker for @amount < 0 (-1: black), lighter for @amount > 0 (1: white). */
LikenessSampleColour likeness_sample_colour_shade (LikenessSampleColour self,
                                                   double amount);

/** Makes it the source of @cr. */
void likeness_sample_colour_use (LikenessSampleColour self, cairo_t *cr, double alpha);

/** Adds it as a stop of @pattern. */
void likeness_sample_colour_stop (LikenessSampleColour self,
                                  cairo_pattern_t *pattern,
                                  double offset,
                                  double alpha);

G_END_DECLS
