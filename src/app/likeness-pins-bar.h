/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-split-planner.h"

G_BEGIN_DECLS

/**
 * LikenessPinsBar:
 *
 * How many faces are pinned by hand, with a way to keep the pins and to be rid of them;
 * nothing where there are none. Signal "say": a sentence for a toast.
 */
#define LIKENESS_TYPE_PINS_BAR (likeness_pins_bar_get_type ())
G_DECLARE_FINAL_TYPE (LikenessPinsBar, likeness_pins_bar, LIKENESS, PINS_BAR, AdwBin)

/** To be called once. */
void likeness_pins_bar_set_planner (LikenessPinsBar *self, LikenessSplitPlanner *planner);

G_END_DECLS
