/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-split-job.h"
#include "likeness-split-twins.h"

G_BEGIN_DECLS

/** What a split came to, ready to be told. */
typedef struct
{
  LikenessDataset *dataset;
  LikenessSplitJob *job;
  const LikenessSplitPlan *plan; /* the job's */
  GPtrArray *twins;              /* LikenessTwins */
  gboolean committed;
} LikenessCliSplitResult;

void likeness_cli_split_result_clear (LikenessCliSplitResult *self);

/** @output: (nullable): with --dry-run there need be none */
void likeness_cli_split_result_print (const LikenessCliSplitResult *self,
                                      const LikenessPlanOptions *options,
                                      const char *output);
void likeness_cli_split_result_print_json (const LikenessCliSplitResult *self,
                                           const LikenessPlanOptions *options,
                                           const char *output);

G_END_DECLS
