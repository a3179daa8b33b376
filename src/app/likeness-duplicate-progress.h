/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-duplicate-finder.h"

G_BEGIN_DECLS

/**
 * LikenessDuplicateProgress:
 *
 * How far a #LikenessDuplicateFinder is, in one thin line; not there while it does
 * nothing.
 */
#define LIKENESS_TYPE_DUPLICATE_PROGRESS (likeness_duplicate_progress_get_type ())
G_DECLARE_FINAL_TYPE (LikenessDuplicateProgress,
                      likeness_duplicate_progress,
                      LIKENESS,
                      DUPLICATE_PROGRESS,
                      AdwBin)

void likeness_duplicate_progress_set_finder (LikenessDuplicateProgress *self,
                                             LikenessDuplicateFinder *finder);

G_END_DECLS
