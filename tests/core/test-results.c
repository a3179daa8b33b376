/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-results.h"

#include <math.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"

static LikenessResults *
make_results (void)
{
  static const struct
  {
    const char *name;
    guint k, n, baseline;
    double margin;
    int taken_for;
  } subjects[] = {
      {"ann", 9, 10, 8, 0.2, 1},       {"bo\xff\\", 0, 1, 0, -0.1, 0},
      {"cy,\"d\"", 2, 10, 4, -0.2, 0}, {"dee", 10, 10, 9, 0.5, -1},
      {"eve", 2, 10, 4, -0.3, 0},      {"nobody", 0, 0, 0, NAN, -1},
  };
  LikenessResults *self = g_new0 (LikenessResults, 1);

  likeness_metrics_clear (&self->metrics);
  likeness_metrics_clear (&self->baseline);
  self->metrics.rank1 = likeness_rate_new (23, 41);
  self->metrics.sim = 0.538;
  self->baseline.rank1 = likeness_rate_new (25, 41);
  self->has_baseline = TRUE;
  self->epoch = 3;
  self->input = g_strdup ("12");
  self->n_subjects = G_N_ELEMENTS (subjects);
  self->subjects = g_new0 (LikenessSubjectResult, self->n_subjects);
  for (guint i = 0; i < self->n_subjects; i++)
    self->subjects[i] = (LikenessSubjectResult){
        .name = g_strdup (subjects[i].name),
        .accuracy = likeness_rate_new (subjects[i].k, subjects[i].n),
        .baseline = likeness_rate_new (subjects[i].baseline, subjects[i].n),
        .margin = subjects[i].margin,
        .mostly_taken_for = subjects[i].taken_for,
        .mostly_count = subjects[i].taken_for >= 0 ? 1 : 0,
        .example = g_strdup ("/train/a.png"),
    };
  self->n_faces = 2;
  self->faces = g_new0 (LikenessJudgedFace, 2);
  self->faces[0] = (LikenessJudgedFace){
      .path = g_strdup ("/val/\xe9.png"),
      .low_path = g_strdup ("/val_low/\xe9.png"),
      .subject = 1,
      .taken_for = 0,
      .rank = 4,
      .score_true = 0.25,
      .score_best_wrong = 0.3,
      .correct = FALSE,
      .baseline_correct = TRUE,
  };
  self->faces[1] = (LikenessJudgedFace){
      .path = g_strdup ("/val/b.png"),
      .subject = 0,
      .taken_for = 0,
      .rank = 1,
      .score_true = NAN,
      .score_best_wrong = 0.1,
      .correct = TRUE,
  };
  return self;
}

static void
test_round_trip (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "results.json", NULL);
  g_autoptr (LikenessResults) self = make_results ();
  g_autoptr (LikenessResults) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = likeness_results_to_json (self);
  g_autofree char *second = NULL;

  g_assert_true (likeness_results_save (self, path, &error));
  g_assert_no_error (error);
  again = likeness_results_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->n_subjects, ==, 6);
  g_assert_cmpuint (again->n_faces, ==, 2);
  g_assert_cmpuint (again->epoch, ==, 3);
  g_assert_cmpstr (again->input, ==, "12");
  g_assert_true (again->has_baseline);
  g_assert_cmpuint (again->baseline.rank1.k, ==, 25);
  g_assert_cmpfloat (again->metrics.sim, ==, 0.538);
  g_assert_cmpstr (again->subjects[1].name, ==, "bo\xff\\");
  g_assert_cmpint (again->subjects[1].mostly_taken_for, ==, 0);
  g_assert_cmpint (again->subjects[3].mostly_taken_for, ==, -1);
  g_assert_cmpuint (again->subjects[2].accuracy.k, ==, 2);
  g_assert_true (isnan (again->subjects[5].margin));
  g_assert_cmpstr (again->faces[0].path, ==, "/val/\xe9.png");
  g_assert_cmpstr (again->faces[0].low_path, ==, "/val_low/\xe9.png");
  g_assert_cmpuint (again->faces[0].subject, ==, 1);
  g_assert_cmpuint (again->faces[0].rank, ==, 4);
  g_assert_false (again->faces[0].correct);
  g_assert_true (again->faces[0].baseline_correct);
  g_assert_true (isnan (again->faces[1].score_true));
  g_assert_true (again->faces[1].correct);
  second = likeness_results_to_json (again);
  g_assert_cmpstr (second, ==, first);
  likeness_test_tree_remove (root);
}

/* The members that other programs rely on. */
static void
test_members (void)
{
  static const char *const members[]
      = {"n",          "subjects",   "top1",          "top5",       "rank1",
         "macro_top1", "sim",        "impostor_mean", "d_prime",    "impostor_p999",
         "eer",        "tar_at_far", "strangers",     "per_subject"};
  g_autoptr (LikenessResults) self = make_results ();
  g_autofree char *json = likeness_results_to_json (self);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *member = g_strdup_printf ("\n  \"%s\": ", members[i]);

      g_assert_nonnull (strstr (json, member));
    }
  g_assert_nonnull (strstr (json, "\n  \"n\": 2,\n  \"subjects\": 6,"));
}

/* By hand: the upper ends are 0.98 (9/10), 0.79 (0/1), 0.51 (2/10), 1 (10/10). */
static void
test_worst_first (void)
{
  static const guint expected[] = {4, 2, 1, 0, 3, 5};
  g_autoptr (LikenessResults) self = make_results ();
  guint order[6];

  likeness_results_sort_worst_first (self, order);
  g_assert_cmpmem (order, sizeof order, expected, sizeof expected);
}

static void
test_csv (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *subjects_path = g_build_filename (root, "results.csv", NULL);
  g_autofree char *faces_path = g_build_filename (root, "faces.csv", NULL);
  g_autofree char *subjects = NULL;
  g_autofree char *faces = NULL;
  g_autoptr (LikenessResults) self = make_results ();
  g_autoptr (GError) error = NULL;

  g_assert_true (likeness_results_save_csv (self, root, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (subjects_path, &subjects, NULL, NULL));
  g_assert_true (g_file_get_contents (faces_path, &faces, NULL, NULL));
  g_assert_true (g_str_has_prefix (
      subjects,
      "subject,n,correct,accuracy,low,high,baseline_correct,margin,mostly_taken_for,"
      "mostly_count\neve,10,2,0.2,"));
  g_assert_nonnull (strstr (subjects, "\n\"cy,\"\"d\"\"\",10,2,0.2,"));
  g_assert_nonnull (strstr (subjects, "\nnobody,0,0,,,,0,,,0\n"));
  g_assert_cmpstr (faces, ==,
                   "path,subject,taken_for,rank,score_true,score_best_wrong,correct,"
                   "baseline_correct\n"
                   "/val/\\xe9.png,bo\\xff\\\\,ann,4,0.25,0.3,0,1\n"
                   "/val/b.png,ann,ann,1,,0.1,1,0\n");
  g_assert_false (likeness_results_save_csv (self, subjects_path, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  likeness_test_tree_remove (root);
}

static void
test_hostile (void)
{
  static const char *const texts[] = {
      "{}",
      "{\"per_subject\": []}",
      "{\"per_subject\": {}, \"faces\": []}",
      "{\"per_subject\": [1], \"faces\": []}",
      "{\"per_subject\": [[]], \"faces\": []}",
      "{\"per_subject\": [{}], \"faces\": []}",
      "{\"per_subject\": [{\"subject\": 1}], \"faces\": []}",
      "{\"per_subject\": [{\"subject\": \"\\\\x00\"}], \"faces\": []}",
      "{\"per_subject\": [{\"subject\": \"b\"}, {\"subject\": \"a\"}], \"faces\": []}",
      "{\"per_subject\": [{\"subject\": \"a\"}, {\"subject\": \"a\"}], \"faces\": []}",
      "{\"per_subject\": [{\"subject\": \"a\", \"mostly_taken_for\": \"b\"}],"
      " \"faces\": []}",
      "{\"per_subject\": [{\"subject\": \"a\", \"accuracy\": {\"k\": 2, \"n\": 1}}],"
      " \"faces\": []}",
      "{\"per_subject\": [], \"faces\": [{\"path\": \"/a\", \"subject\": \"a\"}]}",
      "{\"per_subject\": [{\"subject\": \"a\"}],"
      " \"faces\": [{\"path\": \"/a\", \"subject\": \"a\"}]}",
      "{\"per_subject\": [{\"subject\": \"a\"}],"
      " \"faces\": [{\"path\": \"/a\", \"subject\": \"a\", \"taken_for\": 0}]}",
      "{\"per_subject\": [{\"subject\": \"a\"}],"
      " \"faces\": [{\"subject\": \"a\", \"taken_for\": \"a\"}]}",
      "{\"per_subject\": [{\"subject\": \"a\"}],"
      " \"faces\": [{\"path\": \"/a\", \"subject\": \"a\", \"taken_for\": \"a\","
      " \"rank\": 4294967296}]}",
      "{\"per_subject\": [], \"faces\": [], \"baseline\": []}",
      "{\"per_subject\": [], \"faces\": [], \"epoch\": -1}",
      "{\"per_subject\": [], \"faces\": [], \"input\": 12}",
  };
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "results.json", NULL);
  g_autoptr (LikenessResults) least = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      likeness_test_tree_write (root, "results.json", texts[i], -1);
      g_assert_null (likeness_results_load (path, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
      g_assert_nonnull (strstr (error->message, path));
    }
  likeness_test_tree_write (root, "results.json", "{\"per_subject\": [], \"faces\": []}",
                            -1);
  least = likeness_results_load (path, NULL);
  g_assert_nonnull (least);
  g_assert_false (least->has_baseline);
  g_assert_true (isnan (least->metrics.rank1.value));
  likeness_test_tree_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/results/json/round-trip", test_round_trip);
  g_test_add_func ("/results/json/members", test_members);
  g_test_add_func ("/results/json/hostile", test_hostile);
  g_test_add_func ("/results/sort/worst-first", test_worst_first);
  g_test_add_func ("/results/csv", test_csv);
  return g_test_run ();
}
