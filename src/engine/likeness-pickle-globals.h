/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-element.h"
#include "likeness-pickle.h"

G_BEGIN_DECLS

/**
 * likeness_pickle_find_global:
 *
 * Returns: (transfer full): a value that stands for the name, or %NULL with an error that
 *   names it and says that nothing was run
 */
LikenessPtValue *likeness_pickle_find_global (LikenessPickle *self,
                                              const char *module,
                                              const char *name,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What Python would get from calling @global with the tuple @arguments. */
LikenessPtValue *likeness_pickle_reduce (LikenessPickle *self,
                                         const LikenessPtValue *global,
                                         LikenessPtValue *arguments,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_pickle_new_object:
 * @global: a class below "__torch__"
 * @arguments: none
 *
 * Returns: (transfer full): an object without attributes; nothing of the class is looked
 *   for. Any other class is an error
 */
LikenessPtValue *likeness_pickle_new_object (LikenessPickle *self,
                                             const LikenessPtValue *global,
                                             LikenessPtValue *arguments,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The numbers that a persistent id ('storage', class, key, location, count) names. */
LikenessPtValue *likeness_pickle_find_storage (LikenessPickle *self,
                                               const LikenessPtValue *id,
                                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** What the numbers of such a storage are. */
LikenessElement likeness_pickle_get_element (const LikenessPtValue *storage);

G_END_DECLS
