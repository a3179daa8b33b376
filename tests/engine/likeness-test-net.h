/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-torch.h"

G_BEGIN_DECLS

/**
 * Nets, faces and numbers by formula, so that any other program can make the same ones:
 * reference-values.py does, with PyTorch, for the values that the tests expect.
 */

/** Number @i of stream @stream, in [-0.5, 0.5): an integer hash, so exact everywhere. */
double likeness_test_number (guint32 i, guint32 stream);

/** Every parameter of @variant: the stream is its place in the list, the range is by its
 * role. (transfer full) */
LikenessWeights *
likeness_test_make_weights (const LikenessVariant *variant) G_GNUC_WARN_UNUSED_RESULT;

/** @n faces of 14 x 14 coloured squares: (transfer full) (array of LIKENESS_FACE_BYTES
 * each). */
guint8 *likeness_test_make_faces (gsize n) G_GNUC_WARN_UNUSED_RESULT;

/** @n numbers of @stream times @scale, as float32: (transfer full). */
float *likeness_test_make_numbers (gsize n,
                                   guint32 stream,
                                   double scale) G_GNUC_WARN_UNUSED_RESULT;

/** What a net's cuda_device is to be: -1, the CPU, unless LIKENESS_TEST_DEVICE names
 * another device (cuda); aborts where there is none. */
int likeness_test_get_device (void);

/** The net of likeness_test_make_weights() on that device, two threads; aborts on an
 * error. (transfer full): free it with net_free. */
LikenessNet *likeness_test_make_net (const LikenessTorch *torch,
                                     const char *variant) G_GNUC_WARN_UNUSED_RESULT;

/** The module's table; aborts where it cannot be opened. */
const LikenessTorch *likeness_test_open_torch (void);

G_END_DECLS
