/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"
#include "likeness-digest.h"
#include "likeness-progress.h"
#include "likeness-split-plan.h"

G_BEGIN_DECLS

typedef enum
{
  LIKENESS_LINK_COPY,
  LIKENESS_LINK_HARD,
  LIKENESS_LINK_SYMBOLIC,
} LikenessLink;

/**
 * LikenessSplitJob:
 *
 * The faces of a data set frozen for planning and committing: plain data, may cross
 * threads (one at a time). Holds path, size, time and hash of each file, the plan's
 * input, and, after likeness_split_job_plan(), the plan.
 */
typedef struct _LikenessSplitJob LikenessSplitJob;

/**
 * likeness_split_job_new:
 * @split_mask: bit (1 << split) for each split to take from (train and val by default;
 * faces without a split always count)
 *
 * Excluded subjects and faces are left out; a face's pin is taken over.
 */
LikenessSplitJob *likeness_split_job_new (LikenessDataset *dataset,
                                          guint split_mask) G_GNUC_WARN_UNUSED_RESULT;
void likeness_split_job_free (LikenessSplitJob *self);

gsize likeness_split_job_get_n_faces (const LikenessSplitJob *self);
const LikenessPlanFace *likeness_split_job_get_faces (const LikenessSplitJob *self);
/** (transfer full): absolute path of face @index (the best image there is). */
char *likeness_split_job_dup_path (const LikenessSplitJob *self,
                                   gsize index) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_split_job_read:
 *
 * Reads every file once, unless that was done in an earlier session
 * (likeness-fingerprints.h): perceptual hash (for near-duplicates), content hash, size
 * and time. Blocks; call it on a worker. Needed before a plan that keeps near-duplicates
 * together.
 */
gboolean likeness_split_job_read (LikenessSplitJob *self,
                                  LikenessProgress *progress,
                                  GCancellable *cancellable,
                                  GError **error);
gboolean likeness_split_job_get_was_read (const LikenessSplitJob *self);

/** After likeness_split_job_read(): whether face @index could not be decoded. Such a face
 * is taken out of the plan. */
gboolean likeness_split_job_get_unreadable (const LikenessSplitJob *self, gsize index);

/** (transfer none) (nullable): after likeness_split_job_read(): of the best image of face
 * @index. */
const LikenessDigest *likeness_split_job_get_digest (const LikenessSplitJob *self,
                                                     gsize index);

/** Reads a pins file (`train|val|out<TAB>relative path` a line) into the faces. */
gboolean
likeness_split_job_load_pins (LikenessSplitJob *self, const char *path, GError **error);

/**
 * likeness_split_job_set_pins:
 * @pins: (element-type filename LikenessPin): by relative path, as in the faces; a face
 * without one is free
 */
void likeness_split_job_set_pins (LikenessSplitJob *self, GHashTable *pins);

/** (transfer full): such a table, empty. */
GHashTable *likeness_split_pins_new (void) G_GNUC_WARN_UNUSED_RESULT;
GHashTable *likeness_split_pins_copy (GHashTable *pins) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_split_pins_set:
 * @plan: (nullable): tells the groups; the other pins of the face's are taken back, as it
 * moves all of it
 * @pin: LIKENESS_PIN_NONE frees the face
 */
void likeness_split_pins_set (GHashTable *pins,
                              const LikenessPlanFace *faces,
                              const LikenessSplitPlan *plan,
                              gsize face,
                              LikenessPin pin);

/** The table as a pins file, sorted by path bytes. (transfer full) */
char *likeness_split_pins_to_string (GHashTable *pins) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_split_job_plan:
 *
 * Makes the plan and keeps it as the one that will be committed.
 *
 * Returns: (transfer none): the plan, owned by the job until the next call, or %NULL as
 *   likeness_split_plan_new()
 */
const LikenessSplitPlan *likeness_split_job_plan (LikenessSplitJob *self,
                                                  const LikenessPlanOptions *options,
                                                  GError **error);

/** What the commit will write. */
typedef struct
{
  guint files;   /* images, partners included */
  guint64 bytes; /* their content */
} LikenessCommitSize;

LikenessCommitSize likeness_split_job_measure (const LikenessSplitJob *self);

typedef struct
{
  const char *target;    /* absolute or relative path of the folder to make */
  LikenessLayout layout; /* the source's, or LIKENESS_LAYOUT_FOLDERS */
  LikenessLink link;
  gboolean replace; /* an existing target is replaced once the new one is complete */
  gboolean check_content; /* sources are hashed again: size and time could be forged */
} LikenessCommitOptions;

/** Where the time of a reading and of a commit went. */
typedef struct
{
  double reading; /* decoding and hashing, before the plan */
  double hashing; /* within the commit: what was not read, or is checked again */
  double writing; /* the commit but for hashing and syncing */
  double syncing; /* the wait for the disk at the end */
} LikenessSplitSeconds;

/** Of the last reading and the last commit. */
LikenessSplitSeconds likeness_split_job_get_seconds (const LikenessSplitJob *self);

/**
 * likeness_split_job_commit:
 *
 * Writes the planned split, all or nothing: into a
 * hidden sibling folder, then one rename. Every error and a cancellation leave the target
 * as it was and remove the partial folder. Writes `dataset.json` (likeness-manifest.h).
 * Blocks.
 */
gboolean likeness_split_job_commit (LikenessSplitJob *self,
                                    const LikenessCommitOptions *options,
                                    LikenessProgress *progress,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * likeness_split_summarize:
 *
 * The fixed, locale-independent summary ("Dataset Creation Complete!"
 * ...), six lines with a final newline. (transfer full)
 */
char *likeness_split_summarize (const LikenessSplitPlan *plan,
                                const char *output) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessSplitJob, likeness_split_job_free)

G_END_DECLS
