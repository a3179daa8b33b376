/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-colour.h"

#include <math.h>

LikenessSampleColour
likeness_sample_colour_from_rgb (guint32 rgb)
{
  return (LikenessSampleColour){
      .red = ((rgb >> 16) & 0xff) / 255.0,
      .green = ((rgb >> 8) & 0xff) / 255.0,
      .blue = (rgb & 0xff) / 255.0,
  };
}

static double
part_of_hue (double hue)
{
  double turn = 6.0 * (hue - floor (hue));

  return CLAMP (fabs (turn - 3.0) - 1.0, 0.0, 1.0);
}

LikenessSampleColour
likeness_sample_colour_from_hsv (double hue, double saturation, double value)
{
  return (LikenessSampleColour){
      .red = value * (1.0 - saturation * (1.0 - part_of_hue (hue))),
      .green = value * (1.0 - saturation * (1.0 - part_of_hue (hue - 1.0 / 3.0))),
      .blue = value * (1.0 - saturation * (1.0 - part_of_hue (hue - 2.0 / 3.0))),
  };
}

LikenessSampleColour
likeness_sample_colour_mix (LikenessSampleColour a, LikenessSampleColour b, double share)
{
  return (LikenessSampleColour){
      .red = a.red + (b.red - a.red) * share,
      .green = a.green + (b.green - a.green) * share,
      .blue = a.blue + (b.blue - a.blue) * share,
  };
}

LikenessSampleColour
likeness_sample_colour_shade (LikenessSampleColour self, double amount)
{
  double end = amount < 0.0 ? 0.0 : 1.0;

  return likeness_sample_colour_mix (self, (LikenessSampleColour){end, end, end},
                                     fabs (amount));
}

void
likeness_sample_colour_use (LikenessSampleColour self, cairo_t *cr, double alpha)
{
  cairo_set_source_rgba (cr, self.red, self.green, self.blue, alpha);
}

void
likeness_sample_colour_stop (LikenessSampleColour self,
                             cairo_pattern_t *pattern,
                             double offset,
                             double alpha)
{
  cairo_pattern_add_color_stop_rgba (pattern, offset, self.red, self.green, self.blue,
                                     alpha);
}
