/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-run-config.h"

G_BEGIN_DECLS

/**
 * LikenessTrainKeyRow:
 *
 * One knob of a run: title and sentence of its key, and an entry, a switch or a list. A
 * wrong value is said here, in place of the sentence.
 *
 * Signal "changed": somebody turned the knob.
 */
#define LIKENESS_TYPE_TRAIN_KEY_ROW (likeness_train_key_row_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessTrainKeyRow, likeness_train_key_row, LIKENESS, TRAIN_KEY_ROW, AdwActionRow)

/** @key: static. (transfer floating) */
GtkWidget *likeness_train_key_row_new (const LikenessKey *key) G_GNUC_WARN_UNUSED_RESULT;

/** Whether somebody turned the knob since the last reset. */
gboolean likeness_train_key_row_get_touched (LikenessTrainKeyRow *self);
/** Whether the value is one that the key allows. */
gboolean likeness_train_key_row_get_valid (LikenessTrainKeyRow *self);
/** Shows the value of @config unless the knob was turned. */
void likeness_train_key_row_show (LikenessTrainKeyRow *self,
                                  const LikenessRunConfig *config);
/** Sets the value in @config where the knob was turned and the value is allowed. */
void likeness_train_key_row_apply (LikenessTrainKeyRow *self, LikenessRunConfig *config);
/** Forgets that the knob was turned. */
void likeness_train_key_row_reset (LikenessTrainKeyRow *self);

G_END_DECLS
