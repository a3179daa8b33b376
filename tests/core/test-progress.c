/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-progress.h"

static void
test_stages (void)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  LikenessProgressSnapshot snapshot;

  likeness_progress_snapshot (progress, &snapshot);
  g_assert_null (snapshot.stage);
  g_assert_cmpuint (snapshot.done, ==, 0);
  g_assert_cmpuint (snapshot.total, ==, 0);
  g_assert_cmpfloat (snapshot.rate, ==, 0);
  g_assert_cmpfloat (snapshot.seconds_left, ==, -1);

  likeness_progress_begin (progress, "Looking", 0);
  likeness_progress_advance (progress, 7);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpstr (snapshot.stage, ==, "Looking");
  g_assert_cmpuint (snapshot.done, ==, 7);
  g_assert_cmpfloat (snapshot.seconds_left, ==, -1);

  likeness_progress_begin (progress, "Counting", 10);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpstr (snapshot.stage, ==, "Counting");
  g_assert_cmpuint (snapshot.done, ==, 0);
  g_assert_cmpuint (snapshot.total, ==, 10);
}

static void
test_time_left (void)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  LikenessProgressSnapshot snapshot;

  likeness_progress_begin (progress, "Counting", 10);
  likeness_progress_advance (progress, 4);
  do
    likeness_progress_snapshot (progress, &snapshot);
  while (snapshot.elapsed <= 0);
  g_assert_cmpfloat_with_epsilon (snapshot.rate * snapshot.elapsed, 4, 1e-9);
  g_assert_cmpfloat_with_epsilon (snapshot.seconds_left, snapshot.elapsed * 6 / 4, 1e-9);

  likeness_progress_advance (progress, 8);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpuint (snapshot.done, ==, 12);
  g_assert_cmpfloat (snapshot.seconds_left, ==, 0);
}

static void
test_null (void)
{
  likeness_progress_begin (NULL, "Nothing", 1);
  likeness_progress_advance (NULL, 1);
}

static gpointer
advance_often (gpointer progress)
{
  for (int i = 0; i < 20000; i++)
    likeness_progress_advance (progress, 1);
  return NULL;
}

static gpointer
begin_often (gpointer progress)
{
  static const char *const stages[] = {"even", "odd"};

  for (guint64 i = 0; i < 20000; i++)
    likeness_progress_begin (progress, stages[i % 2], 2 + i % 2);
  return NULL;
}

static void
test_threads (void)
{
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  LikenessProgressSnapshot snapshot;
  GThread *threads[4];

  likeness_progress_begin (progress, "Counting", 80000);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("advance", advance_often, progress);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  likeness_progress_snapshot (progress, &snapshot);
  g_assert_cmpuint (snapshot.done, ==, 80000);

  /* A reader never sees one stage's name with another one's total. */
  threads[0] = g_thread_new ("begin", begin_often, progress);
  for (int i = 0; i < 20000; i++)
    {
      likeness_progress_snapshot (progress, &snapshot);
      if (snapshot.total <= 3)
        g_assert_cmpstr (snapshot.stage, ==, snapshot.total == 2 ? "even" : "odd");
    }
  g_thread_join (threads[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/stages", test_stages);
  g_test_add_func ("/progress/time-left", test_time_left);
  g_test_add_func ("/progress/null-is-nobody", test_null);
  g_test_add_func ("/progress/threads", test_threads);
  return g_test_run ();
}
