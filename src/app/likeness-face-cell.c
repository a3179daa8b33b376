/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-face-image.h"
#include "likeness-flag-words.h"
#include "likeness-late-tooltip.h"
#include "likeness-list-item.h"

/* Of the caption: a character is about so wide. */
#define CHARACTER_WIDTH 7

struct _LikenessFaceCell
{
  GtkWidget parent_instance;

  /* Template widgets */
  LikenessFaceImage *image;
  LikenessFaceImage *low_image;
  GtkWidget *caption;
  GtkWidget *dot;
  GtkWidget *pin_icon;
  GtkWidget *near_icon;
  GtkWidget *named_icon;
  GtkWidget *excluded_icon;
  GtkLabel *name_label;

  /* Owned */
  LikenessFace *face;
  GSignalGroup *signals;
  gboolean filled; /* whether what is shown is the face's */
};

enum
{
  PROP_SIZE = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessFaceCell, likeness_face_cell, GTK_TYPE_WIDGET)

/* Room for what tells names apart: they end alike, and the tooltip has it all. */
static void
update_caption (LikenessFaceCell *self)
{
  int pictures = self->face != NULL && likeness_face_get_has_partner (self->face) ? 2 : 1;
  int chars = pictures * likeness_face_image_get_size (self->image) / CHARACTER_WIDTH;

  gtk_label_set_max_width_chars (self->name_label, MAX (chars, 4));
}

static void
update_marks (LikenessFaceCell *self)
{
  LikenessFlags flags = likeness_face_get_flags (self->face);
  LikenessSplit split = likeness_face_get_split (self->face);
  gboolean excluded = likeness_face_get_excluded (self->face);
  g_autofree char *name = likeness_display_name (likeness_face_get_name (self->face));
  g_autofree char *words = likeness_flag_words_of_face (self->face);
  g_autoptr (GString) label = g_string_new (name);

  gtk_widget_set_visible (self->pin_icon,
                          likeness_face_get_pin (self->face) != LIKENESS_PIN_NONE);
  gtk_widget_set_visible (self->near_icon, flags & LIKENESS_FLAG_NEAR_DUPLICATE);
  gtk_widget_set_visible (self->named_icon, flags & LIKENESS_FLAG_TWO_NAMES);
  gtk_widget_set_visible (self->excluded_icon, excluded);
  gtk_widget_set_opacity (GTK_WIDGET (self->image), excluded ? 0.4 : 1);
  gtk_widget_set_opacity (GTK_WIDGET (self->low_image), excluded ? 0.4 : 1);

  if (split != LIKENESS_SPLIT_NONE)
    /* Translators: the split a face stands in */
    g_string_append_printf (label, _ (", in %s"), likeness_split_to_string (split));
  if (*words != '\0')
    g_string_append_printf (label, ", %s", words);
  likeness_list_item_label (GTK_WIDGET (self), label->str);
  likeness_late_tooltip_set (GTK_WIDGET (self), label->str);
}

static void
face_cb (LikenessFaceCell *self)
{
  if (self->filled)
    update_marks (self);
}

static void
likeness_face_cell_dispose (GObject *object)
{
  LikenessFaceCell *self = LIKENESS_FACE_CELL (object);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->signals);
  g_clear_object (&self->face);

  G_OBJECT_CLASS (likeness_face_cell_parent_class)->dispose (object);
}

static void
likeness_face_cell_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  if (property_id == PROP_SIZE)
    g_value_set_int (value,
                     likeness_face_image_get_size (LIKENESS_FACE_CELL (object)->image));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_face_cell_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  LikenessFaceCell *self = LIKENESS_FACE_CELL (object);

  if (property_id == PROP_SIZE)
    {
      likeness_face_image_set_size (self->image, g_value_get_int (value));
      likeness_face_image_set_size (self->low_image, g_value_get_int (value));
      update_caption (self);
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_face_cell_class_init (LikenessFaceCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_face_cell_dispose;
  object_class->get_property = likeness_face_cell_get_property;
  object_class->set_property = likeness_face_cell_set_property;

  properties[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 8, 1024, 96,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (LIKENESS_TYPE_FACE_IMAGE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-face-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, image);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, low_image);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, caption);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, dot);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, pin_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, near_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, named_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, excluded_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessFaceCell, name_label);
}

static void
likeness_face_cell_init (LikenessFaceCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (LIKENESS_TYPE_FACE);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (face_cb), self,
                                 G_CONNECT_SWAPPED);
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
  g_signal_group_set_target (self->signals, face);
  g_set_object (&self->face, face);
  self->filled = FALSE;
  likeness_face_image_set_path (self->image, NULL);
  likeness_face_image_set_path (self->low_image, NULL);
  /* What another text would cost is its layout; not to be seen costs nothing. */
  gtk_widget_set_opacity (self->caption, 0);
}

void
likeness_face_cell_fill (LikenessFaceCell *self)
{
  static const char *const dots[] = {"none", "train", "val", "test"};
  g_autofree char *path = NULL;
  g_autofree char *low_path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  const char *end = NULL;
  LikenessSplit split;

  if (self->face == NULL || self->filled)
    return;
  self->filled = TRUE;
  path = likeness_face_dup_path (self->face);
  low_path = likeness_face_dup_low_path (self->face);
  name = likeness_display_name (likeness_face_get_name (self->face));
  split = likeness_face_get_split (self->face);
  end = strrchr (name, '.');
  shown = g_strndup (name, end != NULL ? (gsize)(end - name) : strlen (name));

  likeness_face_image_set_path (self->image, path);
  likeness_face_image_set_path (self->low_image, low_path);
  likeness_face_image_set_label (self->image, name);
  likeness_face_image_set_label (self->low_image, _ ("Low-resolution partner"));
  gtk_widget_set_visible (GTK_WIDGET (self->low_image), low_path != NULL);
  gtk_label_set_label (self->name_label, shown);
  gtk_widget_set_css_classes (self->dot,
                              (const char *[]){"split-dot", dots[split], NULL});
  gtk_widget_set_visible (self->dot, split != LIKENESS_SPLIT_NONE);
  gtk_widget_set_opacity (self->caption, 1);
  update_caption (self);
  update_marks (self);
}
