/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"

G_BEGIN_DECLS

/**
 * likeness_marks_notice_show:
 * @owner: in the window that shows the data set
 *
 * Names faces of the session's data set that were excluded or pinned and are not where
 * they were; nothing where all are in their places.
 */
void likeness_marks_notice_show (GtkWidget *owner, LikenessSession *session);

/** @moves: (element-type LikenessMove): shows where each of them is, or is not, in a
 * window before that of @owner */
void likeness_marks_notice_list (GtkWidget *owner, GPtrArray *moves);

G_END_DECLS
