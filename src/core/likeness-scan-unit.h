/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-scan.h"

G_BEGIN_DECLS

/** One split, or the root where there are none. */
typedef struct
{
  LikenessSplit split;
  char *relative;                 /* owned */
  LikenessFolderListing *listing; /* owned */
  char *low_relative;             /* owned; NULL: there is no twin for low resolution */
  gboolean low_is_link;
} LikenessScanUnit;

/**
 * likeness_scan_find_units:
 * @listing: (transfer full): of the root
 *
 * Finds and enters the splits. What stands beside them is among the skips, but for the
 * twins (`train_low`), which only the folders layout reads.
 *
 * Returns: (transfer full) (element-type LikenessScanUnit): in the order of the splits
 */
GPtrArray *likeness_scan_find_units (LikenessScan *self, LikenessFolderListing *listing)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
