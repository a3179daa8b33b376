/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-list.h"

#include "likeness-run-item.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

static void
list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_set_object ((GAsyncResult **)user_data, result);
}

static GListStore *
read_runs (const char *directory, const char *also)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GListStore *runs = NULL;

  likeness_run_list_read_async (directory, also, NULL, list_cb, &result);
  likeness_test_wait (result != NULL);
  runs = likeness_run_list_read_finish (result, &error);
  g_assert_no_error (error);
  return runs;
}

static void
assert_title (GListStore *runs, guint position, const char *name, const char *date)
{
  g_autoptr (LikenessRunItem) item
      = g_list_model_get_item (G_LIST_MODEL (runs), position);
  g_autofree char *item_name = NULL;
  g_autofree char *item_date = NULL;

  g_assert_nonnull (item);
  g_object_get (item, "name", &item_name, "date", &item_date, NULL);
  g_assert_cmpstr (item_name, ==, name);
  if (date != NULL)
    g_assert_cmpstr (item_date, ==, date);
}

/* Only folders with a log are runs; a run elsewhere is listed with them. */
static void
test_newest_first (void)
{
  static const char *const tree[] = {
      "runs/2026-01-02-030405-older/events.jsonl",
      "runs/2026-10-17-044415-faces/events.jsonl",
      "runs/2026-11-01-000000-no-log/config.json",
      "runs/file",
      "elsewhere/2026-05-06-070809-there/events.jsonl",
      NULL,
  };
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *directory = g_build_filename (root, "runs", NULL);
  g_autofree char *also
      = g_build_filename (root, "elsewhere", "2026-05-06-070809-there", NULL);
  g_autoptr (GListStore) runs = NULL;

  likeness_test_tree_add (root, tree);
  runs = read_runs (directory, also);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (runs)), ==, 3);
  assert_title (runs, 0, "faces", "17 Oct 2026, 04:44");
  assert_title (runs, 1, "there", "6 May 2026, 07:08");
  assert_title (runs, 2, "older", "2 Jan 2026, 03:04");
  likeness_test_tree_remove (root);
}

/* One that stands in the folder is not listed twice. */
static void
test_each_once (void)
{
  static const char *const tree[] = {"runs/mine/events.jsonl", NULL};
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *directory = g_build_filename (root, "runs", NULL);
  g_autofree char *also = g_build_filename (root, "runs", "mine", NULL);
  g_autoptr (GListStore) runs = NULL;

  likeness_test_tree_add (root, tree);
  runs = read_runs (directory, also);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (runs)), ==, 1);
  assert_title (runs, 0, "mine", NULL);
  likeness_test_tree_remove (root);
}

static void
test_no_folder (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *directory = g_build_filename (root, "runs", NULL);
  g_autoptr (GListStore) runs = read_runs (directory, NULL);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (runs)), ==, 0);
  likeness_test_tree_remove (root);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-list/newest-first", test_newest_first);
  g_test_add_func ("/run-list/each-once", test_each_once);
  g_test_add_func ("/run-list/no-folder", test_no_folder);
  return g_test_run ();
}
