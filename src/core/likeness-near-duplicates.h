/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-image.h"

G_BEGIN_DECLS

/** Two faces whose hashes differ by at most this many of 64 bits are near-duplicates. */
#define LIKENESS_NEAR_DUPLICATE_DISTANCE 4
/** The most that may be asked for: beyond, unlike faces are alike by chance. */
#define LIKENESS_NEAR_DUPLICATE_DISTANCE_MAX 12

/**
 * likeness_perceptual_hash:
 *
 * Difference hash (dHash; N. Krawetz, 2013): luma (ITU-R BT.601, in Pillow's integers),
 * box-reduced to 9 x 8, each pixel against its right neighbour. Row by row, the first
 * comparison is the highest bit; 1 where the right one is brighter. Pure.
 */
guint64 likeness_perceptual_hash (const LikenessImage *image);

/**
 * likeness_near_duplicate_groups:
 * @subject: @n subject indexes; only faces of one subject are ever grouped
 * @groups: (out caller-allocates): @n group numbers; equal numbers mean one group; the
 * number of a group is the index of its first face
 *
 * Connected components of "distance at most @distance". Pure, exact.
 */
void likeness_near_duplicate_groups (const guint64 *hashes,
                                     const gboolean *valid,
                                     const guint32 *subject,
                                     gsize n,
                                     guint distance,
                                     gsize *groups);

G_END_DECLS
