/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-run-config.h"

G_BEGIN_DECLS

/**
 * LikenessTrainSettings:
 *
 * The knobs of a run that few people turn, one row for each key of the table.
 *
 * Signal "changed": somebody turned one, or all went back.
 */
#define LIKENESS_TYPE_TRAIN_SETTINGS (likeness_train_settings_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTrainSettings,
                      likeness_train_settings,
                      LIKENESS,
                      TRAIN_SETTINGS,
                      AdwExpanderRow)

/** Whether every value is allowed. */
gboolean likeness_train_settings_get_valid (LikenessTrainSettings *self);
/** Shows the values of @config where nobody has turned the knob. */
void likeness_train_settings_show (LikenessTrainSettings *self,
                                   const LikenessRunConfig *config);
/** Sets what was turned in @config. */
void likeness_train_settings_apply (LikenessTrainSettings *self,
                                    LikenessRunConfig *config);

G_END_DECLS
