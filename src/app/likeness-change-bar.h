/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-dataset.h"

G_BEGIN_DECLS

/**
 * LikenessChangeBar:
 *
 * Says that the folder of a data set changed on the disk since it was scanned, or is
 * gone, with the way on; not there while all is as it was. It looks again whenever
 * somebody comes back to the window.
 */
#define LIKENESS_TYPE_CHANGE_BAR (likeness_change_bar_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessChangeBar, likeness_change_bar, LIKENESS, CHANGE_BAR, AdwBin)

/** @dataset: (nullable) */
void likeness_change_bar_set_dataset (LikenessChangeBar *self, LikenessDataset *dataset);

G_END_DECLS
