/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-export.h"

#include <string.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"

typedef struct
{
  char *root;
  LikenessRunChart *chart;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = likeness_test_tree_new ();
  self->chart = likeness_run_chart_new ();
  for (guint i = 1; i <= 2; i++)
    {
      g_autoptr (LikenessEvent) event = likeness_event_new (LIKENESS_EVENT_EPOCH);

      event->epoch = i;
      event->epochs = 2;
      event->loss = 0.5 / i;
      likeness_run_chart_add (self->chart, event);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_run_chart_free (self->chart);
  likeness_test_tree_remove (self->root);
  g_free (self->root);
}

static char *
save (Fixture *self, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (self->root, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  likeness_chart_export (self->chart, LIKENESS_RUN_CHART_LOSS, path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
test_pictures (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *start;
  } pictures[] = {
      {"loss.png", "\x89PNG\r\n"},
      {"loss.svg", "<?xml"},
      {"loss.pdf", "%PDF-"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      gsize length;
      g_autofree char *contents = save (self, pictures[i].name, &length);

      g_assert_cmpuint (length, >, 1000);
      g_assert_cmpmem (contents, strlen (pictures[i].start), pictures[i].start,
                       strlen (pictures[i].start));
    }
}

static void
test_table (Fixture *self, gconstpointer data)
{
  g_autofree char *contents = save (self, "loss.csv", NULL);

  g_assert_cmpstr (contents, ==,
                   "curve,epoch,value\r\n\"Loss\",1,0.5\r\n\"Loss\",2,0.25\r\n");
}

static void
test_refuses (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->root, "loss.bmp", NULL);
  g_autofree char *nowhere = g_build_filename (self->root, "none", "loss.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      likeness_chart_export (self->chart, LIKENESS_RUN_CHART_LOSS, other, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (
      likeness_chart_export (self->chart, LIKENESS_RUN_CHART_LOSS, nowhere, &error));
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                              \
  g_test_add ("/chart-export/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("picture/png-svg-pdf", test_pictures);
  ADD ("table/one-line-a-point", test_table);
  ADD ("error/says-what-to-do", test_refuses);
  return g_test_run ();
}
