/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-pt-value.h"

G_BEGIN_DECLS

/**
 * LikenessPickle:
 *
 * The interpreter of one pickle (protocols 2 to 5): the instructions that torch.save and
 * torch::jit::Pickler write for plain data, and nothing else. No name is imported and
 * nothing is called; the few names it knows stand in likeness-pickle-globals.c.
 */
typedef struct
{
  const char *file_name;
  const guint8 *data;
  gsize length;
  gsize at;
  GHashTable *storages; /* key -> GBytes */
  guint64 numbers_left; /* that tensors may still take */
  guint values_left;

  GPtrArray *stack;
  GArray *marks;    /* gsize: heights of the stack */
  GHashTable *memo; /* index -> LikenessPtValue */
} LikenessPickle;

/**
 * likeness_pickle_read:
 * @file_name: what messages call the file
 * @storages: (element-type utf8 GBytes): what its tensors are cut from
 * @max_numbers: how many numbers all of its tensors may have
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_TORCH_ERROR_BAD_WEIGHTS
 */
LikenessPtValue *likeness_pickle_read (GBytes *pickle,
                                       const char *file_name,
                                       GHashTable *storages,
                                       guint64 max_numbers,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Sets the error that the file is damaged and says how. Returns: %NULL, always. */
gpointer likeness_pickle_refuse (const LikenessPickle *self,
                                 GError **error,
                                 const char *format,
                                 ...) G_GNUC_PRINTF (3, 4);

/** A new value of the file's allowance; %NULL with an error where that is used up. */
LikenessPtValue *likeness_pickle_new_value (LikenessPickle *self,
                                            LikenessPtType type,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
