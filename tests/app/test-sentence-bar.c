/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-sentence-bar.h"

#define SENTENCE                                                                         \
  "Every split holds different people: right for super-resolution, cannot validate a "   \
  "recogniser."

typedef struct
{
  GtkWidget *window;
  GtkWidget *bar;
  GtkWidget *label; /* NULL: there is none */
  GtkWidget *first;
  GtkWidget *second;
} Bar;

static void
add (GtkWidget *bar, GtkWidget *child)
{
  gtk_widget_insert_before (child, bar, NULL);
}

/* @sentence: (nullable) */
static Bar
make (const char *sentence)
{
  Bar made = {gtk_window_new (), g_object_new (LIKENESS_TYPE_SENTENCE_BAR, NULL), NULL,
              gtk_button_new_with_label ("Compare Structures"),
              gtk_button_new_with_label ("Make a Training Set")};

  if (sentence != NULL)
    {
      made.label = gtk_label_new (sentence);
      gtk_label_set_wrap (GTK_LABEL (made.label), TRUE);
      gtk_widget_set_hexpand (made.label, TRUE);
      add (made.bar, made.label);
    }
  add (made.bar, made.first);
  add (made.bar, made.second);
  gtk_window_set_child (GTK_WINDOW (made.window), made.bar);
  return made;
}

static int
measure (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int minimum;

  gtk_widget_measure (widget, orientation, for_size, &minimum, NULL, NULL, NULL);
  return minimum;
}

/* Gives the bar the height that it asks for at this width, and returns that. */
static int
give (const Bar *bar, int width)
{
  int height = measure (bar->bar, GTK_ORIENTATION_VERTICAL, width);

  gtk_widget_allocate (bar->bar, width, height, -1, NULL);
  return height;
}

static graphene_rect_t
get_place (const Bar *bar, GtkWidget *child)
{
  graphene_rect_t place;

  g_assert_true (gtk_widget_compute_bounds (child, bar->bar, &place));
  return place;
}

static float
get_right (const graphene_rect_t *place)
{
  return place->origin.x + place->size.width;
}

static float
get_bottom (const graphene_rect_t *place)
{
  return place->origin.y + place->size.height;
}

static void
test_wide (void)
{
  Bar bar = make (SENTENCE);
  int height = give (&bar, 1000);
  graphene_rect_t label = get_place (&bar, bar.label);
  graphene_rect_t first = get_place (&bar, bar.first);
  graphene_rect_t second = get_place (&bar, bar.second);

  g_assert_cmpint (height, ==, measure (bar.first, GTK_ORIENTATION_VERTICAL, -1));
  g_assert_cmpfloat (label.origin.x, ==, 0);
  g_assert_cmpfloat (get_right (&label), <, first.origin.x);
  g_assert_cmpfloat (get_right (&first), <, second.origin.x);
  g_assert_cmpfloat (get_right (&second), ==, 1000);
  gtk_window_destroy (GTK_WINDOW (bar.window));
}

/* The sentence has the first lines for itself. */
static void
test_narrow (void)
{
  Bar bar = make (SENTENCE);
  int width = 40 + measure (bar.first, GTK_ORIENTATION_HORIZONTAL, -1)
              + measure (bar.second, GTK_ORIENTATION_HORIZONTAL, -1);
  int height = give (&bar, width);
  graphene_rect_t label = get_place (&bar, bar.label);
  graphene_rect_t first = get_place (&bar, bar.first);
  graphene_rect_t second = get_place (&bar, bar.second);

  g_assert_cmpfloat (label.size.width, ==, width);
  g_assert_cmpfloat (get_bottom (&label), <, first.origin.y);
  g_assert_cmpfloat (first.origin.y, ==, second.origin.y);
  g_assert_cmpfloat (get_right (&second), ==, width);
  g_assert_cmpfloat (get_bottom (&second), ==, height);
  gtk_window_destroy (GTK_WINDOW (bar.window));
}

/* It asks for no more than its widest button, and then each has a line of its own. */
static void
test_narrowest (void)
{
  Bar bar = make (SENTENCE);
  int width = measure (bar.bar, GTK_ORIENTATION_HORIZONTAL, -1);
  int height = give (&bar, width);
  graphene_rect_t first = get_place (&bar, bar.first);
  graphene_rect_t second = get_place (&bar, bar.second);

  g_assert_cmpint (width, ==,
                   MAX (measure (bar.first, GTK_ORIENTATION_HORIZONTAL, -1),
                        measure (bar.second, GTK_ORIENTATION_HORIZONTAL, -1)));
  g_assert_cmpfloat (get_bottom (&first), <, second.origin.y);
  g_assert_cmpfloat (get_right (&first), ==, width);
  g_assert_cmpfloat (get_right (&second), ==, width);
  g_assert_cmpfloat (get_bottom (&second), ==, height);
  gtk_window_destroy (GTK_WINDOW (bar.window));
}

static void
test_mirrored (void)
{
  Bar bar = make (SENTENCE);
  graphene_rect_t label, first, second;

  gtk_widget_set_direction (bar.bar, GTK_TEXT_DIR_RTL);
  give (&bar, 1000);
  label = get_place (&bar, bar.label);
  first = get_place (&bar, bar.first);
  second = get_place (&bar, bar.second);
  g_assert_cmpfloat (second.origin.x, ==, 0);
  g_assert_cmpfloat (get_right (&second), <, first.origin.x);
  g_assert_cmpfloat (get_right (&first), <, label.origin.x);
  g_assert_cmpfloat (get_right (&label), ==, 1000);
  gtk_window_destroy (GTK_WINDOW (bar.window));
}

/* A button that is not shown takes no place; without a sentence they stand at the end. */
static void
test_buttons (void)
{
  Bar bar = make (NULL);
  graphene_rect_t second;

  gtk_widget_set_visible (bar.first, FALSE);
  give (&bar, 600);
  second = get_place (&bar, bar.second);
  g_assert_cmpfloat (get_right (&second), ==, 600);
  g_assert_cmpfloat (second.size.width, ==,
                     measure (bar.second, GTK_ORIENTATION_HORIZONTAL, -1));
  g_assert_cmpint (measure (bar.bar, GTK_ORIENTATION_HORIZONTAL, -1), ==,
                   measure (bar.second, GTK_ORIENTATION_HORIZONTAL, -1));
  gtk_window_destroy (GTK_WINDOW (bar.window));
}

/* Two or three words do not go below one another beside room for all. */
static void
test_short (void)
{
  Bar bar = make ("Folder changed.");
  int width;

  gtk_widget_measure (bar.bar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  g_assert_cmpint (give (&bar, width), ==,
                   measure (bar.first, GTK_ORIENTATION_VERTICAL, -1));
  gtk_window_destroy (GTK_WINDOW (bar.window));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  g_test_add_func ("/sentence-bar/wide/one-line", test_wide);
  g_test_add_func ("/sentence-bar/narrow/buttons-below", test_narrow);
  g_test_add_func ("/sentence-bar/narrowest/each-button-a-line", test_narrowest);
  g_test_add_func ("/sentence-bar/mirrored", test_mirrored);
  g_test_add_func ("/sentence-bar/buttons-alone/at-the-end", test_buttons);
  g_test_add_func ("/sentence-bar/short/one-line", test_short);
  return g_test_run ();
}
