/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset-loader.h"
#include "likeness-test-wait.h"

/** Two subjects of three and two faces, and a folder that looks like a picture: for
 * likeness_test_tree_add(). */
static const char *const likeness_test_load_tree[] = {
    "train/anna/1.png",
    "train/anna/2.png",
    "train/anna/3.png",
    "val/bert/1.png",
    "val/bert/2.png",
    "val/broken.png/",
    NULL,
};

/** Opens @root and waits until it is there. */
static inline void
likeness_test_load (LikenessDatasetLoader *loader, const char *root)
{
  likeness_dataset_loader_open (loader, root);
  g_assert_cmpint (likeness_dataset_loader_get_state (loader), ==,
                   LIKENESS_DATASET_LOADER_LOADING);
  g_assert_nonnull (likeness_dataset_loader_get_progress (loader));
  likeness_test_wait (likeness_dataset_loader_get_state (loader)
                      != LIKENESS_DATASET_LOADER_LOADING);
  g_assert_cmpint (likeness_dataset_loader_get_state (loader), ==,
                   LIKENESS_DATASET_LOADER_READY);
}
