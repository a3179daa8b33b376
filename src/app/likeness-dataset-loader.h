/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"
#include "likeness-listed-faces.h"
#include "likeness-marks.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessDatasetLoader:
 *
 * Opens one folder of faces after another: scans it on a worker thread, with what is
 * excluded and pinned in it, and keeps the data set that is open.
 *
 * Properties: "state", "dataset", "listed". "dataset" is told before "state".
 */
#define LIKENESS_TYPE_DATASET_LOADER (likeness_dataset_loader_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessDatasetLoader, likeness_dataset_loader, LIKENESS, DATASET_LOADER, GObject)

typedef enum
{
  LIKENESS_DATASET_LOADER_EMPTY,   /* no folder yet */
  LIKENESS_DATASET_LOADER_LOADING, /* drawing the sample or scanning; see get_progress */
  LIKENESS_DATASET_LOADER_READY,
  LIKENESS_DATASET_LOADER_FAILED, /* see get_error; the former data set is closed */
} LikenessDatasetLoaderState;

#define LIKENESS_TYPE_DATASET_LOADER_STATE (likeness_dataset_loader_state_get_type ())
GType likeness_dataset_loader_state_get_type (void);

LikenessDatasetLoader *likeness_dataset_loader_new (void) G_GNUC_WARN_UNUSED_RESULT;

LikenessDatasetLoaderState
likeness_dataset_loader_get_state (LikenessDatasetLoader *self);
/** (transfer none) (nullable): %NULL unless ready. */
LikenessDataset *likeness_dataset_loader_get_dataset (LikenessDatasetLoader *self);
/** (transfer none) (nullable): while a folder is opened: what is known of it by the names
 * alone, to be looked at. */
LikenessListedFaces *likeness_dataset_loader_get_listed (LikenessDatasetLoader *self);
/** (transfer none) (nullable): what is excluded and pinned in the data set. */
LikenessMarks *likeness_dataset_loader_get_marks (LikenessDatasetLoader *self);
/** (transfer none) (nullable) (element-type LikenessMove): marked faces of the data set
 * that were not in their places when it was scanned. */
GPtrArray *likeness_dataset_loader_get_moves (LikenessDatasetLoader *self);
/** (transfer none) (nullable): why the last folder could not be opened. */
const GError *likeness_dataset_loader_get_error (LikenessDatasetLoader *self);
/** (transfer none) (nullable): why a folder was opened without its exclusions and pins.
 */
const GError *likeness_dataset_loader_get_marks_error (LikenessDatasetLoader *self);
/** (transfer none) (nullable): the folder that is open, on its way or failed. */
const char *likeness_dataset_loader_get_folder (LikenessDatasetLoader *self);
/** (transfer none) (nullable): while loading. */
LikenessProgress *likeness_dataset_loader_get_progress (LikenessDatasetLoader *self);
/** (transfer none) (nullable): stops loading. */
GCancellable *likeness_dataset_loader_get_cancellable (LikenessDatasetLoader *self);

/**
 * likeness_dataset_loader_open:
 * @folder: path, bytes
 *
 * Scans @folder on a worker thread; "state" tells how it goes. A scan that is still
 * running is cancelled. After a cancellation what was open before is open again.
 */
void likeness_dataset_loader_open (LikenessDatasetLoader *self, const char *folder);
/** Draws the sample, where it is not there yet, on a worker thread and opens it. */
void likeness_dataset_loader_open_sample (LikenessDatasetLoader *self);
/** Scans the open folder again. */
void likeness_dataset_loader_rescan (LikenessDatasetLoader *self);

G_END_DECLS
