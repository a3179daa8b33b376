/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-names.h"

G_BEGIN_DECLS

/**
 * likeness_split_record_new:
 * @planned: every file that was written; all of the job's have their digest by now
 *
 * The text of `dataset.json`: format, application, source, options, totals, dropped
 * subjects with their reasons, and each file with subject, split, group, source path,
 * size and XXH3-128. The same for the same input. likeness-manifest.h reads it.
 *
 * Returns: (transfer full)
 */
char *likeness_split_record_new (const LikenessSplitJob *job,
                                 const LikenessCommitOptions *options,
                                 const GPtrArray *planned) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
