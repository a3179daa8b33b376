/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample-pen.h"

#include <math.h>

#define DEPTH 30.0    /* how far the middle of the face stands out from its rim */
#define MIDDLE 16.0   /* the point of the face that a turn keeps in place, nearly */
#define FOLLOW 0.72   /* how nearly: a cropped face is centred on its features */
#define ORIGIN_X 56.0 /* where the point between the eyes is in the picture */
#define ORIGIN_Y 53.0

double
likeness_sample_pen_depth (const LikenessSamplePen *self, double x, double y)
{
  double across = x / (self->person->width * 1.04);
  double down = (y - 4.0) / 62.0;

  return DEPTH * sqrt (MAX (0.0, 1.0 - across * across - down * down));
}

/* The turned point in units of the face, before it is placed in the picture. */
static void
turn (const LikenessSampleScene *scene, double *x, double *y, double z)
{
  double deep = -*x * sin (scene->yaw) + z * cos (scene->yaw);
  double across = *x * cos (scene->yaw) + z * sin (scene->yaw);
  double down = *y * cos (scene->pitch) + deep * sin (scene->pitch);

  *x = across * cos (scene->roll) - down * sin (scene->roll);
  *y = across * sin (scene->roll) + down * cos (scene->roll);
}

void
likeness_sample_pen_init (LikenessSamplePen *self,
                          cairo_t *cr,
                          const LikenessSamplePerson *person,
                          const LikenessSampleScene *scene)
{
  double x = 0.0, y = MIDDLE;

  self->cr = cr;
  self->person = person;
  self->scene = scene;
  turn (scene, &x, &y, likeness_sample_pen_depth (self, 0.0, MIDDLE));
  self->centre_x = x * FOLLOW;
  self->centre_y = (y - MIDDLE) * FOLLOW;
}

void
likeness_sample_pen_project (
    const LikenessSamplePen *self, double x, double y, double z, double *px, double *py)
{
  turn (self->scene, &x, &y, z);
  *px = ORIGIN_X + self->scene->shift_x + self->scene->zoom * (x - self->centre_x);
  *py = ORIGIN_Y + self->scene->shift_y + self->scene->zoom * (y - self->centre_y);
}

void
likeness_sample_pen_move (const LikenessSamplePen *self, double x, double y, double z)
{
  likeness_sample_pen_project (self, x, y, z, &x, &y);
  cairo_move_to (self->cr, x, y);
}

void
likeness_sample_pen_line (const LikenessSamplePen *self, double x, double y, double z)
{
  likeness_sample_pen_project (self, x, y, z, &x, &y);
  cairo_line_to (self->cr, x, y);
}

void
likeness_sample_pen_curve (const LikenessSamplePen *self,
                           double x1,
                           double y1,
                           double x2,
                           double y2,
                           double x3,
                           double y3,
                           double z)
{
  likeness_sample_pen_project (self, x1, y1, z, &x1, &y1);
  likeness_sample_pen_project (self, x2, y2, z, &x2, &y2);
  likeness_sample_pen_project (self, x3, y3, z, &x3, &y3);
  cairo_curve_to (self->cr, x1, y1, x2, y2, x3, y3);
}

void
likeness_sample_pen_lean (const LikenessSamplePen *self, double x, double y, double lift)
{
  double depth = likeness_sample_pen_depth (self, x, y) + lift;
  cairo_matrix_t matrix;
  double left, right, above, below, unused;

  /* The slope of the surface, taken over a few units so that it stays smooth. */
  likeness_sample_pen_project (self, x, y, depth, &matrix.x0, &matrix.y0);
  likeness_sample_pen_project (self, x - 3.0, y,
                               likeness_sample_pen_depth (self, x - 3.0, y) + lift, &left,
                               &unused);
  likeness_sample_pen_project (self, x + 3.0, y,
                               likeness_sample_pen_depth (self, x + 3.0, y) + lift,
                               &right, &unused);
  likeness_sample_pen_project (self, x, y - 3.0, depth, &unused, &above);
  likeness_sample_pen_project (self, x, y + 3.0, depth, &unused, &below);

  matrix.xx = MAX ((right - left) / 6.0, 0.35 * self->scene->zoom);
  matrix.yy = MAX ((below - above) / 6.0, 0.35 * self->scene->zoom);
  matrix.yx = matrix.xx * tan (self->scene->roll);
  matrix.xy = -matrix.yy * tan (self->scene->roll);
  cairo_save (self->cr);
  cairo_transform (self->cr, &matrix);
}

void
likeness_sample_pen_head (const LikenessSamplePen *self)
{
  const LikenessSamplePerson *p = self->person;
  double temple = p->crown_y * 0.62;

  cairo_new_path (self->cr);
  likeness_sample_pen_move (self, 0.0, p->crown_y, 0.0);
  for (int side = 1; side >= -1; side -= 2)
    {
      double w = p->width * side, j = p->jaw * side, c = p->chin * side;

      if (side > 0)
        {
          likeness_sample_pen_curve (self, w * 0.62, p->crown_y, w, temple, w, -4.0, 0.0);
          likeness_sample_pen_curve (self, w, 10.0, j + 2.0, p->mouth_y - 16.0, j,
                                     p->mouth_y - 4.0, 2.0);
          likeness_sample_pen_curve (self, j - 3.0, p->mouth_y + 8.0, c, p->chin_y, 0.0,
                                     p->chin_y, 9.0);
        }
      else
        {
          likeness_sample_pen_curve (self, c, p->chin_y, j + 3.0, p->mouth_y + 8.0, j,
                                     p->mouth_y - 4.0, 2.0);
          likeness_sample_pen_curve (self, j - 2.0, p->mouth_y - 16.0, w, 10.0, w, -4.0,
                                     0.0);
          likeness_sample_pen_curve (self, w, temple, w * 0.62, p->crown_y, 0.0,
                                     p->crown_y, 0.0);
        }
    }
  cairo_close_path (self->cr);
}

void
likeness_sample_pen_ellipse (
    const LikenessSamplePen *self, double x, double y, double width, double height)
{
  cairo_t *cr = self->cr;

  cairo_new_path (cr);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, MAX (width, 0.05), MAX (height, 0.05));
  cairo_arc (cr, 0.0, 0.0, 1.0, 0.0, 2.0 * G_PI);
  cairo_restore (cr);
}

void
likeness_sample_pen_glow (const LikenessSamplePen *self,
                          double x,
                          double y,
                          double width,
                          double height,
                          LikenessSampleColour colour,
                          double alpha)
{
  cairo_t *cr = self->cr;
  cairo_pattern_t *spot = cairo_pattern_create_radial (0.0, 0.0, 0.0, 0.0, 0.0, 1.0);

  likeness_sample_colour_stop (colour, spot, 0.0, alpha);
  likeness_sample_colour_stop (colour, spot, 0.45, alpha * 0.62);
  likeness_sample_colour_stop (colour, spot, 1.0, 0.0);
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, MAX (width, 0.05), MAX (height, 0.05));
  cairo_set_source (cr, spot);
  cairo_new_path (cr);
  cairo_arc (cr, 0.0, 0.0, 1.0, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (spot);
}
