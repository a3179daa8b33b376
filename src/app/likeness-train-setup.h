/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-run-config.h"
#include "likeness-session.h"
#include "likeness-train-folder-row.h"

G_BEGIN_DECLS

/**
 * LikenessTrainSetup:
 *
 * What a run shall be: faces, network, device, preset and every knob, each checked at its
 * row.
 *
 * Signal "changed": another answer, or something asked for is known now.
 */
#define LIKENESS_TYPE_TRAIN_SETUP (likeness_train_setup_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessTrainSetup, likeness_train_setup, LIKENESS, TRAIN_SETUP, AdwBin)

void likeness_train_setup_set_session (LikenessTrainSetup *self,
                                       LikenessSession *session);
/** Looks at the folder, the weights and the devices where that was not done yet. */
void likeness_train_setup_look (LikenessTrainSetup *self);
LikenessTrainFolderState likeness_train_setup_get_folder_state (LikenessTrainSetup *self);
void likeness_train_setup_choose_folder (LikenessTrainSetup *self);
/** (transfer full) (nullable): %NULL where something cannot work yet. */
LikenessRunConfig *
likeness_train_setup_make_config (LikenessTrainSetup *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
