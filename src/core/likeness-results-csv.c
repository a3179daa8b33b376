/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-results.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-json.h"

/* Quoted as RFC 4180 says. */
static void
append_bytes (GString *line, const char *bytes)
{
  g_autofree char *text = likeness_json_escape (bytes != NULL ? bytes : "");

  if (line->len > 0 && line->str[line->len - 1] != '\n')
    g_string_append_c (line, ',');
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (line, text);
      return;
    }
  g_string_append_c (line, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *c);
    }
  g_string_append_c (line, '"');
}

/* A number that means nothing is an empty field. */
static void
append_number (GString *line, double value)
{
  g_autofree char *text
      = isfinite (value) ? likeness_json_number_to_string (value) : NULL;

  g_string_append_c (line, ',');
  g_string_append (line, text != NULL ? text : "");
}

static void
append_subject (const LikenessResults *self,
                const LikenessSubjectResult *subject,
                GString *lines)
{
  append_bytes (lines, subject->name);
  append_number (lines, subject->accuracy.n);
  append_number (lines, subject->accuracy.k);
  append_number (lines, subject->accuracy.value);
  append_number (lines, subject->accuracy.low);
  append_number (lines, subject->accuracy.high);
  append_number (lines, self->has_baseline ? (double)subject->baseline.k : NAN);
  append_number (lines, subject->margin);
  append_bytes (lines, subject->mostly_taken_for >= 0
                           ? self->subjects[subject->mostly_taken_for].name
                           : "");
  append_number (lines, subject->mostly_count);
  g_string_append_c (lines, '\n');
}

static void
append_face (const LikenessResults *self, const LikenessJudgedFace *face, GString *lines)
{
  append_bytes (lines, face->path);
  append_bytes (lines, self->subjects[face->subject].name);
  append_bytes (lines, self->subjects[face->taken_for].name);
  append_number (lines, face->rank);
  append_number (lines, face->score_true);
  append_number (lines, face->score_best_wrong);
  append_number (lines, face->correct);
  append_number (lines, self->has_baseline ? (double)face->baseline_correct : NAN);
  g_string_append_c (lines, '\n');
}

static gboolean
write_file (const char *directory, const char *name, GString *lines, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *display = likeness_display_name (path);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents (path, lines->str, lines->len, &local))
    return TRUE;
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” could not be written: %s"), display, local->message);
  return FALSE;
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
  return write_file (directory, LIKENESS_RESULTS_CSV_NAME, subjects, error)
         && write_file (directory, LIKENESS_FACES_CSV_NAME, faces, error);
}
