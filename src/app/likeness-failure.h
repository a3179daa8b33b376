/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-outcome.h"

G_BEGIN_DECLS

/**
 * LikenessFailure:
 *
 * One val face that was taken for somebody else. Borrows from its outcome, which it
 * keeps.
 */
#define LIKENESS_TYPE_FAILURE (likeness_failure_get_type ())
G_DECLARE_FINAL_TYPE (LikenessFailure, likeness_failure, LIKENESS, FAILURE, GObject)

/** @face: index into the outcome's judged faces */
LikenessFailure *likeness_failure_new (LikenessOutcome *outcome,
                                       guint face) G_GNUC_WARN_UNUSED_RESULT;

const LikenessJudgedFace *likeness_failure_get_face (LikenessFailure *self);
/** (nullable): a train face of the person it was taken for. */
const char *likeness_failure_get_example (LikenessFailure *self);
/** (transfer full): the person on the picture, valid UTF-8. */
char *likeness_failure_dup_true_name (LikenessFailure *self) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full): whom the network takes it for, valid UTF-8. */
char *likeness_failure_dup_taken_for (LikenessFailure *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
