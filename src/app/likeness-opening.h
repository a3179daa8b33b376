/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-listed-run.h"
#include "likeness-marks.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/** An opened folder: everything is owned. */
typedef struct
{
  LikenessDataset *dataset;
  LikenessMarks *marks; /* NULL: they could not be read; see error */
  GPtrArray *moves;     /* of LikenessMove */
  GError *error;
} LikenessOpened;

void likeness_opened_free (LikenessOpened *self);

/**
 * likeness_opening_start:
 * @listed: called with @user_data in the context of whoever asked, before the end, as
 * likeness_dataset_scanner_scan_listed() says
 * @former: (nullable): marks that may still be on their way to the disk, perhaps of the
 * same folder
 *
 * Scans @folder and marks what was excluded and pinned in it, on a worker thread.
 */
void likeness_opening_start (const char *folder,
                             LikenessMarks *former,
                             LikenessListedFunc listed,
                             LikenessProgress *progress,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/** (transfer full): or %NULL as likeness_dataset_scanner_scan(). */
LikenessOpened *likeness_opening_finish (GAsyncResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessOpened, likeness_opened_free)

G_END_DECLS
