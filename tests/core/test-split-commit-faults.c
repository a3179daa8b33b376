/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-leftover.h"
#include "likeness-split-job-private.h"
#include "likeness-test-faults.h"
#include "likeness-test-split.h"

static guint n_commits;

static const TestFace one_person[] = {
    {"7", LIKENESS_SPLIT_TRAIN, "train/hr_images", "train/vlr_images", "7_0.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train/hr_images", "train/vlr_images", "7_1.png"},
    {"7", LIKENESS_SPLIT_TRAIN, "train/hr_images", "train/vlr_images", "7_2.png"},
    {"7", LIKENESS_SPLIT_VAL, "val/hr_images", "val/vlr_images", "7_3.png"},
    {"7", LIKENESS_SPLIT_VAL, "val/hr_images", "val/vlr_images", "7_4.png"},
    {NULL},
};

static gboolean
has_old_target (TestSplit *split)
{
  g_auto (GStrv) paths = likeness_test_tree_list (split->target);

  return g_strv_length (paths) == 1 && g_str_equal (paths[0], "deep/old.txt");
}

/* Whether the target is what it was before the commit. */
static void
assert_untouched (TestSplit *split, gboolean had_target)
{
  test_split_assert_nothing_else (split, had_target);
  g_assert_true (!had_target || has_old_target (split));
}

/* (transfer full): of names, times and bytes */
static char *
digest_source (TestSplit *split)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_auto (GStrv) paths = likeness_test_tree_list (split->source);

  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *full = g_build_filename (split->source, *path, NULL);
      g_autofree char *bytes = NULL;
      gsize size;
      GStatBuf status;

      g_assert_true (g_file_get_contents (full, &bytes, &size, NULL));
      g_assert_cmpint (g_stat (full, &status), ==, 0);
      g_checksum_update (checksum, (const guchar *)*path, strlen (*path) + 1);
      g_checksum_update (checksum, (const guchar *)bytes, size);
      g_checksum_update (checksum, (const guchar *)&status.st_mtim,
                         sizeof status.st_mtim);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* The disk is dead from some call on: nothing can be cleared away. The target is there in
 * one piece, or the next start puts it back, says so, and leaves nothing behind. */
static void
assert_mended_by_next (TestSplit *split, gboolean had_target, gboolean done)
{
  g_autoptr (GPtrArray) leftovers = likeness_leftover_find (split->root, "target");
  g_autoptr (GError) error = NULL;
  gboolean is_there = g_file_test (split->target, G_FILE_TEST_EXISTS);

  for (guint i = 0; i < leftovers->len; i++)
    {
      const LikenessLeftover *leftover = leftovers->pdata[i];

      g_assert_cmpstr (leftover->target_name, ==, "target");
      if (leftover->is_last)
        {
          g_assert_true (had_target && !is_there);
          g_assert_true (likeness_leftover_clear (leftover, NULL, &error));
          g_assert_true (has_old_target (split));
          is_there = TRUE;
        }
    }
  if (done)
    test_split_assert_complete (split);
  else
    {
      g_assert_true (is_there == had_target);
      g_assert_true (!had_target || has_old_target (split));
    }
  test_split_plan_again (split);
  split->options.replace = is_there;
  fault.countdown = G_MAXINT;
  g_assert_true (likeness_split_job_commit_with (split->job, &split->options,
                                                 &failing_calls, NULL, NULL, &error));
  g_assert_no_error (error);
  test_split_assert_complete (split);
  test_split_assert_nothing_else (split, TRUE);
}

static gboolean
commit_with_fault (TestSplit *split, int nth, int number)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean done;

  fault.countdown = nth;
  fault.number = number;
  fault.cancellable = cancellable;
  done = likeness_split_job_commit_with (split->job, &split->options, &failing_calls,
                                         NULL, cancellable, &error);
  g_assert_true (done == (error == NULL));
  if (done)
    return TRUE;
  if (number == 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  else
    g_assert_true (error->domain == LIKENESS_ERROR);
  g_assert_cmpint (error->message[strlen (error->message) - 1], !=, '.');
  return FALSE;
}

/* Lets the first call go wrong, then the second, ... until a commit makes fewer. */
static void
run_all (LikenessLink link, gboolean replace, int number)
{
  g_autoptr (TestSplit) split = test_split_new (LIKENESS_LAYOUT_PAIRED, one_person);
  g_autofree char *before = digest_source (split);
  gboolean was_reached;
  g_autofree char *after = NULL;
  guint n_failed = 0;
  guint nth = 0;

  do
    {
      gboolean done;

      if (replace)
        likeness_test_tree_write (split->target, "deep/old.txt", "old", -1);
      test_split_plan_again (split);
      split->options.link = link;
      split->options.replace = replace;
      done = commit_with_fault (split, ++nth, number);
      was_reached = fault.countdown <= 0;
      n_failed += !done;
      if (fault.for_good)
        assert_mended_by_next (split, replace, done);
      else if (done)
        {
          test_split_assert_complete (split);
          test_split_assert_nothing_else (split, TRUE);
        }
      else
        assert_untouched (split, replace);
      g_clear_pointer (&after, g_free);
      after = digest_source (split);
      g_assert_cmpstr (after, ==, before);
      if (done || replace || fault.for_good)
        likeness_test_tree_remove (split->target);
    }
  while (was_reached);
  /* 10 files, each with several calls, nearly all of which matter. */
  g_assert_cmpuint (nth, >, link == LIKENESS_LINK_COPY ? 90 : 60);
  g_assert_cmpuint (n_failed, >, 40);
  n_commits += nth;
}

static const int numbers[] = {EIO, ENOSPC, EACCES};

static void
test_every_call (void)
{
  memset (&fault, 0, sizeof fault);
  n_commits = 0;
  for (LikenessLink link = LIKENESS_LINK_COPY; link <= LIKENESS_LINK_SYMBOLIC; link++)
    for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
      {
        run_all (link, FALSE, numbers[i]);
        run_all (link, TRUE, numbers[i]);
      }
  g_test_message ("%u commits with a fault", n_commits);
}

/* As where renameat2() is unknown: a replacement then takes three renames. */
static void
test_plain_renames (void)
{
  memset (&fault, 0, sizeof fault);
  fault.plain_renames = TRUE;
  n_commits = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      run_all (LIKENESS_LINK_SYMBOLIC, TRUE, numbers[i]);
      run_all (LIKENESS_LINK_SYMBOLIC, FALSE, numbers[i]);
    }
  g_test_message ("%u commits with a fault", n_commits);
}

static void
test_for_good (void)
{
  memset (&fault, 0, sizeof fault);
  fault.for_good = TRUE;
  for (LikenessLink link = LIKENESS_LINK_COPY; link <= LIKENESS_LINK_SYMBOLIC; link++)
    {
      run_all (link, FALSE, EIO);
      run_all (link, TRUE, EIO);
    }
  fault.plain_renames = TRUE;
  run_all (LIKENESS_LINK_SYMBOLIC, TRUE, EIO);
  run_all (LIKENESS_LINK_COPY, TRUE, ENOSPC);
}

static void
test_cancel (void)
{
  memset (&fault, 0, sizeof fault);
  run_all (LIKENESS_LINK_COPY, FALSE, 0);
  run_all (LIKENESS_LINK_COPY, TRUE, 0);
  run_all (LIKENESS_LINK_HARD, FALSE, 0);
  run_all (LIKENESS_LINK_SYMBOLIC, TRUE, 0);
}

static GMutex sync_mutex;
static GCond sync_cond;
static gboolean sync_began, sync_may_end;

/* A disk that takes its time: until the commit has answered. */
static int
wait_sync (int file)
{
  g_mutex_lock (&sync_mutex);
  sync_began = TRUE;
  g_cond_broadcast (&sync_cond);
  while (!sync_may_end)
    g_cond_wait (&sync_cond, &sync_mutex);
  g_mutex_unlock (&sync_mutex);
  return 0;
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_mutex_lock (&sync_mutex);
  while (!sync_began)
    g_cond_wait (&sync_cond, &sync_mutex);
  g_mutex_unlock (&sync_mutex);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel_while_the_disk_works (void)
{
  g_autoptr (TestSplit) split = test_split_new_paired ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  LikenessFileCalls calls = likeness_file_calls;
  GThread *thread = g_thread_new (NULL, cancel_thread, cancellable);

  calls.sync = wait_sync;
  g_assert_false (likeness_split_job_commit_with (split->job, &split->options, &calls,
                                                  NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_split_assert_nothing_else (split, FALSE);
  g_thread_join (thread);
  g_mutex_lock (&sync_mutex);
  sync_may_end = TRUE;
  g_cond_broadcast (&sync_cond);
  g_mutex_unlock (&sync_mutex);
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
  fault.other_disk = TRUE;
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
  /* Thousands of commits: on a disk its journal would be what is measured. */
  if (g_access ("/dev/shm", W_OK) == 0)
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split-commit/faults/at-every-call", test_every_call);
  g_test_add_func ("/split-commit/faults/plain-renames", test_plain_renames);
  g_test_add_func ("/split-commit/faults/for-good-from-every-call", test_for_good);
  g_test_add_func ("/split-commit/faults/cancel-at-every-call", test_cancel);
  g_test_add_func ("/split-commit/faults/cancel-while-the-disk-works",
                   test_cancel_while_the_disk_works);
  g_test_add_func ("/split-commit/faults/another-disk", test_other_disk);
  g_test_add_func ("/split-commit/faults/no-space", test_no_space);
  return g_test_run ();
}
