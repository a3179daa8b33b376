/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-grid.h"

#include "likeness-face-cell.h"

struct _LikenessFaceGrid
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkSingleSelection *selection;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
};

G_DEFINE_FINAL_TYPE (LikenessFaceGrid, likeness_face_grid, ADW_TYPE_BIN)

static void
setup_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, likeness_face_cell_new (self->thumbnailer));
}

static void
bind_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  likeness_face_cell_set_face (LIKENESS_FACE_CELL (gtk_list_item_get_child (item)),
                               gtk_list_item_get_item (item));
}

static void
unbind_cb (LikenessFaceGrid *self, GtkListItem *item)
{
  likeness_face_cell_set_face (LIKENESS_FACE_CELL (gtk_list_item_get_child (item)), NULL);
}

static void
likeness_face_grid_dispose (GObject *object)
{
  g_clear_object (&LIKENESS_FACE_GRID (object)->thumbnailer);

  G_OBJECT_CLASS (likeness_face_grid_parent_class)->dispose (object);
}

static void
likeness_face_grid_class_init (LikenessFaceGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_face_grid_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-face-grid.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceGrid, selection);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
}

static void
likeness_face_grid_init (LikenessFaceGrid *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_face_grid_set_faces (LikenessFaceGrid *self,
                              LikenessThumbnailer *thumbnailer,
                              GListModel *faces)
{
  g_set_object (&self->thumbnailer, thumbnailer);
  gtk_single_selection_set_model (self->selection, faces);
}
