/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-result-row.h"

#include <math.h>

#include "likeness-failure-list.h"
#include "likeness-failure.h"

enum
{
  ANNA,
  BERT,
  CARL,
  DORA,
  N_SUBJECTS
};

static void
set_subject (LikenessResults *results,
             guint i,
             const char *name,
             guint k,
             guint n,
             guint was,
             double margin)
{
  LikenessSubjectResult *subject = &results->subjects[i];

  subject->name = g_strdup (name);
  subject->accuracy = likeness_rate_new (k, n);
  subject->baseline = likeness_rate_new (was, n);
  subject->margin = margin;
  subject->mostly_taken_for = -1;
}

static void
set_face (LikenessResults *results,
          guint i,
          guint subject,
          guint taken_for,
          double score_true,
          double score_wrong)
{
  LikenessJudgedFace *face = &results->faces[i];

  face->path = g_strdup_printf ("/faces/%u.png", i);
  face->subject = subject;
  face->taken_for = taken_for;
  face->correct = subject == taken_for;
  face->rank = face->correct ? 1 : 2;
  face->score_true = score_true;
  face->score_best_wrong = score_wrong;
}

/* Anna 5 of 6, Bert 0 of 2, Dora 2 of 5; nobody of Carl's is in val. */
static LikenessResults *
make_results (void)
{
  LikenessResults *results = g_new0 (LikenessResults, 1);

  likeness_metrics_clear (&results->metrics);
  likeness_metrics_clear (&results->baseline);
  results->has_baseline = TRUE;
  results->n_subjects = N_SUBJECTS;
  results->subjects = g_new0 (LikenessSubjectResult, N_SUBJECTS);
  set_subject (results, ANNA, "Anna", 5, 6, 3, 0.25);
  set_subject (results, BERT, "Be\trt\xff", 0, 2, 1, -0.5);
  set_subject (results, CARL, "Carl", 0, 0, 0, NAN);
  set_subject (results, DORA, "Dora", 2, 5, 2, 0.125);
  results->subjects[BERT].mostly_taken_for = DORA;
  results->subjects[BERT].mostly_count = 2;
  results->subjects[DORA].example = g_strdup ("/faces/dora.png");

  results->n_faces = 4;
  results->faces = g_new0 (LikenessJudgedFace, results->n_faces);
  set_face (results, 0, BERT, DORA, 0.4, 0.5);
  set_face (results, 1, ANNA, ANNA, 0.9, 0.1);
  set_face (results, 2, BERT, DORA, 0.2, 0.6);
  set_face (results, 3, DORA, ANNA, 0.3, 0.5);
  return results;
}

static void
assert_text (gpointer row, const char *property, const char *expected)
{
  g_autofree char *text = NULL;

  g_object_get (row, property, &text, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* The upper ends are 0.658 (Bert), 0.769 (Dora) and 0.970 (Anna). */
static void
test_worst_first (void)
{
  g_autoptr (LikenessResults) results = make_results ();
  g_autoptr (GPtrArray) rows = likeness_result_row_new_all (results);

  g_assert_cmpuint (rows->len, ==, 3);
  assert_text (rows->pdata[0], "name", "Be\xef\xbf\xbdrt\xef\xbf\xbd");
  assert_text (rows->pdata[1], "name", "Dora");
  assert_text (rows->pdata[2], "name", "Anna");
  for (guint i = 0; i < rows->len; i++)
    {
      guint position = G_MAXUINT;

      g_object_get (rows->pdata[i], "position", &position, NULL);
      g_assert_cmpuint (position, ==, i);
    }
}

static void
test_few_faces_have_no_percentage (void)
{
  g_autoptr (LikenessResults) results = make_results ();
  g_autoptr (GPtrArray) rows = likeness_result_row_new_all (results);

  assert_text (rows->pdata[0], "correct", "0 of 2");
  assert_text (rows->pdata[0], "accuracy", "–");
  assert_text (rows->pdata[0], "interval",
               "Too few faces for a percentage; 95 % interval 0.0–65.8 %");
  assert_text (rows->pdata[1], "correct", "2 of 5");
  assert_text (rows->pdata[1], "accuracy", "40.0 %");
  assert_text (rows->pdata[1], "interval", "95 % interval 11.8–76.9 %");
}

static void
test_before_and_taken_for (void)
{
  g_autoptr (LikenessResults) results = make_results ();
  g_autoptr (GPtrArray) rows = likeness_result_row_new_all (results);
  g_autoptr (GPtrArray) alone = NULL;

  assert_text (rows->pdata[0], "before", "1 of 2");
  assert_text (rows->pdata[0], "taken-for", "Dora, 2 times");
  assert_text (rows->pdata[2], "before", "3 of 6");
  assert_text (rows->pdata[2], "taken-for", "nobody");
  assert_text (rows->pdata[2], "margin", "0.250");
  results->has_baseline = FALSE;
  alone = likeness_result_row_new_all (results);
  assert_text (alone->pdata[2], "before", "–");
}

static void
test_tab_separated_text (void)
{
  g_autoptr (LikenessResults) results = make_results ();
  g_autoptr (GPtrArray) rows = likeness_result_row_new_all (results);
  g_autoptr (GString) text = g_string_new (LIKENESS_RESULT_ROW_TSV_HEADER);
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) header = NULL;
  g_auto (GStrv) bert = NULL;

  for (guint i = 0; i < rows->len; i++)
    likeness_result_row_append_tsv (rows->pdata[i], text);
  lines = g_strsplit (text->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 5); /* the last is empty */
  header = g_strsplit (lines[0], "\t", -1);
  bert = g_strsplit (lines[1], "\t", -1);
  g_assert_cmpuint (g_strv_length (header), ==, 10);
  g_assert_cmpuint (g_strv_length (bert), ==, 10);
  g_assert_cmpstr (bert[0], ==, "Be\xef\xbf\xbdrt\xef\xbf\xbd");
  g_assert_cmpstr (bert[1], ==, "0");
  g_assert_cmpstr (bert[2], ==, "2");
  g_assert_cmpstr (bert[3], ==, "0");
  g_assert_cmpfloat_with_epsilon (g_ascii_strtod (bert[5], NULL), 0.657628, 1e-6);
  g_assert_cmpstr (bert[6], ==, "-0.5");
  g_assert_cmpstr (bert[7], ==, "1");
  g_assert_cmpstr (bert[8], ==, "Dora");
  g_assert_cmpstr (bert[9], ==, "2");
}

static void
test_surest_mistakes_first (void)
{
  g_autoptr (LikenessOutcome) outcome
      = likeness_outcome_new ("/run", make_results (), LIKENESS_VERDICT_UNKNOWN, NULL);
  g_autoptr (LikenessFailureList) list = likeness_failure_list_new (outcome);
  static const char *const paths[] = {"/faces/2.png", "/faces/3.png", "/faces/0.png"};

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 3));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (LikenessFailure) failure
          = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_assert_cmpstr (likeness_failure_get_face (failure)->path, ==, paths[i]);
    }
}

static void
test_mistake_names_both (void)
{
  g_autoptr (LikenessOutcome) outcome
      = likeness_outcome_new ("/run", make_results (), LIKENESS_VERDICT_UNKNOWN, NULL);
  g_autoptr (LikenessFailure) failure = likeness_failure_new (outcome, 0);
  g_autofree char *true_name = likeness_failure_dup_true_name (failure);
  g_autofree char *taken_for = likeness_failure_dup_taken_for (failure);

  g_assert_cmpstr (true_name, ==, "Be\xef\xbf\xbdrt\xef\xbf\xbd");
  g_assert_cmpstr (taken_for, ==, "Dora");
  g_assert_cmpstr (likeness_failure_get_example (failure), ==, "/faces/dora.png");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/result-row/worst-first", test_worst_first);
  g_test_add_func ("/result-row/few-faces-have-no-percentage",
                   test_few_faces_have_no_percentage);
  g_test_add_func ("/result-row/before-and-taken-for", test_before_and_taken_for);
  g_test_add_func ("/result-row/tab-separated-text", test_tab_separated_text);
  g_test_add_func ("/failure-list/surest-mistakes-first", test_surest_mistakes_first);
  g_test_add_func ("/failure-list/names-both", test_mistake_names_both);
  return g_test_run ();
}
