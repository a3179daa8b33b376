/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"

G_BEGIN_DECLS

/** Folders watched besides the root; each costs one of the user's inotify watches. */
#define LIKENESS_FOLDER_WATCH_MOST 1000

typedef enum
{
  LIKENESS_FOLDER_SAME,
  LIKENESS_FOLDER_CHANGED,
  LIKENESS_FOLDER_GONE,
} LikenessFolderState;

/**
 * LikenessFolderWatch:
 *
 * Tells whether the folders of a data set changed since it was scanned: the root and the
 * first %LIKENESS_FOLDER_WATCH_MOST others are watched; all of them are compared by their
 * times when likeness_folder_watch_check() is called, which is for the moment when
 * somebody looks at the window again. All reading happens on a worker thread.
 *
 * Signal "changed": the state is another one.
 */
#define LIKENESS_TYPE_FOLDER_WATCH (likeness_folder_watch_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFolderWatch, likeness_folder_watch, LIKENESS, FOLDER_WATCH, GObject)

LikenessFolderWatch *likeness_folder_watch_new (void) G_GNUC_WARN_UNUSED_RESULT;
/** @dataset: (nullable) */
void likeness_folder_watch_set_dataset (LikenessFolderWatch *self,
                                        LikenessDataset *dataset);
void likeness_folder_watch_check (LikenessFolderWatch *self);
LikenessFolderState likeness_folder_watch_get_state (LikenessFolderWatch *self);
/** Folders that are watched at the moment, the root among them. */
guint likeness_folder_watch_get_n_watched (LikenessFolderWatch *self);

G_END_DECLS
