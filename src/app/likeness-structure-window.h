/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-dataset.h"

G_BEGIN_DECLS

/**
 * LikenessStructureWindow:
 *
 * The two ways to split people, side by side, with one data set's numbers.
 */
#define LIKENESS_TYPE_STRUCTURE_WINDOW (likeness_structure_window_get_type ())
G_DECLARE_FINAL_TYPE (LikenessStructureWindow,
                      likeness_structure_window,
                      LIKENESS,
                      STRUCTURE_WINDOW,
                      AdwWindow)

/** Shows it over the window of @owner. */
void likeness_structure_window_present (GtkWidget *owner, LikenessDataset *dataset);

G_END_DECLS
