/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-progress-view.h"

#include <glib/gi18n.h>

#include "likeness-format.h"

#define POLL_MILLISECONDS 100

struct _LikenessProgressView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *stage_label;
  GtkLabel *detail_label;
  GtkProgressBar *bar;
  GtkButton *cancel_button;

  /* Owned */
  LikenessProgress *progress;
  GCancellable *cancellable;
  guint poll;
};

G_DEFINE_FINAL_TYPE (LikenessProgressView, likeness_progress_view, ADW_TYPE_BIN)

static char *
describe (const LikenessProgressSnapshot *at)
{
  g_autofree char *done = likeness_format_count (at->done);
  g_autofree char *total = likeness_format_count (at->total);
  g_autofree char *left = NULL;

  if (at->total == 0)
    return at->done > 0 ? g_steal_pointer (&done) : g_strdup ("");
  if (at->seconds_left < 0)
    /* Translators: done of all, as in "120 of 2,073" */
    return g_strdup_printf (_ ("%s of %s"), done, total);
  left = likeness_format_duration (at->seconds_left);
  /* Translators: "120 of 2,073, 12 s left" */
  return g_strdup_printf (_ ("%s of %s, %s left"), done, total, left);
}

static gboolean
poll_cb (gpointer user_data)
{
  LikenessProgressView *self = user_data;
  LikenessProgressSnapshot at;
  g_autofree char *detail = NULL;
  gboolean cancelled
      = self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);

  likeness_progress_snapshot (self->progress, &at);
  gtk_label_set_label (self->stage_label, cancelled          ? _ ("Cancelling…")
                                          : at.stage != NULL ? _ (at.stage)
                                                             : _ ("Starting…"));
  detail = describe (&at);
  gtk_label_set_label (self->detail_label, detail);
  if (at.total > 0)
    gtk_progress_bar_set_fraction (self->bar, MIN (1, (double)at.done / at.total));
  else
    gtk_progress_bar_pulse (self->bar);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel_button), !cancelled);
  return G_SOURCE_CONTINUE;
}

static void
update_poll (LikenessProgressView *self)
{
  gboolean wanted = self->progress != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (wanted && self->poll == 0)
    {
      poll_cb (self);
      self->poll = g_timeout_add (POLL_MILLISECONDS, poll_cb, self);
    }
  else if (!wanted)
    g_clear_handle_id (&self->poll, g_source_remove);
}

static void
cancel_cb (LikenessProgressView *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->progress != NULL)
    poll_cb (self);
}

static void
likeness_progress_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_progress_view_parent_class)->map (widget);
  update_poll (LIKENESS_PROGRESS_VIEW (widget));
}

static void
likeness_progress_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_progress_view_parent_class)->unmap (widget);
  update_poll (LIKENESS_PROGRESS_VIEW (widget));
}

static void
likeness_progress_view_dispose (GObject *object)
{
  LikenessProgressView *self = LIKENESS_PROGRESS_VIEW (object);

  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (likeness_progress_view_parent_class)->dispose (object);
}

static void
likeness_progress_view_class_init (LikenessProgressViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_progress_view_dispose;
  widget_class->map = likeness_progress_view_map;
  widget_class->unmap = likeness_progress_view_unmap;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-progress-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessProgressView, stage_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessProgressView, detail_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessProgressView, bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessProgressView,
                                        cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
}

static void
likeness_progress_view_init (LikenessProgressView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_progress_view_show (LikenessProgressView *self,
                             LikenessProgress *progress,
                             GCancellable *cancellable)
{
  if (progress != NULL)
    likeness_progress_ref (progress);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  self->progress = progress;
  g_set_object (&self->cancellable, cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel_button), cancellable != NULL);
  g_clear_handle_id (&self->poll, g_source_remove);
  update_poll (self);
}
