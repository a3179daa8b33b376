/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-run-log.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"

static void
append (const char *run, LikenessEventType type, guint epoch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessRunLog) log = likeness_run_log_open (run, &error);
  g_autoptr (LikenessEvent) event = likeness_event_new (type);

  g_assert_no_error (error);
  event->epoch = epoch;
  g_assert_true (likeness_run_log_append (log, event, &error));
  g_assert_no_error (error);
}

static char *
read_epochs (const char *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = likeness_run_log_read (run, &error);
  GString *epochs = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < events->len; i++)
    g_string_append_printf (epochs, "%u ",
                            ((LikenessEvent *)g_ptr_array_index (events, i))->epoch);
  return g_string_free (epochs, FALSE);
}

static void
assert_epochs (const char *run, const char *expected)
{
  g_autofree char *epochs = read_epochs (run);

  g_assert_cmpstr (epochs, ==, expected);
}

static void
cut (const char *run, gsize bytes)
{
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_EVENTS_NAME, NULL);
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (path, contents, length - bytes, NULL));
}

static void
test_append (void)
{
  g_autofree char *run = likeness_test_tree_new ();

  append (run, LIKENESS_EVENT_START, 0);
  append (run, LIKENESS_EVENT_BATCH, 1);
  append (run, LIKENESS_EVENT_EPOCH, 1);
  append (run, LIKENESS_EVENT_EPOCH, 2);
  assert_epochs (run, "0 1 2 ");
  likeness_test_tree_remove (run);
}

static void
test_cut_off (void)
{
  g_autofree char *run = likeness_test_tree_new ();

  append (run, LIKENESS_EVENT_EPOCH, 1);
  append (run, LIKENESS_EVENT_EPOCH, 2);
  cut (run, 20);
  assert_epochs (run, "1 ");
  /* Going on after it does not leave a broken line in the middle. */
  append (run, LIKENESS_EVENT_EPOCH, 3);
  assert_epochs (run, "1 3 ");
  /* A whole last line that lacks only its end is kept. */
  cut (run, 1);
  assert_epochs (run, "1 3 ");
  append (run, LIKENESS_EVENT_EPOCH, 4);
  assert_epochs (run, "1 3 4 ");
  likeness_test_tree_remove (run);
}

/* What ext4 may leave after a power loss. */
static void
test_zeros (void)
{
  g_autofree char *run = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_EVENTS_NAME, NULL);
  g_autofree char *contents = NULL;
  gsize length;

  append (run, LIKENESS_EVENT_EPOCH, 1);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  contents = g_realloc (contents, length + 100);
  memset (contents + length, 0, 100);
  g_assert_true (g_file_set_contents (path, contents, length + 100, NULL));
  assert_epochs (run, "1 ");
  append (run, LIKENESS_EVENT_EPOCH, 2);
  assert_epochs (run, "1 2 ");
  likeness_test_tree_remove (run);
}

static void
test_not_a_run (void)
{
  g_autofree char *run = likeness_test_tree_new ();
  g_autofree char *missing = g_build_filename (run, "none", NULL);
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (likeness_run_log_read (run, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, run));
  g_clear_error (&error);
  g_assert_null (likeness_run_log_open (missing, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  g_clear_error (&error);
  likeness_test_tree_write (run, LIKENESS_RUN_EVENTS_NAME,
                            "{\"event\": \"epoch\"}\nnonsense\n", -1);
  g_assert_null (likeness_run_log_read (run, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
  g_assert_nonnull (strstr (error->message, "Line 2"));
  g_clear_error (&error);
  likeness_test_tree_write (run, LIKENESS_RUN_EVENTS_NAME, "\0\n", 2);
  g_assert_null (likeness_run_log_read (run, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT);
  g_clear_error (&error);
  likeness_test_tree_write (run, LIKENESS_RUN_EVENTS_NAME, "", 0);
  assert_epochs (run, "");
  for (guint i = 0; i < 100001; i++)
    g_string_append (many, "{\"event\": \"paused\"}\n");
  likeness_test_tree_write (run, LIKENESS_RUN_EVENTS_NAME, many->str, many->len);
  g_assert_null (likeness_run_log_read (run, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE);
  likeness_test_tree_remove (run);
}

/* A full disk leaves whole lines only: a limit on the file's size plays it, in a child,
 * as a limit cannot be taken back. */
static void
test_full_disk (void)
{
  g_autofree char *run = likeness_test_tree_new ();

  if (g_test_subprocess ())
    {
      const char *given = g_getenv ("LIKENESS_TEST_RUN");
      g_autoptr (LikenessRunLog) log = likeness_run_log_open (given, NULL);
      g_autoptr (LikenessEvent) event = likeness_event_new (LIKENESS_EVENT_EPOCH);
      g_autoptr (GError) error = NULL;
      struct rlimit limit = {5000, 5000};

      signal (SIGXFSZ, SIG_IGN);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      while (likeness_run_log_append (log, event, &error))
        event->epoch++;
      g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
      g_assert_nonnull (strstr (error->message, LIKENESS_RUN_EVENTS_NAME));
    }
  else
    {
      g_autofree char *path = g_build_filename (run, LIKENESS_RUN_EVENTS_NAME, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_setenv ("LIKENESS_TEST_RUN", run, TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      g_unsetenv ("LIKENESS_TEST_RUN");
      g_test_trap_assert_passed ();
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_cmpuint (length, >, 1000);
      g_assert_cmpuint (length, <, 5000);
      g_assert_cmpint (contents[length - 1], ==, '\n');
    }
  likeness_test_tree_remove (run);
}

/* What stands in the log's place in a stranger's folder. */
static void
test_not_a_file (void)
{
  g_autofree char *run = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_EVENTS_NAME, NULL);
  g_autofree char *other = g_build_filename (run, "other", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  likeness_test_tree_write (run, "other", "first\nsecond", -1);
  g_assert_cmpint (symlink (other, path), ==, 0);
  g_assert_null (likeness_run_log_open (run, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (other, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "first\nsecond");

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_null (likeness_run_log_open (run, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  likeness_test_tree_remove (run);
}

static void
test_lock (void)
{
  g_autofree char *run = likeness_test_tree_new ();
  g_autofree char *missing = g_build_filename (run, "none", NULL);
  g_autoptr (GError) error = NULL;
  int lock, other;

  g_assert_true (likeness_run_log_lock (run, &lock, &error));
  g_assert_no_error (error);
  g_assert_false (likeness_run_log_lock (run, &other, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  g_assert_nonnull (strstr (error->message, "is being trained already"));
  g_assert_cmpint (other, ==, -1);
  g_clear_error (&error);
  /* Whoever only reads is not kept out. */
  append (run, LIKENESS_EVENT_EPOCH, 1);
  assert_epochs (run, "1 ");
  close (lock);
  g_assert_true (likeness_run_log_lock (run, &lock, &error));
  close (lock);
  g_assert_false (likeness_run_log_lock (missing, &lock, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
  likeness_test_tree_remove (run);
}

static void
test_name (void)
{
  g_autofree char *directory = likeness_run_log_get_default_directory ();
  g_autofree char *name = likeness_run_log_make_name ("/data/my\nset");
  g_autofree char *root = likeness_run_log_make_name ("/");
  g_autofree char *none = likeness_run_log_make_name (NULL);
  g_autofree char *second = NULL;

  g_assert_true (g_str_has_prefix (name, directory));
  g_assert_true (g_str_has_suffix (name, "-my_set"));
  g_assert_true (
      g_regex_match_simple ("/\\d{4}-\\d\\d-\\d\\d-\\d{6}-my_set$", name, 0, 0));
  g_assert_true (g_str_has_suffix (root, "-run"));
  g_assert_true (g_str_has_suffix (none, "-run"));
  /* A folder that is already there is never taken, not even within one second. */
  g_assert_cmpint (g_mkdir_with_parents (name, 0700), ==, 0);
  second = likeness_run_log_make_name ("/data/my\nset");
  g_assert_cmpstr (second, !=, name);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/run-log/append", test_append);
  g_test_add_func ("/run-log/cut-off-last-line", test_cut_off);
  g_test_add_func ("/run-log/zeros-at-the-end", test_zeros);
  g_test_add_func ("/run-log/not-a-run", test_not_a_run);
  g_test_add_func ("/run-log/not-a-file", test_not_a_file);
  g_test_add_func ("/run-log/lock", test_lock);
  g_test_add_func ("/run-log/full-disk", test_full_disk);
  g_test_add_func ("/run-log/make-name", test_name);
  return g_test_run ();
}
