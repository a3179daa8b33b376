/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-results.h"

G_BEGIN_DECLS

/**
 * LikenessResultRow:
 *
 * One subject's results as a table shows them. Properties for `<lookup>`, texts: "name",
 * "correct" ("3 of 5"), "accuracy", "interval", "margin", "before", "taken-for"; numbers
 * for bars and sorting: "value", "low", "high", "was", "margin-value", "n", "position"
 * (0: the worst).
 */
#define LIKENESS_TYPE_RESULT_ROW (likeness_result_row_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessResultRow, likeness_result_row, LIKENESS, RESULT_ROW, GObject)

/**
 * likeness_result_row_new_all:
 *
 * Returns: (transfer full) (element-type LikenessResultRow): those subjects that have a
 *   judged face, worst first
 */
GPtrArray *
likeness_result_row_new_all (const LikenessResults *results) G_GNUC_WARN_UNUSED_RESULT;

/** Valid UTF-8. */
const char *likeness_result_row_get_name (LikenessResultRow *self);
/** (nullable): absolute path of one of its train faces, bytes. */
const char *likeness_result_row_get_example (LikenessResultRow *self);

/** The first line of the copied table, with its newline; for programs, not translated. */
#define LIKENESS_RESULT_ROW_TSV_HEADER                                                   \
  "subject\tcorrect\tfaces\taccuracy\tlow\thigh\tmargin\tuntouched_correct\t"            \
  "mostly_taken_for\ttimes\n"
/** Appends one line of tab-separated text: numbers in the C locale with all digits, what
 * is not known empty. */
void likeness_result_row_append_tsv (LikenessResultRow *self, GString *text);

G_END_DECLS
