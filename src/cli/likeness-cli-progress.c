/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-progress.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_INTERVAL 100   /* milliseconds */
#define LINE_INTERVAL 3000 /* milliseconds */
#define BAR_WIDTH 24
#define CLEAR_LINE "\r\033[K"

struct _LikenessCliProgress
{
  LikenessProgress *progress;
  gboolean is_terminal;
  gboolean is_drawn;
  guint source;
};

static void
append_time (GString *text, double seconds)
{
  guint whole = (guint)(seconds + 0.5);

  if (whole >= 3600)
    g_string_append_printf (text, "%u:%02u:%02u", whole / 3600, whole / 60 % 60,
                            whole % 60);
  else
    g_string_append_printf (text, "%u:%02u", whole / 60, whole % 60);
}

static void
append_bar (GString *text, double share)
{
  guint full = (guint)(share * BAR_WIDTH);

  g_string_append (text, "  [");
  for (guint i = 0; i < BAR_WIDTH; i++)
    g_string_append_c (text, i < full ? '#' : '-');
  g_string_append_c (text, ']');
}

static char *
describe (const LikenessProgressSnapshot *snapshot, gboolean with_bar)
{
  GString *text = g_string_new (_ (snapshot->stage));

  if (snapshot->total > 0)
    {
      double share = MIN (1.0, (double)snapshot->done / snapshot->total);

      if (with_bar)
        append_bar (text, share);
      g_string_append_printf (text, "  %3d %%  %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                              (int)(100 * share), snapshot->done, snapshot->total);
    }
  else if (snapshot->done > 0)
    g_string_append_printf (text, "  %" G_GUINT64_FORMAT, snapshot->done);
  if (snapshot->rate > 0)
    g_string_append_printf (text, "  %.*f/s", snapshot->rate < 10 ? 1 : 0,
                            snapshot->rate);
  if (snapshot->seconds_left >= 0 && snapshot->total > 0)
    {
      g_string_append (text, "  ");
      append_time (text, snapshot->seconds_left);
      g_string_append (text, _ (" left"));
    }
  return g_string_free (text, FALSE);
}

static glong
get_width (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col
                                                                          : 80;
}

static gboolean
show_cb (gpointer data)
{
  LikenessCliProgress *self = data;
  LikenessProgressSnapshot snapshot;
  g_autofree char *text = NULL;

  likeness_progress_snapshot (self->progress, &snapshot);
  if (snapshot.stage == NULL)
    return G_SOURCE_CONTINUE;
  text = describe (&snapshot, self->is_terminal);
  if (self->is_terminal)
    {
      /* A line that wraps could not be drawn over. */
      g_autofree char *cut
          = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), get_width () - 1));

      g_printerr (CLEAR_LINE "%s", cut);
      self->is_drawn = TRUE;
    }
  else
    g_printerr ("%s\n", text);
  return G_SOURCE_CONTINUE;
}

LikenessCliProgress *
likeness_cli_progress_new (LikenessProgress *progress)
{
  LikenessCliProgress *self = g_new0 (LikenessCliProgress, 1);

  self->progress = likeness_progress_ref (progress);
  self->is_terminal = isatty (STDERR_FILENO);
  self->source
      = g_timeout_add (self->is_terminal ? BAR_INTERVAL : LINE_INTERVAL, show_cb, self);
  return self;
}

void
likeness_cli_progress_hide (LikenessCliProgress *self)
{
  if (self == NULL || !self->is_drawn)
    return;
  g_printerr (CLEAR_LINE);
  self->is_drawn = FALSE;
}

void
likeness_cli_progress_free (LikenessCliProgress *self)
{
  if (self == NULL)
    return;
  g_source_remove (self->source);
  likeness_cli_progress_hide (self);
  likeness_progress_unref (self->progress);
  g_free (self);
}
