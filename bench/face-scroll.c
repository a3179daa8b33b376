/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <adwaita.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "likeness-dataset-scanner.h"
#include "likeness-face-grid.h"

/*
 * What the main thread does of its own while the grid of faces is scrolled from one end
 * to the other: its processor time from one frame's end to the next frame's painting,
 * which is left out, since without a GPU it is the drawing of pixels. Beside it how much
 * memory the process has at the start, in the middle and at the end, how much of it the
 * cache of pictures has filled, and how soon the first screen of faces was there. usage:
 * face-scroll FOLDER FRAMES (needs a display)
 */

#define LIMIT 16.0 /* ms */
#define CACHE_BYTES (64 << 20)
#define THREADS 2
#define QUIET_FRAMES 30 /* without a picture more: the first screen is there */

typedef struct
{
  GMainLoop *loop;
  LikenessThumbnailer *thumbnailer;
  GtkAdjustment *adjustment;
  gint64 shown;
  gint64 first_screen; /* when the last of its pictures came */
  gsize bytes;         /* of pictures, so far */
  guint quiet;         /* frames since then */
  guint n_frames;
  guint frame;
  gboolean scrolled;
  double *milliseconds;
  double ended;      /* of the frame before */
  double laid_out;   /* of this one, until it is painted */
  guint memory[3];   /* at the start, in the middle, at the end */
  guint pictures[3]; /* MiB of it that the cache of thumbnails holds */
} Bench;

static double
get_thread_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

/* MiB that are in memory. */
static guint
get_memory (void)
{
  g_autofree char *text = NULL;
  const char *found;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  found = text != NULL ? strstr (text, "VmRSS:") : NULL;
  return found != NULL ? atoi (found + strlen ("VmRSS:")) / 1024 : 0;
}

static void
look_at_memory (Bench *self, int when)
{
  self->memory[when] = get_memory ();
  self->pictures[when] = likeness_thumbnailer_get_bytes (self->thumbnailer) >> 20;
}

static void
update_cb (GdkFrameClock *clock, Bench *self)
{
  double end = gtk_adjustment_get_upper (self->adjustment)
               - gtk_adjustment_get_page_size (self->adjustment);

  if (self->memory[0] == 0)
    {
      gsize bytes = likeness_thumbnailer_get_bytes (self->thumbnailer);

      if (bytes != self->bytes)
        {
          self->bytes = bytes;
          self->first_screen = g_get_monotonic_time ();
          self->quiet = 0;
        }
      if (end > 0 && bytes > 0 && ++self->quiet > QUIET_FRAMES)
        look_at_memory (self, 0);
      return;
    }
  if (self->frame >= self->n_frames)
    {
      look_at_memory (self, 2);
      g_main_loop_quit (self->loop);
      return;
    }
  if (self->frame == self->n_frames / 2)
    look_at_memory (self, 1);
  self->scrolled = TRUE;
  gtk_adjustment_set_value (self->adjustment, end * (self->frame + 1) / self->n_frames);
}

static void
laid_out_cb (GdkFrameClock *clock, Bench *self)
{
  self->laid_out = get_thread_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *self)
{
  if (self->scrolled && self->frame < self->n_frames)
    self->milliseconds[self->frame++] = MAX (self->laid_out - self->ended, 0);
  self->ended = get_thread_time ();
}

static void
map_cb (GtkWidget *window, Bench *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  self->shown = g_get_monotonic_time ();
  g_signal_connect (clock, "update", G_CALLBACK (update_cb), self);
  g_signal_connect_after (clock, "layout", G_CALLBACK (laid_out_cb), self);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  gdk_frame_clock_begin_updating (clock);
}

static GtkAdjustment *
find_adjustment (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAdjustment *found = find_adjustment (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

int
main (int argc, char **argv)
{
  Bench self = {.n_frames = argc == 3 ? CLAMP (atoi (argv[2]), 2, 1000000) : 0};
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *window;
  GtkWidget *grid;
  guint n_over = 0;

  if (self.n_frames == 0)
    {
      g_printerr ("usage: face-scroll FOLDER FRAMES\n");
      return 2;
    }
  adw_init ();
  dataset = likeness_dataset_scanner_scan (argv[1], NULL, NULL, &error);
  if (dataset == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  self.loop = g_main_loop_new (NULL, FALSE);
  self.milliseconds = g_new0 (double, self.n_frames);
  self.thumbnailer = likeness_thumbnailer_new (CACHE_BYTES, THREADS);
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  grid = g_object_new (LIKENESS_TYPE_FACE_GRID, NULL);
  gtk_window_set_child (GTK_WINDOW (window), grid);
  self.adjustment = find_adjustment (grid);
  g_signal_connect (window, "map", G_CALLBACK (map_cb), &self);
  likeness_face_grid_set_faces (
      LIKENESS_FACE_GRID (grid), self.thumbnailer,
      G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_object_ref (dataset)))));
  gtk_window_present (GTK_WINDOW (window));
  g_main_loop_run (self.loop);

  for (guint i = 0; i < self.n_frames; i++)
    n_over += self.milliseconds[i] > LIMIT;
  qsort (self.milliseconds, self.n_frames, sizeof *self.milliseconds, compare);
  g_print (
      "%u faces, first screen %.0f ms after its window; %u frames: median %.1f ms, "
      "99 of 100 under %.1f ms, longest %.1f ms, %u over %.0f ms; memory %u, %u, %u "
      "MiB, of it pictures %u, %u, %u\n",
      likeness_dataset_get_n_faces (dataset),
      (double)(self.first_screen - self.shown) / 1e3, self.n_frames,
      self.milliseconds[self.n_frames / 2], self.milliseconds[self.n_frames * 99 / 100],
      self.milliseconds[self.n_frames - 1], n_over, LIMIT, self.memory[0], self.memory[1],
      self.memory[2], self.pictures[0], self.pictures[1], self.pictures[2]);
  return n_over > 0;
}
