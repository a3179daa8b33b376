/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-duplicate-progress.h"

#include <glib/gi18n.h>

#define INTERVAL_MS 200

struct _LikenessDuplicateProgress
{
  AdwBin parent_instance;

  /* Child */
  GtkProgressBar *bar;

  /* Owned */
  LikenessDuplicateFinder *finder;
  guint timeout;
};

G_DEFINE_FINAL_TYPE (LikenessDuplicateProgress, likeness_duplicate_progress, ADW_TYPE_BIN)

static gboolean
poll_cb (gpointer user_data)
{
  LikenessDuplicateProgress *self = user_data;
  LikenessProgress *progress = likeness_duplicate_finder_get_progress (self->finder);
  LikenessProgressSnapshot snapshot = {0};
  g_autofree char *text = NULL;
  double fraction;

  if (progress != NULL)
    likeness_progress_snapshot (progress, &snapshot);
  fraction = snapshot.total > 0 ? (double)snapshot.done / snapshot.total : 0;
  /* Translators: "Looking for near-duplicates, 34 %" */
  text = g_strdup_printf (_ ("Looking for near-duplicates, %.0f %%"),
                          100 * MIN (fraction, 1));
  gtk_progress_bar_set_fraction (self->bar, MIN (fraction, 1));
  gtk_progress_bar_set_text (self->bar, text);
  return G_SOURCE_CONTINUE;
}

static void
stop (LikenessDuplicateProgress *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
}

static void
changed_cb (LikenessDuplicateProgress *self)
{
  gboolean looking = likeness_duplicate_finder_get_progress (self->finder) != NULL;

  stop (self);
  gtk_widget_set_visible (GTK_WIDGET (self), looking);
  if (!looking)
    return;
  poll_cb (self);
  self->timeout = g_timeout_add (INTERVAL_MS, poll_cb, self);
}

static void
likeness_duplicate_progress_dispose (GObject *object)
{
  stop (LIKENESS_DUPLICATE_PROGRESS (object));
  g_clear_object (&LIKENESS_DUPLICATE_PROGRESS (object)->finder);

  G_OBJECT_CLASS (likeness_duplicate_progress_parent_class)->dispose (object);
}

static void
likeness_duplicate_progress_class_init (LikenessDuplicateProgressClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = likeness_duplicate_progress_dispose;
}

static void
likeness_duplicate_progress_init (LikenessDuplicateProgress *self)
{
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_progress_bar_set_ellipsize (self->bar, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (GTK_WIDGET (self->bar), "duplicate-progress");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->bar));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
likeness_duplicate_progress_set_finder (LikenessDuplicateProgress *self,
                                        LikenessDuplicateFinder *finder)
{
  if (!g_set_object (&self->finder, finder))
    return;
  g_signal_connect_object (finder, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  changed_cb (self);
}
