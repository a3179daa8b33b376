/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-scan-unit.h"

G_BEGIN_DECLS

/**
 * likeness_scan_read_layout:
 *
 * Finds the splits, decides the layout and fills the folders of faces; what is no part of
 * the layout is among the skips. Paired where any split has an `hr_images` or
 * `vlr_images` folder; otherwise folders where at least as many pictures lie in sub
 * folders as beside them; otherwise flat.
 *
 * Returns: %FALSE with the errors of likeness_folder_listing_new() for the root itself
 */
gboolean likeness_scan_read_layout (LikenessScan *self, GError **error);

/** Whether @unit has a folder that only the paired layout has. */
gboolean likeness_scan_unit_is_paired (const LikenessScanUnit *unit);

/**
 * likeness_scan_read_pairs:
 *
 * Adds the folders of faces of one split in the paired layout. Partners come from
 * `vlr_images` where it holds pictures, otherwise from the `vlr_images_NNxNN` with the
 * largest NN that does; the other resolutions are among the skips.
 */
void likeness_scan_read_pairs (LikenessScan *self, const LikenessScanUnit *unit);

G_END_DECLS
