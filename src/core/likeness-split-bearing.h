/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-metrics.h"
#include "likeness-split-plan.h"

G_BEGIN_DECLS

/**
 * LikenessSplitBearing:
 *
 * What the data of a plan can bear, before anything is trained: how exact an accuracy on
 * its val faces can be, from counts alone.
 */
typedef struct
{
  guint val;        /* faces */
  guint n_subjects; /* each with at least one of them */
  guint fewest;     /* val faces of a subject */
  guint median;     /* the lower one of two */
  guint most;
  double half_width; /* of the 95 % Wilson interval of all val faces, at its widest */
  double subject_half_width; /* the same for a subject with the median of val faces */
  LikenessRate example; /* such a subject with four of five right, as near as it can be */
  guint n_without_percentage; /* subjects with fewer than LIKENESS_FEWEST_FOR_PERCENT */
} LikenessSplitBearing;

/**
 * likeness_split_bearing_get:
 *
 * Pure. The half widths are those of k = n/2, z / (2 sqrt (n + z^2)) with z = 1.96 (E. B.
 * Wilson, 1927): no k has a wider interval. Over many people they are a lower bound, as a
 * person's faces fail together.
 */
void likeness_split_bearing_get (const LikenessSplitPlan *plan,
                                 LikenessSplitBearing *out);

/* Its rows as translated text, all (transfer full). */

/** "7 (2 to 12)". */
char *likeness_split_bearing_describe_faces (const LikenessSplitBearing *self)
    G_GNUC_WARN_UNUSED_RESULT;
/** "±2.1 points". */
char *likeness_split_bearing_describe_all (const LikenessSplitBearing *self)
    G_GNUC_WARN_UNUSED_RESULT;
/** "±30 points: 6 of 7 right could be 49 % to 97 %". */
char *likeness_split_bearing_describe_subject (const LikenessSplitBearing *self)
    G_GNUC_WARN_UNUSED_RESULT;
/** "12 of 287". */
char *likeness_split_bearing_describe_without (const LikenessSplitBearing *self)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
