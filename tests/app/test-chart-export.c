/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-chart-export.h"

#include <string.h>

#include "likeness-error.h"
#include "likeness-test-tree.h"
#include "likeness-test-wait.h"

typedef struct
{
  char *root;
  LikenessRunChart *chart;
} Fixture;

static void
add_epoch (LikenessRunChart *chart, guint epoch)
{
  g_autoptr (LikenessEvent) event = likeness_event_new (LIKENESS_EVENT_EPOCH);

  event->epoch = epoch;
  event->epochs = 2;
  event->loss = 0.5 / epoch;
  likeness_run_chart_add (chart, event);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->root = likeness_test_tree_new ();
  self->chart = likeness_run_chart_new ();
  for (guint i = 1; i <= 2; i++)
    add_epoch (self->chart, i);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_run_chart_free (self->chart);
  likeness_test_tree_remove (self->root);
  g_free (self->root);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **)user_data = g_object_ref (result);
}

/* As the window does it; what it is told is in @error. */
static void
export_to (Fixture *self, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean written;

  likeness_chart_export_async (self->chart, LIKENESS_RUN_CHART_LOSS, path, done_cb,
                               &result);
  likeness_test_wait (result != NULL);
  written = likeness_chart_export_finish (result, error);
  g_assert_cmpint (written, ==, error == NULL || *error == NULL);
}

static char *
save (Fixture *self, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (self->root, name, NULL);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  export_to (self, path, &error);
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

/* A run goes on, or is given up, while its chart is written. */
static void
test_grows_meanwhile (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->root, "loss.csv", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  likeness_chart_export_async (self->chart, LIKENESS_RUN_CHART_LOSS, path, done_cb,
                               &result);
  add_epoch (self->chart, 3);
  likeness_run_chart_free (self->chart);
  self->chart = likeness_run_chart_new ();
  likeness_test_wait (result != NULL);
  g_assert_true (likeness_chart_export_finish (result, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==,
                   "curve,epoch,value\r\n\"Loss\",1,0.5\r\n\"Loss\",2,0.25\r\n");
}

static void
test_refuses (Fixture *self, gconstpointer data)
{
  g_autofree char *other = g_build_filename (self->root, "loss.bmp", NULL);
  g_autofree char *nowhere = g_build_filename (self->root, "none", "loss.png", NULL);
  g_autoptr (GError) error = NULL;

  export_to (self, other, &error);
  g_assert_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE);
  g_clear_error (&error);
  export_to (self, nowhere, &error);
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
  ADD ("table/as-it-was-when-asked-for", test_grows_meanwhile);
  ADD ("error/says-what-to-do", test_refuses);
  return g_test_run ();
}
