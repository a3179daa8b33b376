/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-types.h"

G_BEGIN_DECLS

/** One face that could be used; strings are borrowed from the caller while the plan is
 * made. */
typedef struct
{
  const char *subject;  /* bytes */
  const char *name;     /* file name, bytes */
  const char *path;     /* relative to the source, bytes: for messages */
  LikenessSplit origin; /* the split it stands in now */
  LikenessPin pin;
  guint64 hash;      /* perceptual hash, where has_hash */
  gboolean has_hash; /* FALSE: never grouped */
} LikenessPlanFace;

typedef struct
{
  double ratio;                  /* share of train, 0.05 to 0.95, in millionths; 0.8 */
  guint minimum;                 /* fewest faces of a subject, 2 to 1000; 5 */
  guint64 seed;                  /* 42 */
  gboolean keep_near_duplicates; /* groups are never divided; TRUE */
  guint near_distance;           /* bits; LIKENESS_NEAR_DUPLICATE_DISTANCE */
} LikenessPlanOptions;

typedef enum
{
  LIKENESS_ASSIGNMENT_OUT,
  LIKENESS_ASSIGNMENT_TRAIN,
  LIKENESS_ASSIGNMENT_VAL,
} LikenessAssignment;

typedef enum
{
  LIKENESS_DROP_TOO_FEW,   /* fewer faces than the minimum */
  LIKENESS_DROP_ONE_BURST, /* fewer than two groups of near-duplicates */
  LIKENESS_DROP_PINNED,    /* pins leave one side empty */
  LIKENESS_DROP_UNUSABLE,  /* none of its files can be used: never among the faces */
} LikenessDropReason;

typedef struct
{
  char *subject; /* owned */
  guint faces;
  LikenessDropReason reason;
} LikenessDrop;

/** What one kept subject got. */
typedef struct
{
  char *subject; /* owned */
  guint train;
  guint val;
} LikenessPlanSubject;

/** The plan: what the preview shows is what the commit writes. */
typedef struct
{
  gsize n_faces;
  LikenessAssignment *assignments; /* one a face, in the order of the input */
  gsize *groups;                   /* one a face: index of the first face of its group */
  guint n_subjects;
  LikenessPlanSubject *subjects; /* sorted by name bytes */
  guint n_drops;
  LikenessDrop *drops; /* sorted by name bytes */
  guint train;
  guint val;
  guint wanted_train; /* round(ratio * (train + val)); differs from train where groups
                         forbid it */
  guint
      naive_leak; /* val faces with a near-twin in train if groups were divided freely */
  guint naive_of; /* val faces of that naive plan */
  guint leak;     /* the same for this plan: 0 with keep_near_duplicates */
} LikenessSplitPlan;

void likeness_plan_options_init (LikenessPlanOptions *options);

/**
 * likeness_split_plan_new:
 *
 * The split of the plan options. Pure: depends on nothing but its
 * arguments, not even on the order of @faces, and gives the same plan on every machine.
 *
 * Returns: (transfer full): the plan, or %NULL with %LIKENESS_ERROR_USAGE (an option out
 * of range), %LIKENESS_ERROR_CONFLICT (two pins in one group; both are named) or
 *   %LIKENESS_ERROR_TOO_FEW (no subject is left)
 */
LikenessSplitPlan *likeness_split_plan_new (const LikenessPlanFace *faces,
                                            gsize n_faces,
                                            const LikenessPlanOptions *options,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_split_plan_free (LikenessSplitPlan *self);

/** (transfer full): the assignments, a byte a face, to compare another plan with. */
GBytes *
likeness_split_plan_dup_sides (const LikenessSplitPlan *self) G_GNUC_WARN_UNUSED_RESULT;

/** Why a subject was dropped, one translated clause: "3 faces, at least 5 are needed".
 * (transfer full) */
char *
likeness_drop_describe (const LikenessDrop *drop,
                        const LikenessPlanOptions *options) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessSplitPlan, likeness_split_plan_free)

G_END_DECLS
