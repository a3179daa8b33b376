/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LikenessTrainDeviceRow:
 *
 * Where training runs: each GPU by its name and free memory, and the processor. They are
 * looked for on a worker thread, which opens libtorch, and not before
 * likeness_train_device_row_look(). A libtorch that is missing is one sentence here.
 *
 * Signal "changed": another device, or they were found.
 */
#define LIKENESS_TYPE_TRAIN_DEVICE_ROW (likeness_train_device_row_get_type ())
G_DECLARE_FINAL_TYPE (LikenessTrainDeviceRow,
                      likeness_train_device_row,
                      LIKENESS,
                      TRAIN_DEVICE_ROW,
                      AdwComboRow)

/** Looks for devices where that was not done yet, or has failed. */
void likeness_train_device_row_look (LikenessTrainDeviceRow *self);
/** cpu or cuda:N; what was set, before any was found. */
const char *likeness_train_device_row_get_device (LikenessTrainDeviceRow *self);
/** @device: auto (the first GPU, or else the CPU), cpu, cuda or cuda:N */
void likeness_train_device_row_set_device (LikenessTrainDeviceRow *self,
                                           const char *device);
/** Whether somebody chose it. */
gboolean likeness_train_device_row_get_chosen (LikenessTrainDeviceRow *self);
/** Whether there is a device to train on. */
gboolean likeness_train_device_row_get_valid (LikenessTrainDeviceRow *self);

G_END_DECLS
