/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"

G_BEGIN_DECLS

/** The two ways to split people: other ones in every split (frontal_only, made for
 * super-resolution), or the same ones in train and val (edgeface_finetune, made for
 * recognition). */
typedef enum
{
  LIKENESS_COLUMN_OTHER_PEOPLE,
  LIKENESS_COLUMN_SAME_PEOPLE,
} LikenessComparisonColumn;
#define LIKENESS_COMPARISON_N_COLUMNS 2

/** One question, with an answer and its reason for each way; all translated. */
typedef struct
{
  char *question;
  char *answers[LIKENESS_COMPARISON_N_COLUMNS];
  char *reasons[LIKENESS_COMPARISON_N_COLUMNS];
} LikenessComparisonRow;

/**
 * LikenessComparison:
 *
 * What each way to split means for one data set, with its own numbers: as it is in the
 * column that it belongs to, and as it would be in the other one.
 */
typedef struct
{
  int own; /* the column the data set belongs to; -1: neither (not split, or mixed) */
  char *titles[LIKENESS_COMPARISON_N_COLUMNS];
  GPtrArray *rows; /* of LikenessComparisonRow */
} LikenessComparison;

/**
 * likeness_comparison_new:
 *
 * What would be made is reckoned with the split's defaults, of train and val (or of all,
 * where there are no splits), without what is excluded and without regard to
 * near-duplicates, which may move some faces. (transfer full)
 */
LikenessComparison *
likeness_comparison_new (LikenessDataset *dataset) G_GNUC_WARN_UNUSED_RESULT;
void likeness_comparison_free (LikenessComparison *self);
/** Tab-separated, a line a row, answer and reason in columns of their own. (transfer
 * full) */
char *
likeness_comparison_to_text (const LikenessComparison *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessComparison, likeness_comparison_free)

G_END_DECLS
