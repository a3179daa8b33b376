/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LikenessSentenceBar:
 *
 * A sentence and the buttons for what can be done about it, in one line where there is
 * room for both, else the buttons below the sentence, in as many lines as they need: it
 * is never wider than its longest word or its widest button asks for.
 *
 * The children up to the last one that expands are the sentence, those after it the
 * buttons; without one that expands all are buttons, at the end of the line.
 */
#define LIKENESS_TYPE_SENTENCE_BAR (likeness_sentence_bar_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSentenceBar, likeness_sentence_bar, LIKENESS, SENTENCE_BAR, GtkWidget)

G_END_DECLS
