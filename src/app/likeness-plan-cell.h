/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-plan-row.h"

G_BEGIN_DECLS

/**
 * LikenessPlanCell:
 *
 * A kept subject in the list of a plan: its name, a bar of its train and val faces, and
 * what changed. Property "row" (a #LikenessPlanRow; %NULL: nothing is shown).
 */
#define LIKENESS_TYPE_PLAN_CELL (likeness_plan_cell_get_type ())
G_DECLARE_FINAL_TYPE (LikenessPlanCell, likeness_plan_cell, LIKENESS, PLAN_CELL, AdwBin)

G_END_DECLS
