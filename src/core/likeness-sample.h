/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-image.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

typedef struct
{
  guint subjects; /* 3 to 10,000; 24 */
  guint faces;    /* a subject, 2 to 1,000; 30 */
  guint64 seed;   /* 42 */
} LikenessSampleOptions;

void likeness_sample_options_init (LikenessSampleOptions *options);

/**
 * likeness_sample_draw_face:
 *
 * Draws face @face of drawn person @subject: 112 x 112. The person (skin, hair, eyes,
 * brows, nose, mouth, glasses, beard) depends on (seed, subject) alone, the picture
 * (light, pose, expression, background, blur) on (seed, subject, face). Pure.
 */
LikenessImage *likeness_sample_draw_face (guint64 seed,
                                          guint subject,
                                          guint face) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_sample_write:
 * @directory: made by this call; must not exist or must be empty
 *
 * Writes a data set of drawn faces in the frontal_only layout: train, val and test of
 * different people (about 3/4, 1/8, 1/8), high 112x112 and low 32x32 PNG. The same bytes
 * for the same options. All or nothing, as the commit.
 */
gboolean likeness_sample_write (const char *directory,
                                const LikenessSampleOptions *options,
                                LikenessProgress *progress,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
