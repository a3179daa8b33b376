/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-scan-stream.h"

/* The first screen is awaited, or whatever there is after a moment; then a list that
 * grows ten times a second looks alive. Microseconds. */
#define FIRST_NAMES 64
#define FIRST_DELAY 10000
#define DELAY 100000

LikenessScanStream *
likeness_scan_stream_new (LikenessListedFunc listed, gpointer user_data)
{
  LikenessScanStream *self = g_new0 (LikenessScanStream, 1);

  self->listed = listed;
  self->user_data = user_data;
  self->runs = likeness_listed_runs_new ();
  self->names = g_ptr_array_new ();
  self->due = g_get_monotonic_time () + FIRST_DELAY;
  return self;
}

void
likeness_scan_stream_free (LikenessScanStream *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->runs);
  g_ptr_array_unref (self->names);
  g_free (self);
}

void
likeness_scan_stream_add_name (LikenessScanStream *self, const char *name)
{
  g_ptr_array_add (self->names, (gpointer)name);
}

void
likeness_scan_stream_end_run (LikenessScanStream *self,
                              GRefString *subject,
                              LikenessSplit split,
                              GRefString *directory,
                              GRefString *low_directory)
{
  if (self->names->len == 0)
    return;
  self->n_waiting += self->names->len;
  g_ptr_array_add (self->runs,
                   likeness_listed_run_new (subject, split, directory, low_directory,
                                            (const char *const *)self->names->pdata,
                                            self->names->len));
  g_ptr_array_set_size (self->names, 0);
}

static void
hand_over (LikenessScanStream *self, gboolean whole)
{
  GPtrArray *runs = self->runs;

  self->runs = likeness_listed_runs_new ();
  self->n_waiting = 0;
  self->has_begun = TRUE;
  self->listed (runs, whole, self->user_data);
}

void
likeness_scan_stream_flush (LikenessScanStream *self)
{
  if (self->runs->len == 0)
    return;
  hand_over (self, FALSE);
  self->due = g_get_monotonic_time () + DELAY;
}

void
likeness_scan_stream_offer (LikenessScanStream *self)
{
  if ((!self->has_begun && self->n_waiting >= FIRST_NAMES)
      || g_get_monotonic_time () >= self->due)
    likeness_scan_stream_flush (self);
}

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  return likeness_listed_run_compare (*(const LikenessListedRun *const *)a,
                                      *(const LikenessListedRun *const *)b);
}

void
likeness_scan_stream_finish (LikenessScanStream *self)
{
  g_ptr_array_sort (self->runs, compare_runs);
  if (self->runs->len > 0)
    hand_over (self, TRUE);
}

void
likeness_scan_stream_clear (LikenessScanStream *self)
{
  g_ptr_array_set_size (self->names, 0);
  g_ptr_array_set_size (self->runs, 0);
  self->n_waiting = 0;
}
