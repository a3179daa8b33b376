/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-session.h"

#include "likeness-test-load.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

typedef struct
{
  char *root;
  LikenessSession *session;
  LikenessDatasetLoader *loader; /* the session's */
  AdwToast *toast;
  guint n_exclusions;
} Fixture;

static void
toast_cb (Fixture *fixture, AdwToast *toast)
{
  g_set_object (&fixture->toast, toast);
}

static void
exclusions_cb (Fixture *fixture)
{
  fixture->n_exclusions++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
  likeness_test_tree_add (fixture->root, likeness_test_load_tree);
  fixture->session = likeness_session_new ();
  fixture->loader = likeness_session_get_loader (fixture->session);
  g_signal_connect_swapped (fixture->session, "toast", G_CALLBACK (toast_cb), fixture);
  g_signal_connect_swapped (fixture->session, "exclusions-changed",
                            G_CALLBACK (exclusions_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->toast);
  likeness_test_finalize (fixture->session);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static void
test_training_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->root, "nowhere", NULL);

  likeness_test_load (fixture->loader, fixture->root);
  g_assert_cmpstr (likeness_session_get_training_folder (fixture->session), ==,
                   fixture->root);
  likeness_session_set_training_folder (fixture->session, nowhere);
  /* Looked at again it is chosen again. */
  likeness_test_load (fixture->loader, fixture->root);
  g_assert_cmpstr (likeness_session_get_training_folder (fixture->session), ==,
                   fixture->root);
}

/* A window that is closed does not read on. */
static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  LikenessSession *session = likeness_session_new ();
  LikenessDatasetLoader *loader = likeness_session_get_loader (session);
  g_autoptr (GCancellable) cancellable = NULL;

  likeness_dataset_loader_open (loader, "/");
  cancellable = g_object_ref (likeness_dataset_loader_get_cancellable (loader));
  likeness_test_finalize (session);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
}

static void
test_exclude (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  LikenessDataset *dataset = NULL;
  LikenessSubject *anna = NULL, *bert = NULL;

  likeness_test_load (fixture->loader, fixture->root);
  dataset = likeness_dataset_loader_get_dataset (fixture->loader);
  anna = likeness_dataset_get_subject (dataset, 0);
  bert = likeness_dataset_get_subject (dataset, 1);
  g_ptr_array_add (both, anna);
  g_ptr_array_add (both, bert);
  likeness_subject_set_excluded (bert, TRUE);

  likeness_session_set_excluded (fixture->session, both, TRUE);
  g_assert_true (likeness_subject_get_excluded (anna));
  g_assert_cmpuint (fixture->n_exclusions, ==, 1);
  g_assert_cmpstr (adw_toast_get_title (fixture->toast), ==, "anna is excluded");

  /* Nothing changes: nothing is said. */
  g_clear_object (&fixture->toast);
  likeness_session_set_excluded (fixture->session, both, TRUE);
  g_assert_null (fixture->toast);
  g_assert_cmpuint (fixture->n_exclusions, ==, 1);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  LikenessDataset *dataset = NULL;
  LikenessSubject *anna = NULL, *bert = NULL;

  likeness_test_load (fixture->loader, fixture->root);
  dataset = likeness_dataset_loader_get_dataset (fixture->loader);
  anna = likeness_dataset_get_subject (dataset, 0);
  bert = likeness_dataset_get_subject (dataset, 1);
  g_ptr_array_add (both, anna);
  g_ptr_array_add (both, bert);
  likeness_subject_set_excluded (bert, TRUE);

  likeness_session_set_excluded (fixture->session, both, TRUE);
  g_signal_emit_by_name (fixture->toast, "button-clicked");
  /* What was excluded before stays so. */
  g_assert_false (likeness_subject_get_excluded (anna));
  g_assert_true (likeness_subject_get_excluded (bert));
  g_assert_cmpuint (fixture->n_exclusions, ==, 2);
}

static void
test_markup (void)
{
  g_autoptr (AdwToast) toast = likeness_session_make_toast ("<b>&");

  g_assert_cmpstr (adw_toast_get_title (toast), ==, "&lt;b&gt;&amp;");
}

static LikenessSubject *
get_subject (Fixture *fixture, guint position)
{
  return likeness_dataset_get_subject (
      likeness_dataset_loader_get_dataset (fixture->loader), position);
}

/* A face is pinned and left out, Undo takes both back, and another session finds them. */
static void
test_marks_last (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFace) face = NULL;
  g_autoptr (AdwToast) excluded = NULL;

  likeness_test_load (fixture->loader, fixture->root);
  face = g_object_ref (likeness_subject_get_face (get_subject (fixture, 0), 1));
  likeness_session_set_pin (fixture->session, face, LIKENESS_PIN_VAL);
  g_assert_cmpstr (adw_toast_get_title (fixture->toast), ==, "2.png is pinned to val");
  likeness_session_set_face_excluded (fixture->session, face, TRUE);
  excluded = g_object_ref (fixture->toast);
  likeness_session_set_pin (fixture->session, face, LIKENESS_PIN_OUT);
  g_signal_emit_by_name (fixture->toast, "button-clicked");
  g_assert_cmpint (likeness_face_get_pin (face), ==, LIKENESS_PIN_VAL);
  g_assert_true (likeness_face_get_excluded (face));
  g_assert_cmpuint (fixture->n_exclusions, ==, 4);

  likeness_dataset_loader_rescan (fixture->loader);
  likeness_test_wait (likeness_dataset_loader_get_state (fixture->loader)
                      != LIKENESS_DATASET_LOADER_LOADING);
  g_assert_true (likeness_subject_get_face (get_subject (fixture, 0), 1) != face);
  g_assert_cmpint (
      likeness_face_get_pin (likeness_subject_get_face (get_subject (fixture, 0), 1)), ==,
      LIKENESS_PIN_VAL);
  g_assert_true (likeness_face_get_excluded (
      likeness_subject_get_face (get_subject (fixture, 0), 1)));
}

int
main (int argc, char **argv)
{
  g_autofree char *home = likeness_test_tree_new ();
  int status;

  /* Exclusions and pins are kept there. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                              \
  g_test_add ("/session/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("training-folder/is-the-open-one", test_training_folder);
  ADD ("let-go/ends-the-reading", test_let_go);
  ADD ("exclude/says-what-changed", test_exclude);
  ADD ("exclude/undo-takes-back-only-that", test_undo);
  ADD ("marks/last", test_marks_last);
  g_test_add_func ("/session/toast/names-are-no-markup", test_markup);
  status = g_test_run ();
  likeness_test_tree_remove (home);
  return status;
}
