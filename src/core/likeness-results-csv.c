/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-results.h"

#include <math.h>

#include "likeness-csv.h"

static void
append_subject (const LikenessResults *self,
                const LikenessSubjectResult *subject,
                GString *lines)
{
  likeness_csv_add_bytes (lines, subject->name);
  likeness_csv_add_number (lines, subject->accuracy.n);
  likeness_csv_add_number (lines, subject->accuracy.k);
  likeness_csv_add_number (lines, subject->accuracy.value);
  likeness_csv_add_number (lines, subject->accuracy.low);
  likeness_csv_add_number (lines, subject->accuracy.high);
  likeness_csv_add_number (lines, self->has_baseline ? (double)subject->baseline.k : NAN);
  likeness_csv_add_number (lines, subject->margin);
  likeness_csv_add_bytes (lines, subject->mostly_taken_for >= 0
                                     ? self->subjects[subject->mostly_taken_for].name
                                     : "");
  likeness_csv_add_number (lines, subject->mostly_count);
  g_string_append_c (lines, '\n');
}

static void
append_face (const LikenessResults *self, const LikenessJudgedFace *face, GString *lines)
{
  likeness_csv_add_bytes (lines, face->path);
  likeness_csv_add_bytes (lines, self->subjects[face->subject].name);
  likeness_csv_add_bytes (lines, self->subjects[face->taken_for].name);
  likeness_csv_add_number (lines, face->rank);
  likeness_csv_add_number (lines, face->score_true);
  likeness_csv_add_number (lines, face->score_best_wrong);
  likeness_csv_add_number (lines, face->correct);
  likeness_csv_add_number (lines,
                           self->has_baseline ? (double)face->baseline_correct : NAN);
  g_string_append_c (lines, '\n');
}

gboolean
likeness_results_save_csv (const LikenessResults *self,
                           const char *directory,
                           GError **error)
{
  g_autoptr (GString) subjects
      = g_string_new ("subject,n,correct,accuracy,low,high,baseline_correct,margin,"
                      "mostly_taken_for,mostly_count\n");
  g_autoptr (GString) faces
      = g_string_new ("path,subject,taken_for,rank,score_true,score_best_wrong,correct,"
                      "baseline_correct\n");
  g_autofree guint *order = g_new (guint, self->n_subjects);

  likeness_results_sort_worst_first (self, order);
  for (guint i = 0; i < self->n_subjects; i++)
    append_subject (self, &self->subjects[order[i]], subjects);
  for (guint i = 0; i < self->n_faces; i++)
    append_face (self, &self->faces[i], faces);
  return likeness_csv_save_in (subjects, directory, LIKENESS_RESULTS_CSV_NAME, error)
         && likeness_csv_save_in (faces, directory, LIKENESS_FACES_CSV_NAME, error);
}
