/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-listed-view.h"

#include <glib/gi18n.h>

#include "likeness-face-grid.h"
#include "likeness-format.h"

/* Of a small folder they would come and go in a blink. Milliseconds. */
#define BLINK 50
/* A grid makes cells for some screens at once, which takes a second of a slow machine: it
 * is given the first screen, then some more with each frame, then all. */
#define FIRST_FACES 48
#define MORE_FACES 24
#define ENOUGH_FACES 1024

struct _LikenessListedView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *label;
  LikenessFaceGrid *grid;

  /* Owned */
  LikenessListedFaces *faces;
  LikenessThumbnailer *thumbnailer;
  GtkSliceListModel *slice; /* what the grid has of them, while it is shown */
  guint showing;            /* a source, until it has run */
  guint growing;            /* a tick callback, until all are there */
  gboolean is_first;        /* no frame was made of them yet */
};

G_DEFINE_FINAL_TYPE (LikenessListedView, likeness_listed_view, ADW_TYPE_BIN)

static void
update_label (LikenessListedView *self)
{
  g_autofree char *subjects
      = likeness_format_subjects (likeness_listed_faces_get_n_subjects (self->faces));
  g_autofree char *faces
      = likeness_format_faces (g_list_model_get_n_items (G_LIST_MODEL (self->faces)));
  g_autofree char *text = NULL;

  if (likeness_listed_faces_get_is_whole (self->faces))
    /* Translators: "24 subjects, 720 faces by their names; they are being checked" */
    text = g_strdup_printf (_ ("%s, %s by their names; they are being checked"), subjects,
                            faces);
  else
    /* Translators: "24 subjects, 720 faces by their names so far" */
    text = g_strdup_printf (_ ("%s, %s by their names so far"), subjects, faces);
  gtk_label_set_label (self->label, text);
}

static gboolean
grow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LikenessListedView *self = user_data;
  guint size = gtk_slice_list_model_get_size (self->slice);

  /* In the frame that is being made now the first are drawn. */
  if (g_list_model_get_n_items (G_LIST_MODEL (self->slice)) < size || self->is_first)
    {
      self->is_first = FALSE;
      return G_SOURCE_CONTINUE;
    }
  size += MORE_FACES;
  gtk_slice_list_model_set_size (self->slice, size < ENOUGH_FACES ? size : G_MAXUINT);
  if (size < ENOUGH_FACES)
    return G_SOURCE_CONTINUE;
  self->growing = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
show_cb (gpointer user_data)
{
  LikenessListedView *self = user_data;

  update_label (self);
  self->slice = gtk_slice_list_model_new (G_LIST_MODEL (g_object_ref (self->faces)), 0,
                                          FIRST_FACES);
  self->is_first = TRUE;
  self->growing = gtk_widget_add_tick_callback (GTK_WIDGET (self), grow_cb, self, NULL);
  likeness_face_grid_set_faces (self->grid, self->thumbnailer,
                                G_LIST_MODEL (self->slice));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  self->showing = 0;
  return G_SOURCE_REMOVE;
}

static void
changed_cb (LikenessListedView *self)
{
  if (self->showing == 0)
    update_label (self);
}

static void
let_go (LikenessListedView *self)
{
  g_clear_handle_id (&self->showing, g_source_remove);
  if (self->growing != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->growing);
  self->growing = 0;
  g_clear_object (&self->slice);
  if (self->faces != NULL)
    g_signal_handlers_disconnect_by_func (self->faces, changed_cb, self);
  g_clear_object (&self->faces);
}

static void
likeness_listed_view_dispose (GObject *object)
{
  LikenessListedView *self = LIKENESS_LISTED_VIEW (object);

  let_go (self);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (likeness_listed_view_parent_class)->dispose (object);
}

static void
likeness_listed_view_class_init (LikenessListedViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_listed_view_dispose;

  g_type_ensure (LIKENESS_TYPE_FACE_GRID);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-listed-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessListedView, label);
  gtk_widget_class_bind_template_child (widget_class, LikenessListedView, grid);
}

static void
likeness_listed_view_init (LikenessListedView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_listed_view_set_faces (LikenessListedView *self,
                                LikenessThumbnailer *thumbnailer,
                                LikenessListedFaces *faces)
{
  let_go (self);
  g_set_object (&self->thumbnailer, thumbnailer);
  if (faces == NULL)
    {
      likeness_face_grid_set_faces (self->grid, thumbnailer, NULL);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  self->faces = g_object_ref (faces);
  g_signal_connect_swapped (faces, "items-changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (faces, "notify::is-whole", G_CALLBACK (changed_cb), self);
  self->showing = g_timeout_add (BLINK, show_cb, self);
}
