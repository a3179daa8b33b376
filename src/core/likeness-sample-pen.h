/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <cairo.h>

#include "likeness-sample-person.h"
#include "likeness-sample-scene.h"

G_BEGIN_DECLS

/**
 * LikenessSamplePen:
 *
 * Draws on a head that is turned: points are given on the person's face as seen from
 * the front (see #LikenessSamplePerson) with their depth, and land where the turned head
 * has them. Borrows everything. A plain value.
 */
typedef struct
{
  cairo_t *cr;
  const LikenessSamplePerson *person;
  const LikenessSampleScene *scene;
  double centre_x; /* what the turn moved the middle of the face by */
  double centre_y;
} LikenessSamplePen;

void likeness_sample_pen_init (LikenessSamplePen *self,
                               cairo_t *cr,
                               const LikenessSamplePerson *person,
                               const LikenessSampleScene *scene);

/** How far the face's surface stands out at (x, y). */
double likeness_sample_pen_depth (const LikenessSamplePen *self, double x, double y);

/** Where the point (x, y, z) lands in the picture. */
void likeness_sample_pen_project (
    const LikenessSamplePen *self, double x, double y, double z, double *px, double *py);

void
likeness_sample_pen_move (const LikenessSamplePen *self, double x, double y, double z);
void
likeness_sample_pen_line (const LikenessSamplePen *self, double x, double y, double z);

/** A Bézier curve; all three points at depth @z. */
void likeness_sample_pen_curve (const LikenessSamplePen *self,
                                double x1,
                                double y1,
                                double x2,
                                double y2,
                                double x3,
                                double y3,
                                double z);

/**
 * likeness_sample_pen_lean:
 *
 * Saves the state of the cairo context and lays its coordinates on the face: the origin
 * at (x, y), @lift above the surface, and as foreshortened as the face is there. Undo
 * with cairo_restore().
 */
void
likeness_sample_pen_lean (const LikenessSamplePen *self, double x, double y, double lift);

/** Replaces the path by the head's outline. */
void likeness_sample_pen_head (const LikenessSamplePen *self);

/** Replaces the path by an ellipse of the current coordinates. */
void likeness_sample_pen_ellipse (
    const LikenessSamplePen *self, double x, double y, double width, double height);

/** A soft round spot of the current coordinates: @colour fades out towards its rim. */
void likeness_sample_pen_glow (const LikenessSamplePen *self,
                               double x,
                               double y,
                               double width,
                               double height,
                               LikenessSampleColour colour,
                               double alpha);

G_END_DECLS
