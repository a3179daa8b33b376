/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LikenessFigure:
 *
 * One number in big type, what it is above it and what it rests on below. Properties:
 * "caption", "value", "detail" (%NULL: no such line).
 */
#define LIKENESS_TYPE_FIGURE (likeness_figure_get_type ())
G_DECLARE_FINAL_TYPE (LikenessFigure, likeness_figure, LIKENESS, FIGURE, AdwBin)

void likeness_figure_set_value (LikenessFigure *self, const char *value);
void likeness_figure_set_detail (LikenessFigure *self, const char *detail);

G_END_DECLS
