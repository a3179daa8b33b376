/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-split-job.h"
#include "likeness-split-twins.h"

G_BEGIN_DECLS

/**
 * LikenessSplitFaces:
 *
 * The faces of a data set, frozen for the Split page: may cross threads, and lives as
 * long as somebody holds a reference. A worker may read one of the jobs for minutes while
 * another answers the options with the other; one at a time works on a job.
 */
typedef struct
{
  LikenessSplitJob *draft; /* never read: near-duplicates are not known */
  LikenessSplitJob *job;
  LikenessSplitJob *test; /* the faces that stay in test; NULL: there are none */
} LikenessSplitFaces;

/** @split_mask: as likeness_split_job_new() */
LikenessSplitFaces *likeness_split_faces_new (LikenessDataset *dataset,
                                              guint split_mask) G_GNUC_WARN_UNUSED_RESULT;
LikenessSplitFaces *likeness_split_faces_ref (LikenessSplitFaces *self);
void likeness_split_faces_unref (LikenessSplitFaces *self);

/** Reads the job on a worker, as likeness_split_job_read(). */
void likeness_split_faces_read_async (LikenessSplitFaces *self,
                                      LikenessProgress *progress,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean likeness_split_faces_read_finish (GAsyncResult *result, GError **error);

/**
 * likeness_split_faces_find_twins_async:
 *
 * Reads the faces of test on a worker and looks for likeness_split_twins_find(). The job
 * must have been read; it may be planned meanwhile, not read or committed.
 */
void likeness_split_faces_find_twins_async (LikenessSplitFaces *self,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
/** (transfer full) (element-type LikenessTwins): or %NULL with @error set. */
GPtrArray *likeness_split_faces_find_twins_finish (GAsyncResult *result, GError **error);

/** (transfer none): of such a result; for a callback to tell them apart. */
LikenessSplitFaces *likeness_split_faces_of (GAsyncResult *result);

G_END_DECLS
