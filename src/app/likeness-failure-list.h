/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-outcome.h"

G_BEGIN_DECLS

/**
 * LikenessFailureList:
 *
 * The val faces of a run that were taken for somebody else, as #LikenessFailure, the
 * surest mistakes first. An item is made when somebody asks for it, so that a million
 * faces cost four bytes each.
 */
#define LIKENESS_TYPE_FAILURE_LIST (likeness_failure_list_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessFailureList, likeness_failure_list, LIKENESS, FAILURE_LIST, GObject)

LikenessFailureList *
likeness_failure_list_new (LikenessOutcome *outcome) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
