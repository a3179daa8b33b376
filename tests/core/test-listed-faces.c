/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-dataset-scanner.h"
#include "likeness-error.h"
#include "likeness-face.h"
#include "likeness-folder-listing.h"
#include "likeness-listed-faces.h"
#include "likeness-test-tree.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *root;
  LikenessListedFaces *faces;
  GString *changes; /* "position-removed+added " */
  GCancellable *cancellable;

  guint n_partial;
  guint n_whole;
  guint first; /* faces, the first time */
  char *doomed;
} Fixture;

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *fixture = data;

  g_string_append_printf (fixture->changes, "%u-%u+%u ", position, removed, added);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
  fixture->faces = likeness_listed_faces_new ();
  fixture->changes = g_string_new (NULL);
  g_signal_connect (fixture->faces, "items-changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->faces);
  g_string_free (fixture->changes, TRUE);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
  g_free (fixture->doomed);
}

/* Runs from text: "subject:split:name,name ...". */
static GPtrArray *
make_runs (const char *text)
{
  g_autoptr (GRefString) high = g_ref_string_new ("/data/high");
  g_autoptr (GRefString) low = g_ref_string_new ("/data/low");
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  GPtrArray *runs = likeness_listed_runs_new ();

  for (char **word = words; *word != NULL; word++)
    {
      g_auto (GStrv) parts = g_strsplit (*word, ":", 3);
      g_auto (GStrv) names = g_strsplit (parts[2], ",", -1);
      g_autoptr (GRefString) subject = g_ref_string_new (parts[0]);
      LikenessSplit split = LIKENESS_SPLIT_NONE;

      likeness_split_from_string (parts[1], &split);
      g_ptr_array_add (runs, likeness_listed_run_new (subject, split, high, low,
                                                      (const char *const *)names,
                                                      g_strv_length (names)));
    }
  return runs;
}

/* All faces as "split:subject:name ". */
static char *
describe (LikenessListedFaces *faces)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (faces)); i++)
    {
      g_autoptr (LikenessFace) face = g_list_model_get_item (G_LIST_MODEL (faces), i);

      g_string_append_printf (
          text, "%s:%s:%s ", likeness_split_to_string (likeness_face_get_split (face)),
          likeness_face_get_subject (face), likeness_face_get_name (face));
    }
  return g_string_free (text, FALSE);
}

static void
assert_faces (Fixture *fixture, const char *faces, guint n_subjects, const char *changes)
{
  g_autofree char *described = describe (fixture->faces);

  g_assert_cmpstr (described, ==, faces);
  g_assert_cmpuint (likeness_listed_faces_get_n_subjects (fixture->faces), ==,
                    n_subjects);
  g_assert_cmpstr (fixture->changes->str, ==, changes);
  g_string_truncate (fixture->changes, 0);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFace) face = NULL;
  g_autofree char *low_path = NULL;

  assert_faces (fixture, "", 0, "");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->faces), 0));

  likeness_listed_faces_take (fixture->faces, make_runs ("a:train:1,2 a:val:3"), FALSE);
  assert_faces (fixture, "train:a:1 train:a:2 val:a:3 ", 1, "0-0+3 ");
  likeness_listed_faces_take (fixture->faces, make_runs ("b:train:4 c:train:5,6"), FALSE);
  assert_faces (fixture, "train:a:1 train:a:2 val:a:3 train:b:4 train:c:5 train:c:6 ", 3,
                "3-0+3 ");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->faces), 6));
  g_assert_false (likeness_listed_faces_get_is_whole (fixture->faces));
  face = g_list_model_get_item (G_LIST_MODEL (fixture->faces), 4);
  low_path = likeness_face_dup_low_path (face);
  g_assert_cmpstr (low_path, ==, "/data/low/5");

  /* Nobody's place in the list is lost where it was right. */
  likeness_listed_faces_take (
      fixture->faces, make_runs ("a:train:1,2 a:val:3 b:train:4 c:train:5,6"), TRUE);
  assert_faces (fixture, "train:a:1 train:a:2 val:a:3 train:b:4 train:c:5 train:c:6 ", 3,
                "");
  g_assert_true (likeness_listed_faces_get_is_whole (fixture->faces));
  likeness_listed_faces_take (
      fixture->faces, make_runs ("a:train:1,2 a:val:3 b:train:5 d:train:6"), TRUE);
  assert_faces (fixture, "train:a:1 train:a:2 val:a:3 train:b:5 train:d:6 ", 3,
                "3-3+0 3-0+2 ");
  likeness_listed_faces_take (fixture->faces, make_runs ("a:train:1,2"), TRUE);
  assert_faces (fixture, "train:a:1 train:a:2 ", 1, "2-3+0 ");
}

static void
listed_cb (GPtrArray *runs, gboolean whole, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpuint (fixture->n_whole, ==, 0);
  likeness_listed_faces_take (fixture->faces, runs, whole);
  if (fixture->n_partial + fixture->n_whole == 0)
    fixture->first = g_list_model_get_n_items (G_LIST_MODEL (fixture->faces));
  if (whole)
    fixture->n_whole++;
  else
    fixture->n_partial++;
  if (fixture->doomed != NULL)
    {
      g_autofree char *face = g_build_filename (fixture->doomed, "1.png", NULL);

      g_unlink (face);
      g_rmdir (fixture->doomed);
    }
  g_cancellable_cancel (fixture->cancellable);
}

static LikenessDataset *
scan (Fixture *fixture, GError **error)
{
  return likeness_dataset_scanner_scan_listed (fixture->root, listed_cb, fixture, NULL,
                                               fixture->cancellable, error);
}

/* Every face by its name first, and then those that have something in them. */
static void
test_small (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (scan (fixture, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY);
  g_assert_cmpuint (fixture->n_partial + fixture->n_whole, ==, 0);
  g_clear_error (&error);

  likeness_test_tree_add (
      fixture->root,
      (const char *const[]){"val/b_1.png", "val/a_1.png", "train/a_1.png", NULL});
  likeness_test_tree_write (fixture->root, "val/b_2.png", "no picture", 10);
  likeness_test_tree_write (fixture->root, "val/b_3.gif", "no picture", 10);
  dataset = scan (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 3);
  g_assert_cmpuint (likeness_dataset_get_n_skips (dataset), ==, 2);
  assert_faces (fixture, "train:a:a_1.png val:a:a_1.png val:b:b_1.png val:b:b_2.png ", 2,
                "0-0+4 ");
}

static void
add_subjects (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *train = g_strdup_printf ("train/%04u/1.png", i);
      g_autofree char *val = g_strdup_printf ("val/%04u/1.png", i);
      g_autofree char *low = g_strdup_printf ("train_low/%04u/1.png", i);

      likeness_test_tree_add (fixture->root,
                              (const char *const[]){train, val, low, NULL});
    }
}

/* The first subjects come before the last folder was entered: it is gone by then. */
static void
test_stream (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessFace) first = NULL;

  add_subjects (fixture, 100);
  fixture->doomed = g_build_filename (fixture->root, "val/0099", NULL);
  dataset = scan (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_partial, >=, 1);
  g_assert_cmpuint (fixture->n_whole, ==, 1);
  g_assert_cmpuint (fixture->first, >, 0);
  g_assert_cmpuint (fixture->first, <, 199);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 199);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->faces)), ==, 199);
  g_assert_cmpuint (likeness_listed_faces_get_n_subjects (fixture->faces), ==, 100);
  /* In the order of the data set, train before val, so that nothing moves at the end. */
  g_assert_null (strstr (fixture->changes->str, "-1"));
  first = g_list_model_get_item (G_LIST_MODEL (fixture->faces), 0);
  g_assert_true (likeness_face_get_has_partner (first));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  add_subjects (fixture, 100);
  fixture->cancellable = cancellable;
  g_assert_null (scan (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->n_partial, ==, 1);
  g_assert_cmpuint (fixture->n_whole, ==, 0);
}

/* Of a folder that holds all faces the first are seen while it is listed. */
static void
test_one_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const guint n = LIKENESS_FOLDER_PEEK + 100;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *high = g_strdup_printf ("hr_images/%u_%u.png", i % 10, i);

      likeness_test_tree_write (fixture->root, high, "", 0);
    }
  likeness_test_tree_write (fixture->root, "vlr_images/0_0.png", "", 0);
  g_assert_null (scan (fixture, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EMPTY);
  g_assert_cmpuint (fixture->n_partial, ==, 1);
  g_assert_cmpuint (fixture->first, ==, LIKENESS_FOLDER_PEEK);
  /* Only one has a partner. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->faces)), ==, 1);
  g_assert_true (likeness_listed_faces_get_is_whole (fixture->faces));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/listed-faces/list", test_list);
  TEST ("/listed-faces/small-folder", test_small);
  TEST ("/listed-faces/come-while-listing", test_stream);
  TEST ("/listed-faces/cancelled", test_cancelled);
  TEST ("/listed-faces/one-folder", test_one_folder);
#undef TEST
  return g_test_run ();
}
