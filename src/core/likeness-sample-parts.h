/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-image.h"
#include "likeness-sample-pen.h"

G_BEGIN_DECLS

/* The parts of a drawn face, in the order in which they cover each other. */

void likeness_sample_draw_backdrop (const LikenessSamplePen *pen);
void likeness_sample_draw_hair_behind (const LikenessSamplePen *pen);
void likeness_sample_draw_body (const LikenessSamplePen *pen);
void likeness_sample_draw_head (const LikenessSamplePen *pen);
void likeness_sample_draw_beard (const LikenessSamplePen *pen);
void likeness_sample_draw_mouth (const LikenessSamplePen *pen);
void likeness_sample_draw_nose (const LikenessSamplePen *pen);
void likeness_sample_draw_eyes (const LikenessSamplePen *pen);
void likeness_sample_draw_brows (const LikenessSamplePen *pen);
void likeness_sample_draw_hair (const LikenessSamplePen *pen);
void likeness_sample_draw_hat (const LikenessSamplePen *pen);
void likeness_sample_draw_glasses (const LikenessSamplePen *pen);
/** Lights what is drawn so far; for use inside a group that holds the person alone. */
void likeness_sample_draw_light (const LikenessSamplePen *pen);

/**
 * likeness_sample_develop:
 * @surface: an RGB24 picture, a multiple of @side high and wide
 *
 * What the camera does: shadow, colour cast, exposure, blur, reduction to @side, noise.
 *
 * Returns: (transfer full): the picture, @side x @side
 */
LikenessImage *likeness_sample_develop (cairo_surface_t *surface,
                                        const LikenessSampleScene *scene,
                                        int side) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
