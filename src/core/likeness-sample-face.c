/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-sample.h"

#include "likeness-sample-parts.h"

#define SIDE 112
/* Drawn larger and reduced: finer lines than cairo's own smoothing gives. */
#define SCALE 2

/* The person's cut as it lies in this picture. */
static void
dress_hair (LikenessSamplePerson *person, const LikenessSampleScene *scene)
{
  LikenessSampleHair *hair = &person->hair;

  hair->top *= scene->hair_top;
  hair->sweep *= scene->hair_sweep;
  if (scene->hat)
    {
      /* A cap presses the hair flat. */
      hair->top = MIN (hair->top, 2.0);
      hair->side = MIN (hair->side, 3.0);
      hair->curl = MIN (hair->curl, 2.5);
    }
}

LikenessImage *
likeness_sample_draw_face (guint64 seed, guint subject, guint face)
{
  LikenessSamplePerson person;
  LikenessSampleScene scene;
  LikenessSamplePen pen;
  LikenessImage *image;
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE * SCALE, SIDE * SCALE);
  cairo_t *cr = cairo_create (surface);

  likeness_sample_person_init (&person, seed, subject);
  likeness_sample_scene_init (&scene, seed, subject, face);
  dress_hair (&person, &scene);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_FAST);
  cairo_set_tolerance (cr, 0.3);
  cairo_scale (cr, SCALE, SCALE);
  likeness_sample_pen_init (&pen, cr, &person, &scene);

  likeness_sample_draw_backdrop (&pen);
  cairo_push_group (cr);
  likeness_sample_draw_hair_behind (&pen);
  likeness_sample_draw_body (&pen);
  likeness_sample_draw_head (&pen);
  likeness_sample_draw_beard (&pen);
  likeness_sample_draw_mouth (&pen);
  likeness_sample_draw_eyes (&pen);
  likeness_sample_draw_nose (&pen);
  likeness_sample_draw_brows (&pen);
  likeness_sample_draw_hair (&pen);
  likeness_sample_draw_hat (&pen);
  likeness_sample_draw_glasses (&pen);
  likeness_sample_draw_light (&pen);
  cairo_pop_group_to_source (cr);
  cairo_paint (cr);

  cairo_destroy (cr);
  cairo_surface_flush (surface);
  image = likeness_sample_develop (surface, &scene, SIDE);
  cairo_surface_destroy (surface);
  return image;
}
