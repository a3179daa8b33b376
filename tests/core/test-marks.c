/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-marks.h"

#include <glib/gstdio.h>

#include "likeness-split-job.h"
#include "likeness-test-dataset.h"

#define ANNA(split, folder, name) {"anna", LIKENESS_SPLIT_##split, folder, NULL, name}
#define BERT(split, folder, name) {"bert", LIKENESS_SPLIT_##split, folder, NULL, name}

static const TestFace faces[] = {
    ANNA (TRAIN, "train/anna", "a1.png"),     ANNA (TRAIN, "train/anna", "a2.png"),
    ANNA (VAL, "val/anna", "a\n\\3\xff.png"), BERT (TRAIN, "train/bert", "b1.png"),
    BERT (VAL, "val/bert", "b2.png"),         {NULL},
};
/* a1 went to val; b1 is there twice; b2 is gone. */
static const TestFace moved[] = {
    ANNA (TRAIN, "train/anna", "a2.png"),     ANNA (VAL, "val/anna", "a1.png"),
    ANNA (VAL, "val/anna", "a\n\\3\xff.png"), BERT (TRAIN, "train/bert2", "b1.png"),
    BERT (VAL, "val/bert", "b1.png"),         {NULL},
};

typedef struct
{
  char *root;
  char *data;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static LikenessFace *
get_face (LikenessDataset *dataset, guint subject, guint face)
{
  return likeness_subject_get_face (likeness_dataset_get_subject (dataset, subject),
                                    face);
}

static void
save_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

static void
save (LikenessMarks *marks)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  likeness_marks_save_async (marks, save_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (likeness_marks_save_finish (marks, result, &error));
  g_assert_no_error (error);
}

static LikenessMarks *
load (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  LikenessMarks *marks = likeness_marks_load (fixture->root, &error);

  g_assert_no_error (error);
  return marks;
}

/* a1 to val, a3 out and excluded, b1 excluded, b2 to train, Bert excluded. */
static void
mark_and_save (Fixture *fixture)
{
  g_autoptr (LikenessMarks) marks = load (fixture);
  g_autoptr (LikenessDataset) dataset
      = test_dataset_new (fixture->root, LIKENESS_LAYOUT_FOLDERS, faces);

  likeness_marks_set_pin (marks, get_face (dataset, 0, 0), LIKENESS_PIN_VAL);
  likeness_marks_set_pin (marks, get_face (dataset, 0, 2), LIKENESS_PIN_OUT);
  likeness_marks_set_face_excluded (marks, get_face (dataset, 0, 2), TRUE);
  likeness_marks_set_face_excluded (marks, get_face (dataset, 1, 0), TRUE);
  likeness_marks_set_pin (marks, get_face (dataset, 1, 1), LIKENESS_PIN_TRAIN);
  likeness_marks_set_pin (marks, get_face (dataset, 0, 1), LIKENESS_PIN_TRAIN);
  likeness_marks_set_pin (marks, get_face (dataset, 0, 1), LIKENESS_PIN_NONE);
  likeness_marks_set_subject_excluded (marks, likeness_dataset_get_subject (dataset, 1),
                                       TRUE);
  save (marks);
}

static void
test_survive (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessMarks) marks = NULL;
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (LikenessDataset) dataset
      = test_dataset_new (fixture->root, LIKENESS_LAYOUT_FOLDERS, faces);
  g_autoptr (LikenessSplitJob) job = NULL;

  mark_and_save (fixture);
  marks = load (fixture);
  moves = likeness_marks_apply (marks, dataset);
  g_assert_cmpuint (moves->len, ==, 0);
  g_assert_cmpint (likeness_face_get_pin (get_face (dataset, 0, 0)), ==,
                   LIKENESS_PIN_VAL);
  g_assert_cmpint (likeness_face_get_pin (get_face (dataset, 0, 1)), ==,
                   LIKENESS_PIN_NONE);
  g_assert_cmpint (likeness_face_get_pin (get_face (dataset, 0, 2)), ==,
                   LIKENESS_PIN_OUT);
  g_assert_true (likeness_face_get_excluded (get_face (dataset, 0, 2)));
  g_assert_false (likeness_face_get_excluded (get_face (dataset, 0, 0)));
  g_assert_true (likeness_face_get_excluded (get_face (dataset, 1, 0)));
  g_assert_false (
      likeness_subject_get_excluded (likeness_dataset_get_subject (dataset, 0)));
  g_assert_true (
      likeness_subject_get_excluded (likeness_dataset_get_subject (dataset, 1)));

  /* The split takes them over: Bert and the third face stay out. */
  job = likeness_split_job_new (dataset, ~0u);
  g_assert_cmpuint (likeness_split_job_get_n_faces (job), ==, 2);
  g_assert_cmpint (likeness_split_job_get_faces (job)[0].pin, ==, LIKENESS_PIN_VAL);
}

/* What the window exports is what `split --pins` reads. */
static void
test_pins_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessMarks) marks = NULL;
  g_autoptr (LikenessDataset) dataset
      = test_dataset_new (fixture->root, LIKENESS_LAYOUT_FOLDERS, faces);
  g_autoptr (LikenessSplitJob) job = likeness_split_job_new (dataset, ~0u);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  mark_and_save (fixture);
  marks = load (fixture);
  folder = likeness_marks_dup_folder (marks);
  g_assert_true (g_str_has_prefix (folder, g_get_user_data_dir ()));
  path = g_build_filename (folder, "pins.tsv", NULL);
  g_assert_true (likeness_split_job_load_pins (job, path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (likeness_split_job_get_faces (job)[0].pin, ==, LIKENESS_PIN_VAL);
  g_assert_cmpint (likeness_split_job_get_faces (job)[1].pin, ==, LIKENESS_PIN_NONE);
  g_assert_cmpint (likeness_split_job_get_faces (job)[2].pin, ==, LIKENESS_PIN_OUT);
  g_assert_cmpint (likeness_split_job_get_faces (job)[4].pin, ==, LIKENESS_PIN_TRAIN);
}

static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessMarks) marks = NULL;
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (LikenessDataset) dataset
      = test_dataset_new (fixture->root, LIKENESS_LAYOUT_FOLDERS, moved);
  const LikenessMove *move;

  mark_and_save (fixture);
  marks = load (fixture);
  moves = likeness_marks_apply (marks, dataset);
  g_assert_cmpuint (moves->len, ==, 3);
  move = g_ptr_array_index (moves, 0);
  g_assert_cmpstr (move->from, ==, "train/anna/a1.png");
  g_assert_cmpstr (move->to, ==, "val/anna/a1.png");
  g_assert_cmpint (likeness_face_get_pin (get_face (dataset, 0, 1)), ==,
                   LIKENESS_PIN_VAL);
  move = g_ptr_array_index (moves, 1);
  g_assert_cmpstr (move->from, ==, "train/bert/b1.png");
  g_assert_null (move->to);
  g_assert_false (likeness_face_get_excluded (get_face (dataset, 1, 0)));
  move = g_ptr_array_index (moves, 2);
  g_assert_cmpstr (move->from, ==, "val/bert/b2.png");
  g_assert_null (move->to);

  /* The mark has gone along; those of lost faces wait for them. */
  again = likeness_marks_apply (marks, dataset);
  g_assert_cmpuint (again->len, ==, 2);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessMarks) marks = load (fixture);
  g_autoptr (LikenessMarks) loaded = NULL;
  g_autoptr (GPtrArray) moves = NULL;
  g_autoptr (LikenessDataset) dataset
      = test_dataset_new (fixture->root, LIKENESS_LAYOUT_FOLDERS, faces);
  g_autofree char *folder = likeness_marks_dup_folder (marks);
  g_autofree char *pins = g_build_filename (folder, "pins.tsv", NULL);
  g_autofree char *excluded = g_build_filename (folder, "excluded.tsv", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (
      pins, "nonsense\n\t\n\nsideways\ttrain/anna/a1.png\nval\ttrain/anna/a2.png", -1,
      NULL));
  g_assert_true (
      g_file_set_contents (excluded, "house\tanna\nsubject\nsubject\tnobody", -1, NULL));
  loaded = load (fixture);
  moves = likeness_marks_apply (loaded, dataset);
  g_assert_cmpint (likeness_face_get_pin (get_face (dataset, 0, 0)), ==,
                   LIKENESS_PIN_NONE);
  g_assert_cmpint (likeness_face_get_pin (get_face (dataset, 0, 1)), ==,
                   LIKENESS_PIN_VAL);
  g_assert_false (
      likeness_subject_get_excluded (likeness_dataset_get_subject (dataset, 0)));
}

static void
test_not_writable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessMarks) marks = load (fixture);
  g_autofree char *folder = likeness_marks_dup_folder (marks);
  g_autofree char *above = g_path_get_dirname (folder);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  /* A file where the folder belongs. */
  g_mkdir_with_parents (above, 0700);
  g_assert_true (g_file_set_contents (folder, "", -1, NULL));
  likeness_marks_save_async (marks, save_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (likeness_marks_save_finish (marks, result, &error));
  g_assert_nonnull (error);
  g_unlink (folder);
}

int
main (int argc, char *argv[])
{
  g_autofree char *home = likeness_test_tree_new ();
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/marks/survive-another-scan", Fixture, NULL, set_up, test_survive,
              tear_down);
  g_test_add ("/marks/pins-are-those-of-the-command-line", Fixture, NULL, set_up,
              test_pins_file, tear_down);
  g_test_add ("/marks/moved-face-is-named", Fixture, NULL, set_up, test_moved, tear_down);
  g_test_add ("/marks/damaged-lines-are-passed-over", Fixture, NULL, set_up, test_damaged,
              tear_down);
  g_test_add ("/marks/says-where-it-cannot-be-saved", Fixture, NULL, set_up,
              test_not_writable, tear_down);
  status = g_test_run ();
  likeness_test_tree_remove (home);
  return status;
}
