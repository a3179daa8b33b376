/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-job-private.h"

G_BEGIN_DECLS

/** One file that a commit writes. */
typedef struct
{
  gsize file; /* index into the job's files */
  char *path; /* relative to the target, bytes, owned */
} LikenessPlannedFile;

/**
 * likeness_split_names_new:
 * @job: with a plan
 * @layout: the job's own, or LIKENESS_LAYOUT_FOLDERS
 *
 * Where each planned file goes. Paired: `<split>/<the source's folder names>/name`;
 * flat: `<split>/name`; folders: `<split>/<subject>/name`, partners under `<split>_low/`.
 * Faces that have one name in several splits of the source keep both: the split of origin
 * is put before the extension of each (`007_1.png` becomes `007_1.train.png` and
 * `007_1.val.png`). No two paths are equal. Depends on nothing but @job and @layout.
 *
 * Returns: (transfer full) (element-type LikenessPlannedFile): by face, in the job's
 * order
 */
GPtrArray *likeness_split_names_new (const LikenessSplitJob *job,
                                     LikenessLayout layout) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
