/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "likeness-leftover.h"
#include "likeness-test-tree.h"

static void
test_finds_what_is_one (void)
{
  static const char *const others[] = {"out/a",
                                       ".out/a",
                                       ".out.likeness-/a",
                                       ".out.likeness-abc/a",
                                       ".out.likeness-abc-12/a",
                                       ".out.likeness-ABC123/a",
                                       ".likeness-abc123/a",
                                       "out.likeness-abc123/a",
                                       ".out.likeness-abc1234/a"};
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) of_one = NULL;
  const LikenessLeftover *leftover;

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    likeness_test_tree_write (root, others[i], "x", -1);
  likeness_test_tree_write (root, ".file.likeness-abc123", "x", -1);
  none = likeness_leftover_find (root, NULL);
  g_assert_cmpuint (none->len, ==, 0);

  likeness_test_tree_write (root, ".out.likeness-abc123/train/a", "x", -1);
  likeness_test_tree_write (root, ".out.likeness-abc123/b", "x", -1);
  likeness_test_tree_write (root, ".gone.likeness-old-abc123/b", "x", -1);
  likeness_test_tree_write (root, ".out.likeness-x.likeness-abc123/b", "x", -1);
  found = likeness_leftover_find (root, NULL);
  g_assert_cmpuint (found->len, ==, 3);
  leftover = found->pdata[0];
  g_assert_cmpstr (leftover->target_name, ==, "gone");
  g_assert_true (leftover->is_old && leftover->is_last);
  leftover = found->pdata[1];
  g_assert_cmpstr (leftover->target_name, ==, "out");
  g_assert_cmpuint (leftover->n_files, ==, 2);
  g_assert_false (leftover->is_old);
  of_one = likeness_leftover_find (root, "out.likeness-x");
  g_assert_cmpuint (of_one->len, ==, 1);
  likeness_test_tree_remove (root);
}

static void
test_clears (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) left = NULL;
  g_autofree char *words = NULL;

  likeness_test_tree_write (root, ".new.likeness-abc123/train/a", "x", -1);
  likeness_test_tree_write (root, ".old.likeness-old-abc123/kept", "x", -1);
  likeness_test_tree_write (root, "mine", "x", -1);
  found = likeness_leftover_find (root, NULL);
  g_assert_cmpuint (found->len, ==, 2);
  words = likeness_leftover_describe (found->pdata[0]);
  g_assert_nonnull (strstr (words, "“new”"));
  g_assert_nonnull (strstr (words, "1 file"));
  for (guint i = 0; i < found->len; i++)
    {
      g_assert_true (likeness_leftover_clear (found->pdata[i], NULL, &error));
      g_assert_no_error (error);
    }
  left = likeness_test_tree_list (root);
  g_assert_cmpuint (g_strv_length (left), ==, 2);
  g_assert_cmpstr (left[0], ==, "mine");
  g_assert_cmpstr (left[1], ==, "old/kept");
  g_assert_false (likeness_leftover_clear (found->pdata[0], NULL, &error));
  g_assert_nonnull (error);
  likeness_test_tree_remove (root);
}

/* What a living process writes is none. */
static void
test_leaves_a_living_one (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, ".out.likeness-abc123", NULL);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  int folder;

  likeness_test_tree_write (root, ".out.likeness-abc123/a", "x", -1);
  before = likeness_leftover_find (root, "out");
  g_assert_cmpuint (before->len, ==, 1);
  folder = open (path, O_RDONLY | O_DIRECTORY);
  g_assert_cmpint (flock (folder, LOCK_EX), ==, 0);
  found = likeness_leftover_find (root, "out");
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_false (likeness_leftover_clear (before->pdata[0], NULL, &error));
  g_assert_nonnull (error);
  close (folder);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  likeness_test_tree_remove (root);
}

static void
test_long_names (void)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *prefix = likeness_leftover_make_prefix (name);
  g_autofree char *file = g_strconcat (prefix, "old-abc123/a", NULL);
  g_autoptr (GPtrArray) of_all = NULL;
  g_autoptr (GPtrArray) found = NULL;
  const LikenessLeftover *leftover;

  likeness_test_tree_write (root, file, "x", -1);
  found = likeness_leftover_find (root, name);
  g_assert_cmpuint (found->len, ==, 1);
  leftover = found->pdata[0];
  g_assert_cmpstr (leftover->target_name, ==, name);
  g_assert_true (leftover->is_last);
  /* Whose it is cannot be told from the short name alone: it is nobody's to remove. */
  of_all = likeness_leftover_find (root, NULL);
  g_assert_cmpuint (of_all->len, ==, 0);
  likeness_test_tree_remove (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/leftover/finds-what-is-one", test_finds_what_is_one);
  g_test_add_func ("/leftover/clears", test_clears);
  g_test_add_func ("/leftover/leaves-a-living-one", test_leaves_a_living_one);
  g_test_add_func ("/leftover/long-names", test_long_names);
  return g_test_run ();
}
