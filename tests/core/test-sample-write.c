/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-sample-private.h"
#include "likeness-test-scan.h"
#include "likeness-test-tree.h"

typedef struct
{
  char *root;
  char *target; /* in root; not made */
} Fixture;

static const LikenessSampleOptions small = {.subjects = 4, .faces = 2, .seed = 42};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = likeness_test_tree_new ();
  fixture->target = g_build_filename (fixture->root, "frontal_only", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  likeness_test_tree_remove (fixture->root);
  g_free (fixture->target);
  g_free (fixture->root);
}

static GBytes *
read_file (const char *folder, const char *path)
{
  g_autofree char *full = g_build_filename (folder, path, NULL);
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length;

  g_file_get_contents (full, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static void
assert_nothing_there (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->root, 0, NULL);

  g_assert_null (g_dir_read_name (folder));
}

static void
assert_refused (Fixture *fixture,
                const char *directory,
                const LikenessSampleOptions *options,
                LikenessError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (likeness_sample_write (directory, options, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, (int)code);
}

static void
test_layout (Fixture *fixture, gconstpointer data)
{
  static const char *const expected[] = {
      "test/hr_images/004_01_01_010_00_crop_128.png",
      "test/hr_images/004_01_01_010_01_crop_128.png",
      "test/vlr_images/004_01_01_010_00_crop_128.png",
      "test/vlr_images/004_01_01_010_01_crop_128.png",
      "train/hr_images/001_01_01_010_00_crop_128.png",
      "train/hr_images/001_01_01_010_01_crop_128.png",
      "train/hr_images/002_01_01_010_00_crop_128.png",
      "train/hr_images/002_01_01_010_01_crop_128.png",
      "train/vlr_images/001_01_01_010_00_crop_128.png",
      "train/vlr_images/001_01_01_010_01_crop_128.png",
      "train/vlr_images/002_01_01_010_00_crop_128.png",
      "train/vlr_images/002_01_01_010_01_crop_128.png",
      "val/hr_images/003_01_01_010_00_crop_128.png",
      "val/hr_images/003_01_01_010_01_crop_128.png",
      "val/vlr_images/003_01_01_010_00_crop_128.png",
      "val/vlr_images/003_01_01_010_01_crop_128.png",
      NULL,
  };
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  g_assert_true (likeness_sample_write (fixture->target, &small, progress, NULL, &error));
  g_assert_no_error (error);
  paths = likeness_test_tree_list (fixture->root);
  for (guint i = 0; expected[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename ("frontal_only", expected[i], NULL);

      g_assert_cmpstr (paths[i], ==, path);
    }
  g_assert_cmpuint (g_strv_length (paths), ==, g_strv_length ((char **)expected));
}

/* The picture in the file is the face that was drawn, and its partner is made of it. */
static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LikenessImage) drawn = likeness_sample_draw_face (42, 3, 1);
  g_autoptr (LikenessImage) reduced = likeness_image_resize_box (drawn, 32, 32);
  g_autoptr (LikenessImage) high = NULL;
  g_autoptr (LikenessImage) low = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *high_path = g_build_filename (
      fixture->target, "val/hr_images/003_01_01_010_01_crop_128.png", NULL);
  g_autofree char *low_path = g_build_filename (
      fixture->target, "val/vlr_images/003_01_01_010_01_crop_128.png", NULL);

  g_assert_true (likeness_sample_write (fixture->target, &small, NULL, NULL, &error));
  high = likeness_image_load (high_path, NULL, &error);
  g_assert_no_error (error);
  low = likeness_image_load (low_path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (high->width, ==, 112);
  g_assert_cmpint (high->height, ==, 112);
  g_assert_cmpmem (high->pixels, 112 * 112 * 3, drawn->pixels, 112 * 112 * 3);
  g_assert_cmpint (low->width, ==, 32);
  g_assert_cmpint (low->height, ==, 32);
  g_assert_cmpmem (low->pixels, 32 * 32 * 3, reduced->pixels, 32 * 32 * 3);
}

static void
test_same_seed_same_bytes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *again = g_build_filename (fixture->root, "again", NULL);
  g_autofree char *other = g_build_filename (fixture->root, "other", NULL);
  LikenessSampleOptions options = small;
  g_auto (GStrv) paths = NULL;
  guint n_different = 0;

  g_assert_true (likeness_sample_write (fixture->target, &options, NULL, NULL, NULL));
  g_assert_true (likeness_sample_write (again, &options, NULL, NULL, NULL));
  options.seed = 43;
  g_assert_true (likeness_sample_write (other, &options, NULL, NULL, NULL));
  paths = likeness_test_tree_list (fixture->target);
  g_assert_cmpuint (g_strv_length (paths), ==, 16);
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GBytes) a = read_file (fixture->target, paths[i]);
      g_autoptr (GBytes) b = read_file (again, paths[i]);
      g_autoptr (GBytes) c = read_file (other, paths[i]);

      g_assert_true (g_bytes_equal (a, b));
      n_different += !g_bytes_equal (a, c);
    }
  g_assert_cmpuint (n_different, ==, 16);
}

static void
test_scanner_agrees (Fixture *fixture, gconstpointer data)
{
  LikenessSampleOptions options;
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  likeness_sample_options_init (&options);
  g_assert_cmpuint (options.subjects, ==, 24);
  g_assert_cmpuint (options.faces, ==, 30);
  g_assert_cmpuint (options.seed, ==, 42);
  options.faces = 2;
  g_assert_true (likeness_sample_write (fixture->target, &options, NULL, NULL, &error));
  dataset = likeness_test_scan (fixture->target);
  g_assert_cmpint (likeness_dataset_get_layout (dataset), ==, LIKENESS_LAYOUT_PAIRED);
  g_assert_cmpint (likeness_dataset_get_structure (dataset), ==,
                   LIKENESS_STRUCTURE_DISJOINT);
  g_assert_cmpuint (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN).subjects,
                    ==, 18);
  g_assert_cmpuint (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_VAL).subjects, ==,
                    3);
  g_assert_cmpuint (likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TEST).subjects,
                    ==, 3);
  g_assert_cmpuint (likeness_dataset_get_n_faces (dataset), ==, 48);
  g_assert_cmpuint (likeness_dataset_get_n_skips (dataset), ==, 0);
}

static void
test_empty_folder_is_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = NULL;

  g_assert_cmpint (g_mkdir (fixture->target, 0777), ==, 0);
  g_assert_true (likeness_sample_write (fixture->target, &small, NULL, NULL, &error));
  g_assert_no_error (error);
  paths = likeness_test_tree_list (fixture->root);
  g_assert_cmpuint (g_strv_length (paths), ==, 16);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->root, "notes.txt", NULL);
  g_autofree char *deep = g_build_filename (fixture->root, "no/such/folder", NULL);
  LikenessSampleOptions options = small;
  g_auto (GStrv) paths = NULL;

  likeness_test_tree_write (fixture->root, "notes.txt", "mine", -1);
  likeness_test_tree_write (fixture->target, "mine.txt", "mine", -1);
  assert_refused (fixture, fixture->target, &small, LIKENESS_ERROR_EXISTS);
  assert_refused (fixture, file, &small, LIKENESS_ERROR_NOT_A_FOLDER);
  assert_refused (fixture, deep, &small, LIKENESS_ERROR_NOT_FOUND);
  options.subjects = 2;
  assert_refused (fixture, fixture->target, &options, LIKENESS_ERROR_USAGE);
  options.subjects = 10001;
  assert_refused (fixture, fixture->target, &options, LIKENESS_ERROR_USAGE);
  options = small;
  options.faces = 1;
  assert_refused (fixture, fixture->target, &options, LIKENESS_ERROR_USAGE);
  options.faces = 1001;
  assert_refused (fixture, fixture->target, &options, LIKENESS_ERROR_USAGE);
  paths = likeness_test_tree_list (fixture->root);
  g_assert_cmpuint (g_strv_length (paths), ==, 2);
}

typedef struct
{
  LikenessProgress *progress;
  GCancellable *cancellable;
} Watch;

static gpointer
cancel_after_some (gpointer data)
{
  Watch *watch = data;
  LikenessProgressSnapshot snapshot;

  do
    {
      g_thread_yield ();
      likeness_progress_snapshot (watch->progress, &snapshot);
    }
  while (snapshot.stage == NULL || snapshot.done < 3);
  g_cancellable_cancel (watch->cancellable);
  return NULL;
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  LikenessSampleOptions options = {.subjects = 100, .faces = 100, .seed = 1};
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Watch watch = {progress, cancellable};
  GThread *thread = g_thread_new ("cancel", cancel_after_some, &watch);

  g_assert_false (
      likeness_sample_write (fixture->target, &options, progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  assert_nothing_there (fixture);
}

/* The call that fails, counted down by all threads. */
static gint countdown;

static gboolean
fails (void)
{
  if (!g_atomic_int_dec_and_test (&countdown))
    return FALSE;
  errno = ENOSPC;
  return TRUE;
}

static int
fail_make_folder (int dir, const char *path)
{
  return fails () ? -1 : likeness_file_calls.make_folder (dir, path);
}

static int
fail_open (int dir, const char *path, int flags)
{
  return fails () ? -1 : likeness_file_calls.open (dir, path, flags);
}

static gssize
fail_write (int file, const void *bytes, gsize length)
{
  return fails () ? -1 : likeness_file_calls.write (file, bytes, (length + 1) / 2);
}

static int
fail_close (int file)
{
  int result = likeness_file_calls.close (file);

  return fails () ? -1 : result;
}

static int
fail_sync (int file)
{
  return fails () ? -1 : likeness_file_calls.sync (file);
}

static int
fail_rename (int dir, const char *from, const char *to, guint flags)
{
  return fails () ? -1 : likeness_file_calls.rename (dir, from, to, flags);
}

static void
test_faults (Fixture *fixture, gconstpointer data)
{
  const LikenessSampleOptions options = {.subjects = 3, .faces = 2, .seed = 1};
  LikenessFileCalls calls = likeness_file_calls;
  guint n_failed = 0;

  calls.make_folder = fail_make_folder;
  calls.open = fail_open;
  calls.write = fail_write;
  calls.close = fail_close;
  calls.sync = fail_sync;
  calls.rename = fail_rename;
  /* The first call goes wrong, then the second alone, and so on; with many faces' calls
   * alike, every seventh will do. */
  for (int nth = 1;; nth += nth < 14 ? 1 : 7)
    {
      g_autoptr (GError) error = NULL;

      g_atomic_int_set (&countdown, nth);
      if (likeness_sample_write_with (fixture->target, &options, &calls, NULL, NULL,
                                      &error))
        {
          if (g_atomic_int_get (&countdown) > 0)
            break;
          /* Some calls only look for what a killed process left. */
          likeness_test_tree_remove (fixture->target);
          continue;
        }
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NO_SPACE);
      assert_nothing_there (fixture);
      n_failed++;
    }
  /* 12 pictures, each opened, written in pieces and closed. */
  g_assert_cmpuint (n_failed, >, 20);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sample/write/layout", test_layout);
  ADD ("/sample/write/pictures", test_pictures);
  ADD ("/sample/write/same-seed-same-bytes", test_same_seed_same_bytes);
  ADD ("/sample/write/scanner-agrees", test_scanner_agrees);
  ADD ("/sample/write/empty-folder-is-taken", test_empty_folder_is_taken);
  ADD ("/sample/write/refusals", test_refusals);
  ADD ("/sample/write/cancel-leaves-nothing", test_cancel);
  ADD ("/sample/write/fault-leaves-nothing", test_faults);
  return g_test_run ();
}
