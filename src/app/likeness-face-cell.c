/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-face-image.h"
#include "likeness-list-item.h"

/* Of the caption: what fits under one picture, and under two. */
#define SINGLE_CHARS 13
#define PAIR_CHARS 26

struct _LikenessFaceCell
{
  GtkWidget parent_instance;

  /* Template widgets */
  LikenessFaceImage *image;
  LikenessFaceImage *low_image;
  GtkWidget *dot;
  GtkLabel *name_label;
};

G_DEFINE_FINAL_TYPE (LikenessFaceCell, likeness_face_cell, GTK_TYPE_WIDGET)

static void
likeness_face_cell_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (likeness_face_cell_parent_class)->dispose (object);
}

static void
likeness_face_cell_class_init (LikenessFaceCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_face_cell_dispose;

  g_type_ensure (LIKENESS_TYPE_FACE_IMAGE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-face-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, image);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, low_image);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, dot);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, name_label);
}

static void
likeness_face_cell_init (LikenessFaceCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
likeness_face_cell_new (LikenessThumbnailer *thumbnailer)
{
  LikenessFaceCell *self = g_object_new (LIKENESS_TYPE_FACE_CELL, NULL);

  likeness_face_image_set_thumbnailer (self->image, thumbnailer);
  likeness_face_image_set_thumbnailer (self->low_image, thumbnailer);
  return GTK_WIDGET (self);
}

void
likeness_face_cell_set_face (LikenessFaceCell *self, LikenessFace *face)
{
  static const char *const dots[] = {"none", "train", "val", "test"};
  g_autofree char *path = NULL;
  g_autofree char *low_path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *label = NULL;
  const char *end = NULL;
  LikenessSplit split;

  if (face == NULL)
    {
      likeness_face_image_set_path (self->image, NULL);
      likeness_face_image_set_path (self->low_image, NULL);
      return;
    }
  path = likeness_face_dup_path (face);
  low_path = likeness_face_dup_low_path (face);
  name = g_filename_display_name (likeness_face_get_name (face));
  split = likeness_face_get_split (face);
  /* Room for what tells names apart: they end alike, and the tooltip has it all. */
  end = strrchr (name, '.');
  shown = g_strndup (name, end != NULL ? (gsize)(end - name) : strlen (name));

  likeness_face_image_set_path (self->image, path);
  likeness_face_image_set_path (self->low_image, low_path);
  gtk_widget_set_visible (GTK_WIDGET (self->low_image), low_path != NULL);
  gtk_label_set_label (self->name_label, shown);
  gtk_label_set_max_width_chars (self->name_label,
                                 low_path != NULL ? PAIR_CHARS : SINGLE_CHARS);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gtk_widget_set_css_classes (self->dot,
                              (const char *[]){"split-dot", dots[split], NULL});
  gtk_widget_set_visible (self->dot, split != LIKENESS_SPLIT_NONE);

  label = split == LIKENESS_SPLIT_NONE
              ? g_strdup (name)
              /* Translators: a file name and the split it stands in */
              : g_strdup_printf (_ ("%s, in %s"), name, likeness_split_to_string (split));
  likeness_list_item_label (GTK_WIDGET (self), label);
  likeness_face_image_set_label (self->image, name);
  likeness_face_image_set_label (self->low_image, _ ("Low-resolution partner"));
}
