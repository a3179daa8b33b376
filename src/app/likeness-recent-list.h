/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LikenessRecentList:
 *
 * The data sets that were open last, the newest first (likeness-recent-folders.h);
 * hidden where there are none. Signal "chosen" (a path, bytes).
 */
#define LIKENESS_TYPE_RECENT_LIST (likeness_recent_list_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessRecentList, likeness_recent_list, LIKENESS, RECENT_LIST, AdwBin)

G_END_DECLS
