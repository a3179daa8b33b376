/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-listed-view.h"

#include <string.h>

#include "likeness-test-wait.h"

#define N_SUBJECTS 200
#define N_NAMES 10

/* Subject @first and those after it, of N_NAMES faces each, which are nowhere. */
static GPtrArray *
make_runs (guint first, guint n)
{
  g_autoptr (GRefString) directory = g_ref_string_new ("/nowhere");
  GPtrArray *runs = likeness_listed_runs_new ();

  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%04u", i);
      g_autoptr (GRefString) subject = g_ref_string_new (name);
      const char *names[N_NAMES];

      for (guint j = 0; j < N_NAMES; j++)
        names[j] = "1.png";
      g_ptr_array_add (runs, likeness_listed_run_new (subject, LIKENESS_SPLIT_TRAIN,
                                                      directory, NULL, names, N_NAMES));
    }
  return runs;
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static const char *
get_label (GtkWidget *view)
{
  return gtk_label_get_label (GTK_LABEL (find (view, GTK_TYPE_LABEL)));
}

static guint
count_faces (GtkWidget *view)
{
  GtkGridView *grid = GTK_GRID_VIEW (find (view, GTK_TYPE_GRID_VIEW));

  return g_list_model_get_n_items (G_LIST_MODEL (gtk_grid_view_get_model (grid)));
}

/* The first faces are there while others come, few at first, and in the end all. */
static void
test_grows (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = g_object_new (LIKENESS_TYPE_LISTED_VIEW, NULL);
  g_autoptr (LikenessThumbnailer) thumbnailer = likeness_thumbnailer_new (1 << 20, 1);
  g_autoptr (LikenessListedFaces) faces = likeness_listed_faces_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_false (gtk_widget_get_visible (view));

  likeness_listed_faces_take (faces, make_runs (0, N_SUBJECTS / 2), FALSE);
  likeness_listed_view_set_faces (LIKENESS_LISTED_VIEW (view), thumbnailer, faces);
  likeness_test_wait (gtk_widget_get_visible (view));
  g_assert_cmpstr (get_label (view), ==,
                   "100 subjects, 1000 faces by their names so far");
  g_assert_cmpuint (count_faces (view), >, 0);
  g_assert_cmpuint (count_faces (view), <, N_SUBJECTS / 2 * N_NAMES);

  likeness_listed_faces_take (faces, make_runs (N_SUBJECTS / 2, N_SUBJECTS / 2), FALSE);
  g_assert_cmpstr (get_label (view), ==,
                   "200 subjects, 2000 faces by their names so far");
  likeness_test_wait (count_faces (view) == N_SUBJECTS * N_NAMES);
  likeness_listed_faces_take (faces, make_runs (0, N_SUBJECTS), TRUE);
  g_assert_cmpstr (get_label (view), ==,
                   "200 subjects, 2000 faces by their names; they are being checked");

  likeness_listed_view_set_faces (LIKENESS_LISTED_VIEW (view), thumbnailer, NULL);
  g_assert_false (gtk_widget_get_visible (view));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Of a small folder they do not even come into view. */
static void
test_blink (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *view = g_object_new (LIKENESS_TYPE_LISTED_VIEW, NULL);
  g_autoptr (LikenessThumbnailer) thumbnailer = likeness_thumbnailer_new (1 << 20, 1);
  g_autoptr (LikenessListedFaces) faces = likeness_listed_faces_new ();

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  likeness_listed_faces_take (faces, make_runs (0, 2), TRUE);
  likeness_listed_view_set_faces (LIKENESS_LISTED_VIEW (view), thumbnailer, faces);
  likeness_listed_view_set_faces (LIKENESS_LISTED_VIEW (view), thumbnailer, NULL);
  g_assert_false (gtk_widget_get_visible (view));
  /* Nothing of it is left to be told. */
  g_assert_finalize_object (g_steal_pointer (&faces));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/listed-view/grows", test_grows);
  g_test_add_func ("/listed-view/blink", test_blink);
  return g_test_run ();
}
