/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <adwaita.h>

#include "likeness-data-page.h"

/*
 * How soon after a folder was opened its first subjects are on screen, on the page that
 * shows them, and when all were listed and checked. usage: first-subjects FOLDER (needs a
 * display)
 */

#define LIMIT 0.2 /* s */

typedef struct
{
  GMainLoop *loop;
  LikenessSession *session;
  GtkWidget *page;
  const char *folder;
  gint64 opened;
  gint64 first;
  gint64 latest; /* frame */
  double longest;
} Bench;

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return gtk_widget_get_mapped (widget) ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
open_cb (gpointer data)
{
  Bench *self = data;

  self->opened = self->latest = g_get_monotonic_time ();
  likeness_dataset_loader_open (likeness_session_get_loader (self->session),
                                self->folder);
  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *self)
{
  GtkWidget *grid;

  if (self->opened == 0)
    return;
  grid = find (self->page, GTK_TYPE_GRID_VIEW);
  if (self->first == 0 && grid != NULL && gtk_widget_get_first_child (grid) != NULL)
    self->first = g_get_monotonic_time ();
  self->longest
      = MAX (self->longest, (double)(g_get_monotonic_time () - self->latest) / 1e3);
  self->latest = g_get_monotonic_time ();
}

static void
state_cb (Bench *self)
{
  if (likeness_dataset_loader_get_state (likeness_session_get_loader (self->session))
      != LIKENESS_DATASET_LOADER_LOADING)
    g_main_loop_quit (self->loop);
}

static void
map_cb (GtkWidget *window, Bench *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  gdk_frame_clock_begin_updating (clock);
  /* The welcome page is there by then. */
  g_timeout_add (500, open_cb, self);
}

int
main (int argc, char **argv)
{
  Bench self = {.folder = argc == 2 ? argv[1] : NULL};
  GtkWidget *window;
  double first;

  if (self.folder == NULL)
    {
      g_printerr ("usage: first-subjects FOLDER\n");
      return 2;
    }
  adw_init ();
  self.loop = g_main_loop_new (NULL, FALSE);
  self.session = likeness_session_new ();
  self.page = g_object_new (LIKENESS_TYPE_DATA_PAGE, NULL);
  likeness_data_page_set_session (LIKENESS_DATA_PAGE (self.page), self.session);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_set_child (GTK_WINDOW (window), self.page);
  g_signal_connect (window, "map", G_CALLBACK (map_cb), &self);
  g_signal_connect_swapped (likeness_session_get_loader (self.session), "notify::state",
                            G_CALLBACK (state_cb), &self);
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (self.loop);

  first = (double)(self.first - self.opened) / G_USEC_PER_SEC;
  if (self.first == 0)
    {
      g_print ("no subjects before the whole was there\n");
      return 1;
    }
  g_print ("first subjects on screen after %.3f s, ratio %.2f of %.1f s; the longest "
           "between two frames %.0f ms; listed and checked after %.2f s\n",
           first, first / LIMIT, LIMIT, self.longest,
           (double)(g_get_monotonic_time () - self.opened) / G_USEC_PER_SEC);
  return first > LIMIT;
}
