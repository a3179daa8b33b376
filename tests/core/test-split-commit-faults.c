/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-split-job-private.h"
#include "likeness-test-split.h"

/* The call that goes wrong, counted down, and how. */
static struct
{
  int countdown;
  int number; /* errno; 0: the commit is cancelled there */
  GCancellable *cancellable;
  gboolean plain_renames; /* the file system knows no flags */
  gboolean no_kernel_copy;
  guint64 free_bytes;
} fault;

static gboolean
hit (void)
{
  if (--fault.countdown != 0)
    return FALSE;
  if (fault.number == 0)
    g_cancellable_cancel (fault.cancellable);
  errno = fault.number;
  return fault.number != 0;
}

static int
fail_make_folder (int dir, const char *path)
{
  return hit () ? -1 : likeness_file_calls.make_folder (dir, path);
}

static int
fail_open (int dir, const char *path, int flags)
{
  return hit () ? -1 : likeness_file_calls.open (dir, path, flags);
}

static int
fail_status (int file, struct stat *status)
{
  return hit () ? -1 : likeness_file_calls.status (file, status);
}

static int
fail_clone (int to, int from)
{
  return hit () ? -1 : likeness_file_calls.clone (to, from);
}

static gssize
fail_copy_range (int from, int to, gsize length)
{
  if (fault.no_kernel_copy)
    {
      errno = EXDEV;
      return -1;
    }
  /* In two halves, so that a second piece can fail too. */
  return hit () ? -1 : likeness_file_calls.copy_range (from, to, (length + 1) / 2);
}

static gssize
fail_write (int file, const void *data, gsize length)
{
  return hit () ? -1 : likeness_file_calls.write (file, data, (length + 1) / 2);
}

static int
fail_set_times (int file, const struct timespec times[2])
{
  return hit () ? -1 : likeness_file_calls.set_times (file, times);
}

static int
fail_close (int file)
{
  gboolean fails = hit ();
  int number = errno;
  int result = likeness_file_calls.close (file);

  errno = number;
  return fails ? -1 : result;
}

static int
fail_link (const char *from, int dir, const char *path)
{
  return hit () ? -1 : likeness_file_calls.link (from, dir, path);
}

static int
fail_symlink (const char *to, int dir, const char *path)
{
  return hit () ? -1 : likeness_file_calls.symlink (to, dir, path);
}

/* Without waiting for the disk, a thousand times over. */
static int
fail_sync (int file)
{
  return hit () ? -1 : 0;
}

static int
fail_flush (int file)
{
  return hit () ? -1 : 0;
}

static int
fail_rename (int dir, const char *from, const char *to, guint flags)
{
  if (hit ())
    return -1;
  if (fault.plain_renames && flags != 0)
    {
      errno = EINVAL;
      return -1;
    }
  return likeness_file_calls.rename (dir, from, to, flags);
}

static int
fail_unlink (int dir, const char *path, int flags)
{
  return hit () ? -1 : likeness_file_calls.unlink (dir, path, flags);
}

static int
fail_space (int file, struct statvfs *space)
{
  int result = hit () ? -1 : likeness_file_calls.space (file, space);

  if (fault.free_bytes != 0)
    {
      space->f_bavail = fault.free_bytes;
      space->f_frsize = 1;
    }
  return result;
}

static const LikenessFileCalls failing_calls = {
    .make_folder = fail_make_folder,
    .open = fail_open,
    .status = fail_status,
    .clone = fail_clone,
    .copy_range = fail_copy_range,
    .write = fail_write,
    .set_times = fail_set_times,
    .close = fail_close,
    .link = fail_link,
    .symlink = fail_symlink,
    .sync = fail_sync,
    .flush = fail_flush,
    .rename = fail_rename,
    .unlink = fail_unlink,
    .space = fail_space,
};

static const TestFace one_person[] = {
    {"7", LIKENESS_SPLIT_TRAIN, "train/hr_images", "train/vlr_images", "7_0.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train/hr_images", "train/vlr_images", "7_1.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train/hr_images", "train/vlr_images", "7_2.png"},
    {"7", LIKENESS_SPLIT_VAL, "val/hr_images", "val/vlr_images", "7_3.png"},
    {"7", LIKENESS_SPLIT_VAL, "val/hr_images", "val/vlr_images", "7_4.png"},
    {NULL},
};

/* Whether the target is what it was before the commit. */
static void
assert_untouched (TestSplit *split, gboolean had_target)
{
  test_split_assert_nothing_else (split, had_target);
  if (had_target)
    {
      g_auto (GStrv) paths = likeness_test_tree_list (split->target);

      g_assert_cmpuint (g_strv_length (paths), ==, 1);
      g_assert_cmpstr (paths[0], ==, "deep/old.txt");
    }
}

static void
assert_source_untouched (TestSplit *split)
{
  g_auto (GStrv) paths = likeness_test_tree_list (split->source);

  g_assert_true (g_strv_equal ((const char *const *)paths,
                               (const char *const *)split->source_before));
}

/* Lets the first call go wrong, then the second, ... until a commit makes fewer. Returns
 * how many calls there were. */
static guint
run_all (LikenessLink link, gboolean replace, int number)
{
  g_autoptr (TestSplit) split = test_split_new (LIKENESS_LAYOUT_PAIRED, one_person);
  guint n_failed = 0;
  guint n_done = 0;

  for (int nth = 1;; nth++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      gboolean done;

      if (replace)
        likeness_test_tree_write (split->target, "deep/old.txt", "old", -1);
      test_split_plan_again (split);
      split->options.link = link;
      split->options.replace = replace;
      fault.countdown = nth;
      fault.number = number;
      fault.cancellable = cancellable;
      done = likeness_split_job_commit_with (split->job, &split->options, &failing_calls,
                                             NULL, cancellable, &error);
      g_assert_true (done == (error == NULL));
      if (done)
        {
          test_split_assert_complete (split);
          test_split_assert_nothing_else (split, TRUE);
          n_done++;
        }
      else
        {
          if (number == 0)
            g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          else
            g_assert_true (error->domain == LIKENESS_ERROR);
          g_assert_cmpint (error->message[strlen (error->message) - 1], !=, '.');
          assert_untouched (split, replace);
          n_failed++;
        }
      assert_source_untouched (split);
      if (fault.countdown > 0)
        {
          g_assert_true (done);
          break;
        }
      if (done || replace)
        likeness_test_tree_remove (split->target);
    }
  /* 10 files, each with several calls, nearly all of which matter. */
  g_assert_cmpuint (n_failed, >, 40);
  return n_failed + n_done;
}

static void
test_copy (void)
{
  static const int numbers[] = {EIO, ENOSPC, EACCES};

  memset (&fault, 0, sizeof fault);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpuint (run_all (LIKENESS_LINK_COPY, FALSE, numbers[i]), >, 90);
}

static void
test_links (void)
{
  memset (&fault, 0, sizeof fault);
  run_all (LIKENESS_LINK_HARD, FALSE, EIO);
  run_all (LIKENESS_LINK_SYMBOLIC, FALSE, EIO);
}

static void
test_replace (void)
{
  memset (&fault, 0, sizeof fault);
  run_all (LIKENESS_LINK_SYMBOLIC, TRUE, EIO);
  fault.plain_renames = TRUE;
  run_all (LIKENESS_LINK_SYMBOLIC, TRUE, EIO);
  run_all (LIKENESS_LINK_SYMBOLIC, FALSE, EIO);
}

static void
test_cancel (void)
{
  memset (&fault, 0, sizeof fault);
  run_all (LIKENESS_LINK_COPY, FALSE, 0);
  run_all (LIKENESS_LINK_SYMBOLIC, TRUE, 0);
}

static void
test_other_disk (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;

  memset (&fault, 0, sizeof fault);
  fault.no_kernel_copy = TRUE;
  g_assert_true (likeness_split_job_commit_with (split->job, &split->options,
                                                 &failing_calls, NULL, NULL, &error));
  g_assert_no_error (error);
  test_split_assert_complete (split);

  g_clear_pointer (&split, test_split_free);
  split = test_split_new_paired ();
  fault.number = EXDEV;
  /* make_folder of the hidden folder, open, space, two folders, open, status: then link.
   */
  fault.countdown = 8;
  split->options.link = LIKENESS_LINK_HARD;
  g_assert_false (likeness_split_job_commit_with (split->job, &split->options,
                                                  &failing_calls, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, "copy the images"));
}

static void
test_no_space (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GError) error = NULL;

  memset (&fault, 0, sizeof fault);
  fault.free_bytes = 400;
  g_assert_cmpuint (likeness_split_job_measure (split->job).files, ==, 20);
  g_assert_cmpuint (likeness_split_job_measure (split->job).bytes, >, 400);
  g_assert_false (likeness_split_job_commit_with (split->job, &split->options,
                                                  &failing_calls, NULL, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NO_SPACE);
  assert_untouched (split, FALSE);
  g_clear_error (&error);
  split->options.link = LIKENESS_LINK_HARD;
  g_assert_true (likeness_split_job_commit_with (split->job, &split->options,
                                                 &failing_calls, NULL, NULL, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-commit/faults/copy-at-every-call", test_copy);
  g_test_add_func ("/split-commit/faults/links-at-every-call", test_links);
  g_test_add_func ("/split-commit/faults/replace-at-every-call", test_replace);
  g_test_add_func ("/split-commit/faults/cancel-at-every-call", test_cancel);
  g_test_add_func ("/split-commit/faults/another-disk", test_other_disk);
  g_test_add_func ("/split-commit/faults/no-space", test_no_space);
  return g_test_run ();
}
