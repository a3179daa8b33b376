/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-lfw.h"
#include "likeness-pairs.h"

G_BEGIN_DECLS

/** What `evaluate --pairs` found; all owned. */
typedef struct
{
  LikenessPairs *pairs;
  float *scores; /* one a pair */
  LikenessLfw *lfw;
  LikenessVerification verification; /* of all pairs */
  int input; /* pixels of the second image; otherwise it was shown as it is */
} LikenessCliPairsResult;

void likeness_cli_pairs_result_clear (LikenessCliPairsResult *self);

/** Prints it for people. */
void likeness_cli_pairs_result_print (const LikenessCliPairsResult *self);
/** Prints the JSON object of `evaluate --pairs`. */
void likeness_cli_pairs_result_print_json (const LikenessCliPairsResult *self);

#define LIKENESS_PAIRS_CSV_NAME "pairs.csv"

/** Writes one line a pair, in the order of the list, into a file in @directory
 * (likeness-csv.h). */
gboolean likeness_cli_pairs_result_save (const LikenessCliPairsResult *self,
                                         const char *directory,
                                         GError **error);

G_END_DECLS
