/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <adwaita.h>

#include "likeness-results.h"
#include "likeness-thumbnailer.h"

G_BEGIN_DECLS

/**
 * LikenessSubjectTable:
 *
 * The subjects of a run, worst first, sortable by each column; Ctrl+C copies the selected
 * rows, or all, as tab-separated text in the order shown. Action: table.copy.
 */
#define LIKENESS_TYPE_SUBJECT_TABLE (likeness_subject_table_get_type ())
G_DECLARE_FINAL_TYPE (
    LikenessSubjectTable, likeness_subject_table, LIKENESS, SUBJECT_TABLE, AdwBin)

void likeness_subject_table_set_results (LikenessSubjectTable *self,
                                         LikenessThumbnailer *thumbnailer,
                                         const LikenessResults *results);
/** Number of rows. */
guint likeness_subject_table_get_n_rows (LikenessSubjectTable *self);
/** (transfer full): what Ctrl+C copies. */
char *
likeness_subject_table_dup_text (LikenessSubjectTable *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
