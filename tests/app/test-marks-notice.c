/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-marks-notice.h"

#include <glib/gstdio.h>

#include "likeness-reasons-window.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

static const char *const tree[] = {
    "train/anna/a1.png", "train/anna/a2.png", "train/bert/b1.png",
    "val/anna/a3.png",   "val/bert/b2.png",   NULL,
};

typedef struct
{
  char *root;
  LikenessSession *session;
  GtkWidget *owner; /* its window's child */
  AdwToast *toast;
} Fixture;

static void
toast_cb (Fixture *fixture, AdwToast *toast)
{
  g_set_object (&fixture->toast, toast);
}

static void
wait_for_faces (Fixture *fixture)
{
  LikenessDatasetLoader *loader = likeness_session_get_loader (fixture->session);

  likeness_test_wait (likeness_dataset_loader_get_state (loader)
                      == LIKENESS_DATASET_LOADER_READY);
}

/* The first two faces are marked. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  LikenessSubject *anna = NULL;
  GtkWidget *window = gtk_window_new ();

  fixture->root = likeness_test_tree_new ();
  likeness_test_tree_add (fixture->root, tree);
  fixture->owner = gtk_label_new ("faces");
  gtk_window_set_child (GTK_WINDOW (window), fixture->owner);
  fixture->session = likeness_session_new ();
  likeness_dataset_loader_open (likeness_session_get_loader (fixture->session),
                                fixture->root);
  wait_for_faces (fixture);
  anna
      = likeness_dataset_get_subject (likeness_session_get_dataset (fixture->session), 0);
  likeness_session_set_pin (fixture->session, likeness_subject_get_face (anna, 0),
                            LIKENESS_PIN_TRAIN);
  likeness_session_set_face_excluded (fixture->session,
                                      likeness_subject_get_face (anna, 1), TRUE);
  g_signal_connect_swapped (fixture->session, "toast", G_CALLBACK (toast_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->toast);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (fixture->owner)));
  likeness_test_finalize (fixture->session);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static void
look_again (Fixture *fixture)
{
  likeness_dataset_loader_rescan (likeness_session_get_loader (fixture->session));
  wait_for_faces (fixture);
  likeness_marks_notice_show (fixture->owner, fixture->session);
}

static void
move (Fixture *fixture, const char *from, const char *to)
{
  g_autofree char *old = g_build_filename (fixture->root, from, NULL);
  g_autofree char *new = g_build_filename (fixture->root, to, NULL);

  g_assert_cmpint (g_rename (old, new), ==, 0);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  look_again (fixture);
  g_assert_null (fixture->toast);
}

static void
test_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GList) windows = NULL;
  guint n = 0;

  move (fixture, "train/anna/a1.png", "val/anna/a1.png");
  look_again (fixture);
  g_assert_cmpstr (adw_toast_get_title (fixture->toast), ==,
                   "train/anna/a1.png has moved; its mark went along");
  g_signal_emit_by_name (fixture->toast, "button-clicked");
  windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (LIKENESS_IS_REASONS_WINDOW (l->data))
      {
        gtk_window_destroy (l->data);
        n++;
      }
  g_assert_cmpuint (n, ==, 1);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, "train/anna/a2.png", NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
  look_again (fixture);
  g_assert_cmpstr (adw_toast_get_title (fixture->toast), ==,
                   "train/anna/a2.png was marked and is gone");
}

static void
test_more (Fixture *fixture, gconstpointer data)
{
  move (fixture, "train/anna/a1.png", "val/anna/a1.png");
  move (fixture, "train/anna/a2.png", "val/anna/a2.png");
  look_again (fixture);
  g_assert_cmpstr (adw_toast_get_title (fixture->toast), ==,
                   "2 marked faces are not where they were");
}

int
main (int argc, char **argv)
{
  g_autofree char *home = likeness_test_tree_new ();
  int status;

  /* Exclusions and pins are kept there. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function)                                                              \
  g_test_add ("/marks-notice/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("nothing-to-say", test_nothing);
  ADD ("one-is-named", test_one);
  ADD ("one-is-gone", test_gone);
  ADD ("more-are-counted", test_more);
  status = g_test_run ();
  likeness_test_tree_remove (home);
  return status;
}
