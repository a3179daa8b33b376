/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-grid.h"

#include "likeness-face-cell.h"
#include "likeness-test-wait.h"

/* What the grid holds of many faces at once, and what of it it shows. */

#define N_FACES 20000
#define MOST_ROWS 34 /* GTK's thirty, and what it adds at the ends */
#define CACHE_BYTES (1 << 20)

typedef struct
{
  GtkWindow *window;
  LikenessFaceGrid *grid;
  LikenessThumbnailer *thumbnailer;
  GListStore *faces;
  GtkWidget *view;
  GtkAdjustment *adjustment;
} Fixture;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
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

/* @low_directory: (nullable): where partners are */
static void
add_faces (Fixture *self, guint n, const char *low_directory)
{
  g_autoptr (GPtrArray) faces = g_ptr_array_new_with_free_func (g_object_unref);
  GRefString *directory = g_ref_string_new ("/nowhere");
  GRefString *low = low_directory != NULL ? g_ref_string_new (low_directory) : NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%05u.png", i);

      g_ptr_array_add (
          faces, likeness_face_new (directory, LIKENESS_SPLIT_VAL, directory, low, name));
    }
  g_list_store_splice (self->faces, 0, 0, faces->pdata, faces->len);
  g_ref_string_release (directory);
  g_clear_pointer (&low, g_ref_string_release);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->window = GTK_WINDOW (gtk_window_new ());
  self->grid = g_object_new (LIKENESS_TYPE_FACE_GRID, NULL);
  self->thumbnailer = likeness_thumbnailer_new (CACHE_BYTES, 1);
  self->faces = g_list_store_new (LIKENESS_TYPE_FACE);
  gtk_window_set_default_size (self->window, 700, 500);
  gtk_window_set_child (self->window, GTK_WIDGET (self->grid));
  self->view = find (GTK_WIDGET (self->grid), GTK_TYPE_GRID_VIEW);
  self->adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));
  likeness_face_grid_set_faces (self->grid, self->thumbnailer,
                                g_object_ref (G_LIST_MODEL (self->faces)));
  gtk_window_present (self->window);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gtk_window_destroy (self->window);
  g_object_unref (self->faces);
  likeness_test_finalize (self->thumbnailer);
}

static gboolean
is_called (GtkWidget *widget, const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

/* The cell of that face, if the grid holds it and says so to a screen reader. */
static GtkWidget *
find_cell (Fixture *self, const char *name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_called (child, name))
      return gtk_widget_get_first_child (child);
  return NULL;
}

static guint
count_cells (Fixture *self)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static guint
count_columns (Fixture *self)
{
  GtkWidget *child = gtk_widget_get_first_child (self->view);
  int cell = 0;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &cell, NULL, NULL, NULL);
  return (guint)(gtk_widget_get_width (self->view) / cell);
}

/* GTK 4.8 warns where the list is scrolled on before it was laid out. */
static void
scroll (Fixture *self, double share)
{
  double end = gtk_adjustment_get_upper (self->adjustment)
               - gtk_adjustment_get_page_size (self->adjustment);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->view);
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);

  gdk_frame_clock_begin_updating (clock);
  gtk_adjustment_set_value (self->adjustment, end * share);
  likeness_test_wait (gdk_frame_clock_get_frame_counter (clock) > frame + 1);
  gdk_frame_clock_end_updating (clock);
}

static void
test_holds_few_cells (Fixture *self, gconstpointer data)
{
  guint most;

  add_faces (self, N_FACES, NULL);
  likeness_test_wait (find_cell (self, "00000.png, in val") != NULL);
  most = MOST_ROWS * count_columns (self);
  g_assert_cmpuint (count_columns (self), >=, 4);
  for (int i = 1; i <= 20; i++)
    {
      scroll (self, i / 20.0);
      g_assert_cmpuint (count_cells (self), <=, most);
    }
  likeness_test_wait (find_cell (self, "19999.png, in val") != NULL);
  g_assert_cmpuint (count_cells (self), <=, most);
  g_assert_null (find_cell (self, "00060.png, in val"));
}

/* A face of which nothing is seen asks for no picture, but has its name. */
static void
test_fills_what_is_in_view (Fixture *self, gconstpointer data)
{
  guint n_in_view, n_asked = 0;

  add_faces (self, N_FACES, NULL);
  likeness_test_wait (find_cell (self, "00000.png, in val") != NULL);
  n_in_view
      = count_columns (self)
        * (guint)(gtk_widget_get_height (self->view)
                      / gtk_widget_get_height (gtk_widget_get_first_child (self->view))
                  + 2);
  g_assert_cmpuint (count_cells (self), >, 2 * n_in_view);
  /* All are named, those out of view too. */
  likeness_test_wait (find_cell (self, "00060.png, in val") != NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (self->view); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_asked += likeness_face_cell_get_filled (
        LIKENESS_FACE_CELL (gtk_widget_get_first_child (child)));
  g_assert_cmpuint (n_asked, >, 0);
  g_assert_cmpuint (n_asked, <=, n_in_view);
}

static void
test_partner_has_room (Fixture *self, gconstpointer data)
{
  GtkWidget *cell = NULL;
  int one = 0, two = 0;

  add_faces (self, 1, NULL);
  likeness_test_wait ((cell = find_cell (self, "00000.png, in val")) != NULL);
  gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &one, NULL, NULL, NULL);
  g_list_store_remove_all (self->faces);
  add_faces (self, 1, "/nowhere/low");
  likeness_test_wait ((cell = find_cell (self, "00000.png, in val")) != NULL);
  gtk_widget_measure (cell, GTK_ORIENTATION_HORIZONTAL, -1, &two, NULL, NULL, NULL);
  g_assert_cmpint (two, >, 2 * one);
}

static void
test_update_says_marks (Fixture *self, gconstpointer data)
{
  g_autoptr (LikenessFace) face = NULL;

  add_faces (self, 3, NULL);
  likeness_test_wait (find_cell (self, "00001.png, in val") != NULL);
  face = g_list_model_get_item (G_LIST_MODEL (self->faces), 1);
  likeness_face_set_excluded (face, TRUE);
  likeness_face_set_pin (face, LIKENESS_PIN_TRAIN);
  likeness_face_grid_update (self->grid);
  g_assert_nonnull (find_cell (self, "00001.png, in val, pinned to train, excluded"));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(path, function)                                                              \
  g_test_add ("/face-grid/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("holds-few-cells", test_holds_few_cells);
  ADD ("fills-what-is-in-view", test_fills_what_is_in_view);
  ADD ("partner-has-room", test_partner_has_room);
  ADD ("update-says-marks", test_update_says_marks);
#undef ADD
  return g_test_run ();
}
