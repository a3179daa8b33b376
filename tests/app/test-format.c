/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-format.h"

#include <gtk/gtk.h>
#include <math.h>

static void
assert_taken (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_duration (void)
{
  assert_taken (likeness_format_duration (0), "1 s");
  assert_taken (likeness_format_duration (11.6), "12 s");
  assert_taken (likeness_format_duration (59.4), "59 s");
  assert_taken (likeness_format_duration (200), "3 min 20 s");
  assert_taken (likeness_format_duration (7500), "2 h 5 min");
}

static void
test_percent (void)
{
  assert_taken (likeness_format_percent (0.72345), "72.3 %");
  assert_taken (likeness_format_percent (0), "0.0 %");
  assert_taken (likeness_format_percent (1), "100.0 %");
  assert_taken (likeness_format_percent (NAN), "–");
}

static void
test_score (void)
{
  assert_taken (likeness_format_score (-0.0124), "-0.012");
  assert_taken (likeness_format_score (NAN), "–");
}

static void
test_counts (void)
{
  assert_taken (likeness_format_faces (1), "1 face");
  assert_taken (likeness_format_faces (0), "0 faces");
  assert_taken (likeness_format_subjects (158), "158 subjects");
}

static void
test_path (void)
{
  g_autofree char *inside = g_build_filename (g_get_home_dir (), "faces", NULL);
  g_autofree char *beside = g_strconcat (g_get_home_dir (), "-other", NULL);
  g_autofree char *bytes = NULL;

  assert_taken (likeness_format_path (inside), "~/faces");
  assert_taken (likeness_format_path (g_get_home_dir ()), "~");
  assert_taken (likeness_format_path (beside), beside);
  bytes = likeness_format_path ("/a/\xff");
  g_assert_true (g_utf8_validate (bytes, -1, NULL));
}

#define ARABIC "\u0646\u0648\u0631"
#define ISOLATED(name) "\u2068" name "\u2069"

static void
test_path_direction (void)
{
  assert_taken (likeness_format_path ("/home/somebody/" ARABIC "/faces"),
                "\u200e~/" ARABIC "/faces");
  assert_taken (likeness_format_path ("/data/" ARABIC), "/data/" ARABIC);
}

static void
test_name (void)
{
  assert_taken (likeness_format_name ("0007"), "0007");
  assert_taken (likeness_format_name ("Anna"), "Anna");
  assert_taken (likeness_format_name (ARABIC), ISOLATED (ARABIC));
  assert_taken (likeness_format_name ("Anna " ARABIC), ISOLATED ("Anna " ARABIC));
  /* One that turns everything after it around. */
  assert_taken (likeness_format_name ("a\u202eb"), ISOLATED ("a\u202eb"));

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  assert_taken (likeness_format_name ("0007"), "0007");
  assert_taken (likeness_format_name ("Anna"), ISOLATED ("Anna"));
  assert_taken (likeness_format_name (ARABIC), ARABIC);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
test_figure_mirrored (void)
{
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  assert_taken (likeness_format_score (-0.0124), "\u2066-0.012\u2069");
  assert_taken (likeness_format_percent (0.5), "\u206650.0 %\u2069");
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  assert_taken (likeness_format_score (-0.0124), "-0.012");
}

int
main (int argc, char **argv)
{
  g_setenv ("HOME", "/home/somebody", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/duration/picks-its-unit", test_duration);
  g_test_add_func ("/format/percent/one-decimal-or-a-dash", test_percent);
  g_test_add_func ("/format/score/three-decimals-or-a-dash", test_score);
  g_test_add_func ("/format/count/plural", test_counts);
  g_test_add_func ("/format/path/home-is-a-tilde", test_path);
  g_test_add_func ("/format/path/runs-from-left-to-right", test_path_direction);
  g_test_add_func ("/format/name/isolated-where-it-runs-the-other-way", test_name);
  g_test_add_func ("/format/figure/keeps-its-order", test_figure_mirrored);
  return g_test_run ();
}
