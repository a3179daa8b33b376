/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-test-scan.h"
#include "likeness-test-tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *root;
} Fixture;

#define ADD(fixture, ...)                                                                \
  likeness_test_tree_add ((fixture)->root, (const char *const[]){__VA_ARGS__, NULL})

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

static void
link_to (Fixture *fixture, const char *target, const char *path)
{
  g_autofree char *full = g_build_filename (fixture->root, path, NULL);

  g_assert_cmpint (symlink (target, full), ==, 0);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  static const char huge[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\10\2";
  g_autofree char *whole = NULL, *path = NULL;
  gsize length;

  ADD (fixture, "train/hr_images/a_1.png", "train/vlr_images/a_1.png",
       "train/hr_images/a_2.png", "train/vlr_images/a_2.png", "train/hr_images/a_3.jpg",
       "train/vlr_images/a_3.jpg", "train/vlr_images/a_4.png", "train/hr_images/a_5.gif",
       "train/hr_images/dataset.json", "train/hr_images/a_6.txt", "train/vlr_images/x");
  path = g_build_filename (fixture->root, "train/vlr_images/a_2.png", NULL);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  likeness_test_tree_write (fixture->root, "train/vlr_images/a_2.png", whole, length - 4);
  g_free (path);
  g_free (whole);
  path = g_build_filename (fixture->root, "train/hr_images/a_3.jpg", NULL);
  g_assert_true (g_file_get_contents (path, &whole, &length, NULL));
  likeness_test_tree_write (fixture->root, "train/hr_images/a_3.jpg", whole, length / 2);
  likeness_test_tree_write (fixture->root, "train/hr_images/a_4.png", huge, sizeof huge);

  likeness_test_assert_found (
      fixture->root, LIKENESS_LAYOUT_PAIRED,
      "train:a:a_1.png+ -train/hr_images/a_3.jpg -train/hr_images/a_4.png "
      "-train/hr_images/a_5.gif -train/vlr_images/a_2.png");
  likeness_test_assert_skipped (fixture->root, "train/vlr_images/a_2.png", "cut off");
  likeness_test_assert_skipped (fixture->root, "train/hr_images/a_3.jpg", "cut off");
  likeness_test_assert_skipped (fixture->root, "train/hr_images/a_4.png",
                                "60000 × 60000");
  likeness_test_assert_skipped (fixture->root, "train/hr_images/a_5.gif", "convert");
}

static void
test_odd_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autofree char *longest = g_strnfill (255, 'x');

  memcpy (longest, "s_", 2);
  memcpy (longest + 251, ".png", 4);
  ADD (fixture, "-rf_1.png", "new\nline_1.png", "\xff\xfe_1.png", " _1.png", "%s_1.png",
       longest);
  dataset = likeness_test_scan (fixture->root);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 6);
  g_assert_cmpuint (likeness_dataset_get_n_skips (dataset), ==, 0);
  g_assert_cmpstr (likeness_subject_get_id (likeness_dataset_get_subject (dataset, 0)),
                   ==, " ");
  g_assert_cmpstr (likeness_subject_get_id (likeness_dataset_get_subject (dataset, 2)),
                   ==, "-rf");
  g_assert_cmpstr (likeness_subject_get_id (likeness_dataset_get_subject (dataset, 3)),
                   ==, "new\nline");
  g_assert_cmpstr (likeness_subject_get_name (likeness_dataset_get_subject (dataset, 3)),
                   ==, "new\xef\xbf\xbdline");
  g_assert_cmpstr (likeness_subject_get_id (likeness_dataset_get_subject (dataset, 5)),
                   ==, "\xff\xfe");
  g_assert_cmpstr (likeness_subject_get_name (likeness_dataset_get_subject (dataset, 5)),
                   ==, "\xef\xbf\xbd\xef\xbf\xbd");
}

static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *elsewhere = likeness_test_tree_new ();
  g_autofree char *picture = g_build_filename (elsewhere, "007", "p.png", NULL);
  g_autofree char *folder = g_build_filename (elsewhere, "007", NULL);

  likeness_test_tree_add (elsewhere, (const char *const[]){"007/p.png", NULL});
  ADD (fixture, "train/1/a.png", "train/2/a.png", "val/1/b.png", "store/3/a.png");
  /* Files count wherever they are, folders only inside the root. */
  link_to (fixture, picture, "train/1/linked.png");
  link_to (fixture, folder, "train/7");
  link_to (fixture, "../store/3", "train/3");
  /* Of a folder and a link to it, which sorts before it, the folder counts. */
  link_to (fixture, "2", "train/0");
  link_to (fixture, "../val/1", "train/4");
  /* Circles. */
  link_to (fixture, "..", "train/5");
  link_to (fixture, "../train", "train/6");
  link_to (fixture, "8", "train/8");
  link_to (fixture, "circle.png", "train/1/circle.png");
  link_to (fixture, "nowhere", "val/1/b2.png");
  link_to (fixture, "val", "test");
  likeness_test_assert_found (
      fixture->root, LIKENESS_LAYOUT_FOLDERS,
      "train:1:a.png train:1:linked.png val:1:b.png train:2:a.png "
      "train:3:a.png -store -test -train/0 -train/1/circle.png -train/4 "
      "-train/5 -train/6 -train/7 -train/8 -val/1/b2.png");
  likeness_test_assert_skipped (fixture->root, "train/7", "leads out");
  likeness_test_assert_skipped (fixture->root, "train/0", "read anyway");
  likeness_test_assert_skipped (fixture->root, "test", "read anyway");
  likeness_test_assert_skipped (fixture->root, "train/8", "leads nowhere");
  likeness_test_tree_remove (elsewhere);
}

static void
test_linked_root (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autofree char *root = g_build_filename (fixture->root, "link", NULL);

  ADD (fixture, "real/train/1/a.png", "real/pool/2/a.png");
  link_to (fixture, "real", "link");
  link_to (fixture, "../pool/2", "real/train/2");
  dataset = likeness_test_scan (root);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 2);
  g_assert_cmpstr (likeness_dataset_get_root (dataset), ==, root);
}

static void
test_special_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fifo = g_build_filename (fixture->root, "a_2.png", NULL);
  g_autofree char *quiet = g_build_filename (fixture->root, "control", NULL);

  ADD (fixture, "a_1.png");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (mkfifo (quiet, 0600), ==, 0);
  link_to (fixture, "/dev/zero", "a_3.png");
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_FLAT,
                              "none:a:a_1.png -a_2.png -a_3.png");
  likeness_test_assert_skipped (fixture->root, "a_2.png", "regular file");
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->root, "train/2", NULL);
  g_autofree char *file = g_build_filename (fixture->root, "train/1/b.png", NULL);

  ADD (fixture, "train/1/a.png", "train/1/b.png", "train/2/a.png");
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  g_assert_cmpint (g_chmod (file, 0), ==, 0);
  if (!likeness_test_drop_rights (fixture->root))
    {
      g_test_skip ("Rights cannot be dropped here, and an administrator may read all.");
      return;
    }
  likeness_test_assert_found (fixture->root, LIKENESS_LAYOUT_FOLDERS,
                              "train:1:a.png -train/1/b.png -train/2");
  likeness_test_assert_skipped (fixture->root, "train/2", "permissions");
  likeness_test_assert_scan_fails (folder, LIKENESS_ERROR_NOT_READABLE, "permissions");

  g_assert_cmpint (g_chmod (file, 0600), ==, 0);
  g_free (folder);
  folder = g_build_filename (fixture->root, "train", NULL);
  g_assert_cmpint (g_chmod (folder, 0), ==, 0);
  likeness_test_assert_scan_fails (fixture->root, LIKENESS_ERROR_EMPTY, "permissions");
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  likeness_test_regain_rights ();
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->root, "missing", NULL);
  g_autofree char *file = g_build_filename (fixture->root, "a_1.png", NULL);

  likeness_test_assert_scan_fails (fixture->root, LIKENESS_ERROR_EMPTY,
                                   "Choose another folder");
  likeness_test_assert_scan_fails (missing, LIKENESS_ERROR_NOT_FOUND, "no such folder");
  ADD (fixture, "a_1.png");
  likeness_test_assert_scan_fails (file, LIKENESS_ERROR_NOT_A_FOLDER, "It is a file");
}

static void
test_no_faces (Fixture *fixture, gconstpointer data)
{
  ADD (fixture, "train/hr_images/", "train/vlr_images/", "notes.txt");
  likeness_test_assert_scan_fails (fixture->root, LIKENESS_ERROR_EMPTY, "hr_images");
  likeness_test_tree_write (fixture->root, "train/hr_images/a_1.png", "no picture", -1);
  likeness_test_assert_scan_fails (fixture->root, LIKENESS_ERROR_EMPTY,
                                   "train/hr_images/a_1.png");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)
  TEST ("/dataset-scanner/damaged", NULL, test_damaged);
  TEST ("/dataset-scanner/odd-names", NULL, test_odd_names);
  TEST ("/dataset-scanner/links", NULL, test_links);
  TEST ("/dataset-scanner/links/root", NULL, test_linked_root);
  TEST ("/dataset-scanner/special-files", NULL, test_special_files);
  TEST ("/dataset-scanner/unreadable", NULL, test_unreadable);
  TEST ("/dataset-scanner/no-folder", NULL, test_no_folder);
  TEST ("/dataset-scanner/no-faces", NULL, test_no_faces);
#undef TEST
  return g_test_run ();
}
