/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * LikenessDataPage:
 *
 * Look at the data: a welcome, the scan on its way, what could not be opened, or the
 * verdict on the structure, the subjects and their faces.
 */
#define LIKENESS_TYPE_DATA_PAGE (likeness_data_page_get_type ())
G_DECLARE_FINAL_TYPE (LikenessDataPage, likeness_data_page, LIKENESS, DATA_PAGE, AdwBin)

void likeness_data_page_set_session (LikenessDataPage *self, LikenessSession *session);
/** Puts the cursor into the search for a subject. */
void likeness_data_page_find (LikenessDataPage *self);

G_END_DECLS
