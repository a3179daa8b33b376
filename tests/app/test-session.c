/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-session.h"

#include <glib/gstdio.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

static const char *const tree[] = {
    "train/anna/1.png",
    "train/anna/2.png",
    "train/anna/3.png",
    "val/bert/1.png",
    "val/bert/2.png",
    "val/broken.png/",
    NULL,
};

typedef struct
{
  char *root;
  LikenessSession *session;
  AdwToast *toast;
  guint n_exclusions;
  guint n_listed;
} Fixture;

/* Before a face is checked it is listed, and only until then. */
static void
listed_cb (Fixture *fixture)
{
  LikenessListedFaces *listed = likeness_session_get_listed (fixture->session);

  if (listed == NULL)
    return;
  g_assert_cmpint (likeness_session_get_state (fixture->session), ==,
                   LIKENESS_SESSION_LOADING);
  g_assert_cmpuint (likeness_listed_faces_get_n_subjects (listed), ==, 2);
  fixture->n_listed++;
}

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
  likeness_test_tree_add (fixture->root, tree);
  fixture->session = likeness_session_new ();
  g_signal_connect_swapped (fixture->session, "toast", G_CALLBACK (toast_cb), fixture);
  g_signal_connect_swapped (fixture->session, "exclusions-changed",
                            G_CALLBACK (exclusions_cb), fixture);
  g_signal_connect_swapped (fixture->session, "notify::listed", G_CALLBACK (listed_cb),
                            fixture);
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
open_root (Fixture *fixture)
{
  likeness_session_open (fixture->session, fixture->root);
  g_assert_cmpint (likeness_session_get_state (fixture->session), ==,
                   LIKENESS_SESSION_LOADING);
  g_assert_nonnull (likeness_session_get_progress (fixture->session));
  likeness_test_wait (likeness_session_get_state (fixture->session)
                      != LIKENESS_SESSION_LOADING);
  g_assert_cmpint (likeness_session_get_state (fixture->session), ==,
                   LIKENESS_SESSION_READY);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  LikenessDataset *dataset = NULL;

  g_assert_cmpint (likeness_session_get_state (fixture->session), ==,
                   LIKENESS_SESSION_EMPTY);
  open_root (fixture);
  dataset = likeness_session_get_dataset (fixture->session);
  g_assert_cmpuint (likeness_dataset_get_n_subjects (dataset), ==, 2);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 5);
  g_assert_cmpuint (fixture->n_listed, ==, 1);
  g_assert_null (likeness_session_get_listed (fixture->session));
  g_assert_cmpstr (likeness_session_get_training_folder (fixture->session), ==,
                   likeness_dataset_get_root (dataset));
  g_assert_null (likeness_session_get_progress (fixture->session));
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->root, "nowhere", NULL);

  open_root (fixture);
  likeness_session_open (fixture->session, nowhere);
  likeness_test_wait (likeness_session_get_state (fixture->session)
                      == LIKENESS_SESSION_FAILED);
  g_assert_error (likeness_session_get_error (fixture->session), LIKENESS_ERROR,
                  LIKENESS_ERROR_NOT_FOUND);
  g_assert_null (likeness_session_get_dataset (fixture->session));
  g_assert_cmpstr (likeness_session_get_folder (fixture->session), ==, nowhere);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  LikenessDataset *before = NULL;

  open_root (fixture);
  before = likeness_session_get_dataset (fixture->session);
  likeness_session_open (fixture->session, "/");
  g_cancellable_cancel (likeness_session_get_cancellable (fixture->session));
  likeness_test_wait (likeness_session_get_state (fixture->session)
                      != LIKENESS_SESSION_LOADING);
  g_assert_cmpint (likeness_session_get_state (fixture->session), ==,
                   LIKENESS_SESSION_READY);
  g_assert_true (likeness_session_get_dataset (fixture->session) == before);
  g_assert_cmpstr (likeness_session_get_folder (fixture->session), ==,
                   likeness_dataset_get_root (before));
}

static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->root, "nowhere", NULL);

  likeness_session_open (fixture->session, nowhere);
  open_root (fixture);
  /* The answer to the first request comes too late to count. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (likeness_session_get_state (fixture->session), ==,
                   LIKENESS_SESSION_READY);
}

static void
test_exclude (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) both = g_ptr_array_new ();
  LikenessDataset *dataset = NULL;
  LikenessSubject *anna = NULL, *bert = NULL;

  open_root (fixture);
  dataset = likeness_session_get_dataset (fixture->session);
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

  open_root (fixture);
  dataset = likeness_session_get_dataset (fixture->session);
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
  return likeness_dataset_get_subject (likeness_session_get_dataset (fixture->session),
                                       position);
}

/* A face is pinned and left out, Undo takes both back, and another session finds them. */
static void
test_marks_last (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessFace) face = NULL;
  g_autoptr (AdwToast) excluded = NULL;

  open_root (fixture);
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

  likeness_session_rescan (fixture->session);
  likeness_test_wait (likeness_session_get_state (fixture->session)
                      != LIKENESS_SESSION_LOADING);
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
  ADD ("open/scans-the-folder", test_open);
  ADD ("open/failure-closes-what-was-open", test_failure);
  ADD ("open/cancel-goes-back", test_cancel);
  ADD ("open/later-request-overtakes", test_overtaken);
  ADD ("exclude/says-what-changed", test_exclude);
  ADD ("exclude/undo-takes-back-only-that", test_undo);
  ADD ("marks/last", test_marks_last);
  g_test_add_func ("/session/toast/names-are-no-markup", test_markup);
  status = g_test_run ();
  likeness_test_tree_remove (home);
  return status;
}
