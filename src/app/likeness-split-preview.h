/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-split-planner.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessSplitPreview:
 *
 * What a planned split looks like: headline figures, the leak, what the data can bear,
 * the kept subjects with a bar each and the dropped ones with the reason; a subject opens
 * to its faces. Signal "say": a sentence for a toast.
 */
#define LIKENESS_TYPE_SPLIT_PREVIEW (likeness_split_preview_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSplitPreview, likeness_split_preview, LIKENESS, SPLIT_PREVIEW, AdwBin)

/** To be called once. */
void likeness_split_preview_set_planner (LikenessSplitPreview *self,
                                         LikenessSplitPlanner *planner,
                                         LikenessThumbnailer *thumbnailer);
/** Takes over the planner's plan or error; without either it waits. */
void likeness_split_preview_update (LikenessSplitPreview *self);
/** Forgets the plan before, and closes the subject that is open. */
void likeness_split_preview_reset (LikenessSplitPreview *self);

G_END_DECLS
