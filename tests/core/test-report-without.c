/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

/* The report where something is missing or in the way. */

#include "config.h"

#include "likeness-error.h"
#include "likeness-test-report.h"

static void
test_missing_results (Fixture *self, gconstpointer data)
{
  g_autofree char *html = NULL;

  write_run (self);
  html = report (self);
  assert_says (html, "likeness-cli evaluate --run &apos;");
  assert_says (html, "has not been judged yet");
  assert_says (html, "id=\"curves\"");
  assert_silent (html, "id=\"subjects\"");
}

static void
test_old_results (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessResults) results = make_results (self);
  g_autofree char *html = NULL;

  results->epoch = 1;
  write_run (self);
  write_results (self, results);
  html = report (self);
  assert_says (html, "These results are of epoch 1, but the best weights are those of "
                     "epoch 2");
  assert_says (html, "id=\"subjects\"");
}

static void
test_hostile_files (Fixture *self, gconstpointer data)
{
  g_autofree char *html = NULL;

  write_run (self);
  likeness_test_tree_write (self->run, "results.json", "{\"per_subject\": [1]}", -1);
  likeness_test_tree_write (self->run, "config.json", "{\"<b>\": \"\\u0001\"}", -1);
  html = report (self);
  assert_says (html, "results.json” cannot be used");
  assert_says (html, "likeness-cli evaluate --run");
  assert_says (html, "config.json” cannot be used");
  assert_silent (html, "“<b>”");
}

static void
test_not_begun (Fixture *self, gconstpointer data)
{
  g_autofree char *html = NULL;

  likeness_test_tree_write (self->run, "events.jsonl",
                            "{\"event\": \"stage\", \"text\": \"\\u0007\\uffff<i>\"}\n"
                            "{\"event\": \"failed\", \"text\": \"\\u0007\\uffff<i>\"}\n",
                            -1);
  html = report (self);
  assert_says (html, "Failed after 0 of 0 epochs: ��&lt;i&gt;");
  assert_says (html, "data-state=\"unknown\"");
  assert_says (html, "No epoch was finished.");
}

static void
assert_refused (const char *run, const char *output, LikenessError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (likeness_report_write_html (run, output, NULL, &error));
  g_assert_error (error, LIKENESS_ERROR, (int)code);
}

static void
test_no_run (Fixture *self, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (self->root, "nowhere", NULL);

  assert_refused (nowhere, self->output, LIKENESS_ERROR_NOT_FOUND);
  assert_refused (self->run, self->output, LIKENESS_ERROR_NOT_FOUND);
  likeness_test_tree_write (self->run, "events.jsonl", "{}\n", -1);
  assert_refused (self->run, self->output, LIKENESS_ERROR_BAD_FORMAT);
  g_assert_false (g_file_test (self->output, G_FILE_TEST_EXISTS));
}

static void
test_output (Fixture *self, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (self->root, "nowhere", "a.html", NULL);
  g_autofree char *locked = g_build_filename (self->root, "locked", NULL);
  g_autofree char *inside = g_build_filename (locked, "a.html", NULL);
  g_autofree char *kept = NULL;

  write_run (self);
  assert_refused (self->run, nowhere, LIKENESS_ERROR_NOT_WRITABLE);
  assert_refused (self->run, self->root, LIKENESS_ERROR_NOT_WRITABLE);
  likeness_test_tree_write (self->root, "locked/a.html", "the old one", -1);
  /* Whoever writes into the file itself would succeed, and leave half of it one day. */
  g_assert_cmpint (g_chmod (inside, 0666), ==, 0);
  g_assert_cmpint (g_chmod (locked, 0555), ==, 0);
  if (likeness_test_drop_rights (self->root))
    {
      assert_refused (self->run, inside, LIKENESS_ERROR_NOT_WRITABLE);
      g_assert_true (g_file_get_contents (inside, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, "the old one");
      likeness_test_regain_rights ();
    }
  else
    g_test_skip ("nobody else to be");
  g_assert_cmpint (g_chmod (locked, 0700), ==, 0);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  write_run (self);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      likeness_report_write_html (self->run, self->output, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (self->output, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/report/results/missing", test_missing_results);
  ADD ("/report/results/old", test_old_results);
  ADD ("/report/hostile-files", test_hostile_files);
  ADD ("/report/not-begun", test_not_begun);
  ADD ("/report/no-run", test_no_run);
  ADD ("/report/output", test_output);
  ADD ("/report/cancelled", test_cancelled);
  return g_test_run ();
}
