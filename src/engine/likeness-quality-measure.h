/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-progress.h"
#include "likeness-quality.h"
#include "likeness-run-config.h"

G_BEGIN_DECLS

/**
 * likeness_quality_measure:
 * @directory: a folder in a layout that the scanner knows
 * @config: of which count input (low or auto: the low-resolution partners, which must be
 * there; pixels: the high-resolution face reduced to so many), super_resolution (a
 * program that runs: its faces are measured beside the bilinear ones), device and threads
 *
 * Scans the folder and holds each face, enlarged as training enlarges it
 * (likeness_pixels_load_pair(), likeness_enlarger_run()), against its high-resolution
 * image at 112x112. In threads of its own; the result does not depend on how many. A face
 * that cannot be read is skipped with its reason, beside what the scanner skips.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_USAGE (nothing to compare),
 * %LIKENESS_ERROR_EMPTY (no face could be measured), what the scanner and
 * likeness_enlarger_new() and _run() say, or %G_IO_ERROR_CANCELLED
 */
LikenessQuality *likeness_quality_measure (const char *directory,
                                           const LikenessRunConfig *config,
                                           LikenessProgress *progress,
                                           GCancellable *cancellable,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The same of a data set that was scanned, of which only is read where its faces lie,
 * which never changes; nobody is left out. */
LikenessQuality *
likeness_quality_measure_dataset (LikenessDataset *dataset,
                                  const LikenessRunConfig *config,
                                  LikenessProgress *progress,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
