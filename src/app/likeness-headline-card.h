/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-headline.h"

G_BEGIN_DECLS

/**
 * LikenessHeadlineCard:
 *
 * One measure of a run: its figure in big type, drawn with its interval, what it rests on
 * and what it was before.
 */
#define LIKENESS_TYPE_HEADLINE_CARD (likeness_headline_card_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessHeadlineCard, likeness_headline_card, LIKENESS, HEADLINE_CARD, AdwBin)

void likeness_headline_card_set_headline (LikenessHeadlineCard *self,
                                          const LikenessHeadline *headline);

G_END_DECLS
