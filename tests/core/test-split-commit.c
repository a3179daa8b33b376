/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-manifest.h"
#include "likeness-split-job.h"
#include "likeness-test-split.h"

/* 2 people with 5 pairs each, in the paired layout: 8 go to train, 2 to val. */
static void
test_paired (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_auto (GStrv) paths = NULL;
  guint n_train = 0;

  g_assert_true (test_split_commit (split, &error));
  g_assert_no_error (error);
  paths = likeness_test_tree_list (split->target);
  g_assert_cmpuint (g_strv_length (paths), ==, 20 + 1);
  for (char **path = paths; *path != NULL; path++)
    {
      const char *name = strrchr (*path, '/');
      g_autofree char *original = NULL;

      if (g_str_equal (*path, LIKENESS_MANIFEST_NAME))
        continue;
      n_train += g_str_has_prefix (*path, "train/hr_images/");
      original
          = test_split_find_source (split, name + 1, strstr (*path, "/vlr_") != NULL);
      test_split_assert_same_file (split, *path, original);
    }
  g_assert_cmpuint (n_train, ==, 8);
  differences = likeness_manifest_verify (split->target, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (differences->len, ==, 0);
  test_split_assert_nothing_else (split, TRUE);
}

static void
test_folders (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;
  guint counts[4] = {0};

  split->options.layout = LIKENESS_LAYOUT_FOLDERS;
  g_assert_true (test_split_commit (split, &error));
  paths = likeness_test_tree_list (split->target);
  for (char **path = paths; *path != NULL; path++)
    {
      static const char *const starts[]
          = {"train/007/007_", "train_low/007/007_", "val/007/007_", "val_low/007/007_"};

      for (gsize i = 0; i < G_N_ELEMENTS (starts); i++)
        counts[i] += g_str_has_prefix (*path, starts[i]);
    }
  g_assert_cmpuint (counts[0], ==, 4);
  g_assert_cmpuint (counts[1], ==, 4);
  g_assert_cmpuint (counts[2], ==, 1);
  g_assert_cmpuint (counts[3], ==, 1);
}

static void
test_hard_links (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  split->options.link = LIKENESS_LINK_HARD;
  g_assert_true (test_split_commit (split, &error));
  g_assert_no_error (error);
  paths = likeness_test_tree_list (split->target);
  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *full = g_build_filename (split->target, *path, NULL);
      GStatBuf status;

      g_assert_cmpint (g_stat (full, &status), ==, 0);
      g_assert_cmpuint (status.st_nlink, ==,
                        g_str_equal (*path, LIKENESS_MANIFEST_NAME) ? 1 : 2);
    }
}

static void
test_symbolic_links (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) differences = NULL;
  g_auto (GStrv) paths = NULL;

  split->options.link = LIKENESS_LINK_SYMBOLIC;
  g_assert_true (test_split_commit (split, &error));
  g_assert_no_error (error);
  paths = likeness_test_tree_list (split->target);
  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *full = g_build_filename (split->target, *path, NULL);
      g_autofree char *to = NULL;

      if (g_str_equal (*path, LIKENESS_MANIFEST_NAME))
        continue;
      to = g_file_read_link (full, &error);
      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (to, split->source));
    }
  differences = likeness_manifest_verify (split->target, NULL, NULL, &error);
  g_assert_cmpuint (differences->len, ==, 0);
}

/* One name in train and in val, a second name that is what the first would become, and
 * one that cannot grow. */
static void
test_equal_names (void)
{
  g_autofree char *longest = g_strdup_printf ("007_%0247d.png", 1);
  const TestFace faces[] = {
      {"007", LIKENESS_SPLIT_TRAIN, "train", NULL, "007_1.png"},
      {"007", LIKENESS_SPLIT_TRAIN, "train", NULL, "007_1.val.png"},
      {"007", LIKENESS_SPLIT_TRAIN, "train", NULL, "007_2.png"},
      {"007", LIKENESS_SPLIT_TRAIN, "train", NULL, longest},
      {"007", LIKENESS_SPLIT_VAL, "val", NULL, "007_1.png"},
      {"007", LIKENESS_SPLIT_VAL, "val", NULL, longest},
      {NULL},
  };
  g_autoptr (TestSplit) split = test_split_new (LIKENESS_LAYOUT_FLAT, faces);
  g_autoptr (LikenessManifest) manifest = NULL;
  g_autoptr (GError) error = NULL;
  guint n_found = 0;

  g_assert_cmpuint (strlen (longest), ==, 255);
  g_assert_true (test_split_commit (split, &error));
  g_assert_no_error (error);
  manifest = likeness_manifest_load (split->target, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (manifest->files->len, ==, 6);
  for (guint i = 0; i < manifest->files->len; i++)
    {
      static const struct
      {
        const char *source;
        const char *name;
      } expected[] = {
          {"train/007_1.png", "/007_1.train.png"},
          {"train/007_1.val.png", "/007_1.val.png"},
          {"train/007_2.png", "/007_2.png"},
          {"val/007_1.png", "/007_1.val-2.png"},
      };
      const LikenessManifestFile *file = manifest->files->pdata[i];

      g_assert_cmpuint (strlen (strrchr (file->path, '/')), <=, 256);
      for (gsize j = 0; j < G_N_ELEMENTS (expected); j++)
        if (g_str_equal (file->source, expected[j].source))
          {
            g_assert_true (g_str_has_suffix (file->path, expected[j].name));
            n_found++;
          }
    }
  g_assert_cmpuint (n_found, ==, 4);
}

static void
test_odd_names (void)
{
  const TestFace faces[] = {
      {"..", LIKENESS_SPLIT_NONE, "in", NULL, ".._1.png"},
      {"..", LIKENESS_SPLIT_NONE, "in", NULL, ".._2.png"},
      {"..", LIKENESS_SPLIT_NONE, "in", NULL, ".._3.png"},
      {"..", LIKENESS_SPLIT_NONE, "in", NULL, ".._4.png"},
      {"..", LIKENESS_SPLIT_NONE, "in", NULL, ".._5.png"},
      {"\xff\n", LIKENESS_SPLIT_NONE, "in", NULL, "\xff\n_1.png"},
      {"\xff\n", LIKENESS_SPLIT_NONE, "in", NULL, "\xff\n_2.png"},
      {"\xff\n", LIKENESS_SPLIT_NONE, "in", NULL, "\xff\n_%2e\\.png"},
      {"\xff\n", LIKENESS_SPLIT_NONE, "in", NULL, "\xff\n_\"4\".png"},
      {"\xff\n", LIKENESS_SPLIT_NONE, "in", NULL, "\xff\n_-5"},
      {NULL},
  };
  g_autoptr (TestSplit) split = test_split_new (LIKENESS_LAYOUT_FLAT, faces);
  g_autoptr (GPtrArray) differences = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  split->options.layout = LIKENESS_LAYOUT_FOLDERS;
  g_assert_true (test_split_commit (split, &error));
  g_assert_no_error (error);
  paths = likeness_test_tree_list (split->target);
  g_assert_cmpuint (g_strv_length (paths), ==, 11);
  for (char **path = paths; *path != NULL; path++)
    g_assert_true (g_str_has_prefix (*path, "train/_../.._")
                   || g_str_has_prefix (*path, "val/_../.._")
                   || g_str_has_prefix (*path, "train/\xff\n/\xff\n_")
                   || g_str_has_prefix (*path, "val/\xff\n/\xff\n_")
                   || g_str_equal (*path, LIKENESS_MANIFEST_NAME));
  differences = likeness_manifest_verify (split->target, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (differences->len, ==, 0);
}

static void
test_bad_places (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autofree char *link = g_build_filename (split->root, "link", NULL);
  g_autofree char *through_link = g_build_filename (link, "new", NULL);
  g_autofree char *inside = g_build_filename (split->source, "new", NULL);
  g_autofree char *deep = g_build_filename (split->source, "train", NULL);
  g_autofree char *dotted = g_strconcat (split->source, "/../source/", NULL);
  const char *const bad[]
      = {split->source, inside, deep, dotted, link, through_link, split->root, "/"};
  g_auto (GStrv) before = likeness_test_tree_list (split->root);

  g_assert_cmpint (symlink (split->source, link), ==, 0);
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) after = NULL;

      split->options.target = bad[i / 2];
      split->options.replace = i % 2 == 1;
      g_assert_false (
          likeness_split_job_commit (split->job, &split->options, NULL, NULL, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_TARGET);
      after = likeness_test_tree_list (split->source);
      g_assert_cmpuint (g_strv_length (after), ==, g_strv_length (before));
    }
}

/* The source's faces are links into a folder: to replace that folder would destroy them.
 */
static void
test_target_is_linked_to (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *images = g_build_filename (split->source, "train/hr_images", NULL);
  g_autofree char *name = g_build_filename (images, "007_0.png", NULL);
  g_autofree char *original = g_build_filename (split->target, "007_0.png", NULL);

  g_assert_cmpint (g_mkdir (split->target, 0700), ==, 0);
  g_assert_cmpint (g_rename (name, original), ==, 0);
  g_assert_cmpint (symlink (original, name), ==, 0);
  test_split_plan_again (split);
  split->options.replace = TRUE;
  g_assert_false (test_split_commit (split, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_TARGET);
  g_assert_true (g_file_test (original, G_FILE_TEST_IS_REGULAR));
}

static void
test_existing (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  likeness_test_tree_write (split->root, "target/old.txt", "old", -1);
  g_assert_false (test_split_commit (split, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EXISTS);
  g_clear_error (&error);
  paths = likeness_test_tree_list (split->target);
  g_assert_cmpuint (g_strv_length (paths), ==, 1);

  split->options.replace = TRUE;
  g_assert_true (test_split_commit (split, &error));
  g_assert_no_error (error);
  test_split_assert_complete (split);
  test_split_assert_nothing_else (split, TRUE);
}

static void
test_not_a_folder (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autofree char *nowhere = g_build_filename (split->root, "no/folder", NULL);

  likeness_test_tree_write (split->root, "target", "a file", -1);
  for (int replace = 0; replace < 2; replace++)
    {
      g_autoptr (GError) error = NULL;

      split->options.replace = replace;
      g_assert_false (test_split_commit (split, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_A_FOLDER);
      g_assert_true (g_file_test (split->target, G_FILE_TEST_IS_REGULAR));
    }
  {
    g_autoptr (GError) error = NULL;

    split->options.target = nowhere;
    g_assert_false (test_split_commit (split, &error));
    g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  }
}

static void
test_changed_source (void)
{
  for (int round = 0; round < 4 * 6; round++)
    {
      int i = round % 4;
      g_autoptr (TestSplit) split = test_split_new_paired ();
      g_autoptr (GError) error = NULL;
      g_autofree char *path
          = g_build_filename (split->source, "val/vlr_images/008_1.png", NULL);
      const struct timespec times[2] = {{1, 1}, {1, 1}};

      split->options.link = (LikenessLink)(round / 4 % 3);
      if (round >= 4 * 3)
        g_assert_true (likeness_split_job_read (split->job, NULL, NULL, &error));
      if (i == 0)
        likeness_test_tree_write (split->source, "val/vlr_images/008_1.png", "x", -1);
      else if (i == 1)
        g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
      if (i == 3)
        g_assert_cmpint (mkfifo (path, 0600), ==, 0);
      g_assert_false (test_split_commit (split, &error));
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_CHANGED);
      g_assert_nonnull (strstr (error->message, "008_1.png"));
      test_split_assert_nothing_else (split, FALSE);
    }
}

/* The bytes changed, but neither size nor time: only a look at the content tells. */
static void
test_changed_content (void)
{
  for (int check = 0; check < 2; check++)
    {
      g_autoptr (TestSplit) split = test_split_new_paired ();
      g_autoptr (GError) error = NULL;
      g_autofree char *path
          = g_build_filename (split->source, "val/vlr_images/008_1.png", NULL);
      g_autofree char *bytes = NULL;
      struct timespec times[2];
      GStatBuf status;
      gsize size;

      g_assert_true (likeness_split_job_read (split->job, NULL, NULL, &error));
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      bytes[size - 1] ^= 1;
      likeness_test_tree_write (split->source, "val/vlr_images/008_1.png", bytes, size);
      times[0] = times[1] = status.st_mtim;
      g_assert_cmpint (utimensat (AT_FDCWD, path, times, 0), ==, 0);
      split->options.check_content = check;
      g_assert_true (test_split_commit (split, &error) == !check);
      if (check)
        {
          g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_CHANGED);
          g_assert_nonnull (strstr (error->message, "008_1.png"));
          test_split_assert_nothing_else (split, FALSE);
        }
    }
}

static void
test_leftovers (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_autofree char *living
      = g_build_filename (split->root, ".target.likeness-living", NULL);
  g_auto (GStrv) paths = NULL;
  int lock;

  /* What a kill leaves, what somebody still writes, and names that are not ours. */
  likeness_test_tree_write (split->root, ".target.likeness-abc123/train/x.png", "x", -1);
  likeness_test_tree_write (split->root, ".target.likeness-living/x.png", "x", -1);
  likeness_test_tree_write (split->root, ".target.likeness-longer-name/x.png", "x", -1);
  likeness_test_tree_write (split->root, ".other.likeness-abc123/x.png", "x", -1);
  likeness_test_tree_write (split->root, ".target.likeness-old-abc123/old.txt", "x", -1);
  lock = open (living, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  g_assert_cmpint (flock (lock, LOCK_EX | LOCK_NB), ==, 0);

  /* A kill between two renames: the old target comes back, and is refused as ever. */
  g_assert_false (test_split_commit (split, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EXISTS);
  close (lock);
  g_assert_cmpint (g_chdir (split->root), ==, 0);
  g_assert_true (g_file_test ("target/old.txt", G_FILE_TEST_IS_REGULAR));
  g_assert_false (g_file_test (".target.likeness-abc123", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (".target.likeness-old-abc123", G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (".target.likeness-living/x.png", G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (".target.likeness-longer-name/x.png", G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (".other.likeness-abc123/x.png", G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_chdir ("/"), ==, 0);
}

static void
test_long_target (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *target = g_build_filename (split->root, name, NULL);

  split->options.target = target;
  g_assert_true (
      likeness_split_job_commit (split->job, &split->options, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (target, G_FILE_TEST_IS_DIR));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-commit/layout/paired", test_paired);
  g_test_add_func ("/split-commit/layout/folders", test_folders);
  g_test_add_func ("/split-commit/link/hard", test_hard_links);
  g_test_add_func ("/split-commit/link/symbolic", test_symbolic_links);
  g_test_add_func ("/split-commit/names/equal-in-train-and-val", test_equal_names);
  g_test_add_func ("/split-commit/names/odd", test_odd_names);
  g_test_add_func ("/split-commit/target/source-inside-around", test_bad_places);
  g_test_add_func ("/split-commit/target/linked-to", test_target_is_linked_to);
  g_test_add_func ("/split-commit/target/existing", test_existing);
  g_test_add_func ("/split-commit/target/not-a-folder", test_not_a_folder);
  g_test_add_func ("/split-commit/target/longest-name", test_long_target);
  g_test_add_func ("/split-commit/source/changed", test_changed_source);
  g_test_add_func ("/split-commit/source/changed-content", test_changed_content);
  g_test_add_func ("/split-commit/leftovers/repaired", test_leftovers);
  return g_test_run ();
}
