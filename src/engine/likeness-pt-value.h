/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pt-reader.h"

G_BEGIN_DECLS

/* How the interpreter of pickles builds values; everybody else only reads them. */

/** Limits of one tree, whatever a small file makes of it by naming a value many times:
 * the names of 150,000 people, of 255 bytes each, weigh five million. */
#define LIKENESS_PT_MAX_DEPTH 64
#define LIKENESS_PT_MAX_WEIGHT (1 << 23)

LikenessPtValue *likeness_pt_value_new (LikenessPtType type) G_GNUC_WARN_UNUSED_RESULT;
LikenessPtValue *likeness_pt_value_ref (LikenessPtValue *self);

/**
 * likeness_pt_value_append:
 * @key: (nullable): for a dict or an object
 *
 * Puts @item into a list, dict or object and freezes it; takes references of its own.
 *
 * Returns: %FALSE where @self is none of them, is frozen (so that no value can come to
 * hold itself), or the tree would be too deep or too large
 */
gboolean likeness_pt_value_append (LikenessPtValue *self,
                                   LikenessPtValue *key,
                                   LikenessPtValue *item);

/** How many items a list or dict has; 0 for everything else. */
guint likeness_pt_value_count (const LikenessPtValue *self);

/** (transfer none) (nullable): item @index where there is one and it is of @type. */
LikenessPtValue *likeness_pt_value_get_item (const LikenessPtValue *self,
                                             guint index,
                                             LikenessPtType type);

G_END_DECLS
