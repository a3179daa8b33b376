/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-session.h"
#include "likeness-split-job.h"

G_BEGIN_DECLS

/**
 * LikenessSplitPlanner:
 *
 * Keeps the plan of a split up to date off the main thread: a first plan at once, from
 * names alone, and another one when every face was read once for its near-duplicates;
 * then those across people and test are looked for. A change of the options while a plan
 * is being made leads to one more plan, not to a queue of them.
 *
 * Signals "changed": the plan, the error or the reading changed; "twins-changed".
 */
#define LIKENESS_TYPE_SPLIT_PLANNER (likeness_split_planner_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSplitPlanner, likeness_split_planner, LIKENESS, SPLIT_PLANNER, GObject)

LikenessSplitPlanner *likeness_split_planner_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_split_planner_set_dataset:
 * @dataset: (nullable): %NULL stops everything
 * @split_mask: as likeness_split_job_new()
 *
 * Freezes the faces, plans and starts reading.
 */
void likeness_split_planner_set_dataset (LikenessSplitPlanner *self,
                                         LikenessDataset *dataset,
                                         guint split_mask);
void likeness_split_planner_set_options (LikenessSplitPlanner *self,
                                         const LikenessPlanOptions *options);
const LikenessPlanOptions *
likeness_split_planner_get_options (LikenessSplitPlanner *self);

/** (transfer none) (nullable): valid within "changed" and as long as nothing is set. */
const LikenessSplitPlan *likeness_split_planner_get_plan (LikenessSplitPlanner *self);
/** What the plan would write. */
LikenessCommitSize likeness_split_planner_get_size (LikenessSplitPlanner *self);
/** (transfer none) (nullable): why there is no plan. */
const GError *likeness_split_planner_get_error (LikenessSplitPlanner *self);
/** (transfer none) (nullable): while the faces are being read. */
LikenessProgress *likeness_split_planner_get_progress (LikenessSplitPlanner *self);
/** (transfer none) (nullable) (element-type LikenessTwins): likeness_split_twins_find()
 * of the faces and of test; %NULL: not known yet. */
GPtrArray *likeness_split_planner_get_twins (LikenessSplitPlanner *self);
/** Whether the plan is the final one, and nobody is working on the faces. */
gboolean likeness_split_planner_get_can_commit (LikenessSplitPlanner *self);

/** (transfer none) (nullable): absolute; what the faces' paths are relative to. */
const char *likeness_split_planner_get_root (LikenessSplitPlanner *self);
/** The faces that are planned, in the order of the plan; only the strings of them. */
const LikenessPlanFace *likeness_split_planner_get_faces (LikenessSplitPlanner *self,
                                                          gsize *n_faces);
/** (transfer full): absolute path of a face. */
char *likeness_split_planner_dup_path (LikenessSplitPlanner *self,
                                       gsize face) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_split_planner_set_pin:
 *
 * Pins a face, and with it its near-duplicates; other pins among these are taken back.
 * Plans anew. Pins stay as long as the same folder is open.
 */
void
likeness_split_planner_set_pin (LikenessSplitPlanner *self, gsize face, LikenessPin pin);
LikenessPin likeness_split_planner_get_pin (LikenessSplitPlanner *self, gsize face);
void likeness_split_planner_clear_pins (LikenessSplitPlanner *self);
guint likeness_split_planner_get_n_pins (LikenessSplitPlanner *self);
/** (transfer full): as a pins file. */
char *
likeness_split_planner_dup_pins (LikenessSplitPlanner *self) G_GNUC_WARN_UNUSED_RESULT;

/** Whether the face stands on another side than in the plan before this one. */
gboolean likeness_split_planner_get_moved (LikenessSplitPlanner *self, gsize face);

/**
 * likeness_split_planner_commit_async:
 * @options: copied
 *
 * Writes the plan on a worker thread. Only where likeness_split_planner_get_can_commit().
 */
void likeness_split_planner_commit_async (LikenessSplitPlanner *self,
                                          const LikenessCommitOptions *options,
                                          LikenessProgress *progress,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean likeness_split_planner_commit_finish (LikenessSplitPlanner *self,
                                               GAsyncResult *result,
                                               GError **error);

G_END_DECLS
