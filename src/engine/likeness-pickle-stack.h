/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pickle.h"

G_BEGIN_DECLS

/* The interpreter's stack. Only what lies above the last mark can be reached. */

/** Sets the error that an instruction finds other values than it needs. Returns: %FALSE,
 * always. */
gboolean likeness_pickle_refuse_order (const LikenessPickle *self, GError **error);

/** @value: (transfer full) (nullable). Returns: %FALSE where it is %NULL. */
gboolean likeness_pickle_push (LikenessPickle *self, LikenessPtValue *value);
/** (transfer full) */
LikenessPtValue *likeness_pickle_pop (LikenessPickle *self,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer none) */
LikenessPtValue *likeness_pickle_peek (LikenessPickle *self, GError **error);

/** Removes the last mark; @first: (out): the height of the stack where it stood. */
gboolean likeness_pickle_pop_mark (LikenessPickle *self, gsize *first, GError **error);

/** Replaces everything from @first on by a tuple of it. */
gboolean likeness_pickle_push_tuple (LikenessPickle *self, gsize first, GError **error);

/** Puts everything from @first on into the list or dict (@type) below it. */
gboolean likeness_pickle_add_items (LikenessPickle *self,
                                    LikenessPtType type,
                                    gsize first,
                                    GError **error);
/** The same from the last mark on. */
gboolean likeness_pickle_add_marked_items (LikenessPickle *self,
                                           LikenessPtType type,
                                           GError **error);

/** Gives the object @owner what the dict @state holds. */
gboolean likeness_pickle_add_attributes (LikenessPickle *self,
                                         LikenessPtValue *owner,
                                         const LikenessPtValue *state,
                                         GError **error);

G_END_DECLS
