/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * likeness_train_row_say:
 * @text: plain text for the line below the title
 * @wrong: whether it says why the row's value cannot work
 */
void likeness_train_row_say (AdwActionRow *row, const char *text, gboolean wrong);

G_END_DECLS
