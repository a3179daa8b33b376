/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-face-list.h"

G_BEGIN_DECLS

/**
 * likeness_subject_names_new:
 *
 * The subjects of @list as a checkpoint holds them: names are bytes, a checkpoint has
 * text, so a name that is not UTF-8 is written with octal escapes.
 *
 * Returns: (transfer full): in the order of the labels, %NULL-terminated
 */
char **
likeness_subject_names_new (const LikenessFaceList *list) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
