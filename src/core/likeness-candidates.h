/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-progress.h"
#include "likeness-scan.h"

G_BEGIN_DECLS

/** A file that may become a face. */
typedef struct
{
  const LikenessFaceFolder *folder; /* borrowed */
  const char *name;                 /* borrowed from the folder's listing */
  GRefString *subject;              /* owned */
  guint64 size;                     /* as LikenessImageProbe, of the best image */
  guint64 fingerprint;
  char *reason;     /* owned: why it does not count; NULL: it does, so far */
  char *low_reason; /* owned: the same for its partner */
  gboolean in_both; /* the same bytes stand in train and in val */
} LikenessCandidate;

/**
 * likeness_candidates_new:
 *
 * Goes through the listings of the folders of faces: pairs names with their partners and
 * tells the subjects. What has the name of a picture and cannot be a face is among the
 * scan's skips.
 *
 * Returns: (transfer full) (element-type LikenessCandidate)
 */
GArray *likeness_candidates_new (LikenessScan *scan) G_GNUC_WARN_UNUSED_RESULT;

/** Hands all over to who looks on, who must be there. */
void likeness_candidates_stream (const GArray *candidates, LikenessScan *scan);

/**
 * likeness_candidates_check:
 *
 * Looks into every file with a small pool of threads; what is damaged is removed from
 * @candidates and is among the scan's skips.
 *
 * Returns: %FALSE where it was cancelled
 */
gboolean likeness_candidates_check (GArray *candidates,
                                    LikenessScan *scan,
                                    LikenessProgress *progress,
                                    GError **error);

/** Marks what has the same bytes in train and in val. %FALSE where it was cancelled. */
gboolean
likeness_candidates_find_shared (GArray *candidates, LikenessScan *scan, GError **error);

G_END_DECLS
