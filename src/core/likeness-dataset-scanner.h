/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"
#include "likeness-listed-run.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * likeness_dataset_scanner_scan:
 * @path: a folder in one of the layouts (paired, flat, folders; with or without
 * splits)
 * @progress: (nullable): counts files looked at
 *
 * Lists the folder, decides the layout, groups faces by subject and checks every file
 * (header, size, completeness). What does not count is listed with its reason, never
 * dropped in silence; only files that are no pictures by their names are passed over.
 * Order never depends on the file system. Runs in the calling thread.
 *
 * Partners are looked for in `vlr_images`, and where it is not there or holds no
 * pictures, in the `vlr_images_NNxNN` with the largest NN; in the folders layout in
 * `<split>_low/`. Links to files are followed, links to folders only inside the root, and
 * no folder is read twice. Faces whose bytes stand in train and in val are marked.
 *
 * Returns: (transfer full): the data set, or %NULL with %LIKENESS_ERROR_NOT_FOUND,
 * _NOT_A_FOLDER, _NOT_READABLE, _EMPTY (the message says what was looked for and found)
 * or %G_IO_ERROR_CANCELLED
 */
LikenessDataset *likeness_dataset_scanner_scan (const char *path,
                                                LikenessProgress *progress,
                                                GCancellable *cancellable,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** As likeness_dataset_scanner_scan(). @listed is called on the way, in this thread: with
 * the first faces by their names as soon as some are known, with more of them ten times a
 * second, and with the whole once every face is listed and none is checked; not where
 * there is none. */
LikenessDataset *
likeness_dataset_scanner_scan_listed (const char *path,
                                      LikenessListedFunc listed,
                                      gpointer user_data,
                                      LikenessProgress *progress,
                                      GCancellable *cancellable,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** likeness_dataset_scanner_scan() on a worker thread. */
void likeness_dataset_scanner_scan_async (const char *path,
                                          LikenessProgress *progress,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
LikenessDataset *
likeness_dataset_scanner_scan_finish (GAsyncResult *result,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
