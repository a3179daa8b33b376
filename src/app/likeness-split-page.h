/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * LikenessSplitPage:
 *
 * Plan a split, look at it, commit it, undo it.
 */
#define LIKENESS_TYPE_SPLIT_PAGE (likeness_split_page_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSplitPage, likeness_split_page, LIKENESS, SPLIT_PAGE, AdwBin)

void likeness_split_page_set_session (LikenessSplitPage *self, LikenessSession *session);

G_END_DECLS
