/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-folder-watch.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "likeness-test-scan.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

/* Folders: the root, train, val, and one a subject in each. */
#define N_FOLDERS 6

static const char *const tree[] = {"train/a/1.png", "train/b/1.png", "val/a/2.png", NULL};

typedef struct
{
  char *root;
  LikenessFolderWatch *watch;
  guint n_changed;
} Fixture;

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

/* Folders that were written this very moment have the time of the next change too. */
static void
age (const char *path)
{
  const struct timespec times[2] = {{1000000000, 0}, {1000000000, 0}};

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
  likeness_test_tree_add (fixture->root, tree);
  for (gsize i = 0; tree[i] != NULL; i++)
    {
      g_autofree char *relative = g_path_get_dirname (tree[i]);
      g_autofree char *folder = g_build_filename (fixture->root, relative, NULL);
      g_autofree char *split = g_path_get_dirname (folder);

      age (folder);
      age (split);
    }
  age (fixture->root);
  fixture->watch = likeness_folder_watch_new ();
  g_signal_connect_swapped (fixture->watch, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  likeness_test_finalize (fixture->watch);
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->root);
}

static void
start (Fixture *fixture)
{
  g_autoptr (LikenessDataset) dataset = likeness_test_scan (fixture->root);

  likeness_folder_watch_set_dataset (fixture->watch, dataset);
  likeness_test_wait (likeness_folder_watch_get_n_watched (fixture->watch) > 0);
  g_assert_cmpint (likeness_folder_watch_get_state (fixture->watch), ==,
                   LIKENESS_FOLDER_SAME);
}

static void
assert_becomes (Fixture *fixture, LikenessFolderState state)
{
  likeness_test_wait (likeness_folder_watch_get_state (fixture->watch) == state);
}

static void
add_picture (Fixture *fixture, const char *path)
{
  likeness_test_tree_add (fixture->root, (const char *const[]){path, NULL});
}

static void
test_added (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  g_assert_cmpuint (likeness_folder_watch_get_n_watched (fixture->watch), ==, N_FOLDERS);
  add_picture (fixture, "val/a/3.png");
  assert_becomes (fixture, LIKENESS_FOLDER_CHANGED);
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  /* Scanned again, all is well again. */
  start (fixture);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  add_picture (fixture, "train/c/1.png");
  assert_becomes (fixture, LIKENESS_FOLDER_CHANGED);
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, tree[1], NULL);

  start (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_becomes (fixture, LIKENESS_FOLDER_CHANGED);
}

static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = g_strconcat (fixture->root, "-elsewhere", NULL);

  start (fixture);
  g_assert_cmpint (g_rename (fixture->root, elsewhere), ==, 0);
  assert_becomes (fixture, LIKENESS_FOLDER_GONE);
  /* It stays gone, whatever comes to its place, until somebody looks. */
  g_assert_cmpint (g_rename (elsewhere, fixture->root), ==, 0);
  likeness_folder_watch_check (fixture->watch);
  start (fixture);
}

/* A mode is no change, and neither is a look. */
static void
test_same (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, tree[0], NULL);
  g_autoptr (LikenessFolderWatch) watch = NULL;

  start (fixture);
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  likeness_folder_watch_check (fixture->watch);
  /* Until the comparison has answered: it holds a reference. */
  watch = g_steal_pointer (&fixture->watch);
  fixture->watch = likeness_folder_watch_new ();
  likeness_test_finalize (g_steal_pointer (&watch));
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

/* What no monitor tells is found by the times of the folders. */
static void
test_unwatched (Fixture *fixture, gconstpointer data)
{
  const guint n = LIKENESS_FOLDER_WATCH_MOST + 10;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *relative = g_strdup_printf ("val/z%04u/1.png", i);
      g_autofree char *folder = g_strdup_printf ("%s/val/z%04u", fixture->root, i);

      add_picture (fixture, relative);
      age (folder);
    }
  start (fixture);
  g_assert_cmpuint (likeness_folder_watch_get_n_watched (fixture->watch), ==,
                    LIKENESS_FOLDER_WATCH_MOST + 1);
  {
    g_autofree char *last = g_strdup_printf ("val/z%04u/2.png", n - 1);

    add_picture (fixture, last);
  }
  likeness_folder_watch_check (fixture->watch);
  assert_becomes (fixture, LIKENESS_FOLDER_CHANGED);
}

static void
test_let_go (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  likeness_folder_watch_set_dataset (fixture->watch, NULL);
  g_assert_cmpuint (likeness_folder_watch_get_n_watched (fixture->watch), ==, 0);
  add_picture (fixture, "val/a/4.png");
  likeness_folder_watch_check (fixture->watch);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  TEST ("/folder-watch/added", test_added);
  TEST ("/folder-watch/removed", test_removed);
  TEST ("/folder-watch/gone", test_gone);
  TEST ("/folder-watch/same", test_same);
  TEST ("/folder-watch/more-than-are-watched", test_unwatched);
  TEST ("/folder-watch/let-go", test_let_go);
#undef TEST
  return g_test_run ();
}
