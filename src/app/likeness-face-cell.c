/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face-cell.h"

#include <glib/gi18n.h>

#include "likeness-display-name.h"
#include "likeness-face-caption.h"
#include "likeness-face-image.h"
#include "likeness-flag-words.h"
#include "likeness-format.h"
#include "likeness-list-item.h"

#define SPACING 4 /* px, between the pictures and above the caption */

struct _LikenessFaceCell
{
  GtkWidget parent_instance;

  /* Children */
  LikenessFaceImage *image;
  LikenessFaceImage *low_image; /* of the first face that has one */
  LikenessFaceCaption *caption;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
  LikenessFace *face;
  gboolean two;    /* whether there is room for a partner */
  gboolean named;  /* whether a screen reader knows which face it is */
  gboolean filled; /* whether what is shown is the face's */
};

G_DEFINE_FINAL_TYPE (LikenessFaceCell, likeness_face_cell, GTK_TYPE_WIDGET)

/* (transfer full): all that is known of a face, in words. */
static char *
describe (LikenessFace *face)
{
  LikenessSplit split = likeness_face_get_split (face);
  g_autofree char *file = likeness_display_name (likeness_face_get_name (face));
  g_autofree char *name = likeness_format_name (file);
  g_autofree char *words = likeness_flag_words_of_face (face);
  g_autoptr (GString) text = g_string_new (name);

  if (split != LIKENESS_SPLIT_NONE)
    /* Translators: the split a face stands in */
    g_string_append_printf (text, _ (", in %s"), likeness_split_to_string (split));
  if (*words != '\0')
    g_string_append_printf (text, ", %s", words);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
likeness_face_cell_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  LikenessFaceCell *self = LIKENESS_FACE_CELL (widget);
  int size = likeness_face_image_get_size (self->image);
  int caption = 0;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    size = self->two ? 2 * size + SPACING : size;
  else
    {
      gtk_widget_measure (GTK_WIDGET (self->caption), orientation, -1, &caption, NULL,
                          NULL, NULL);
      size += SPACING + caption;
    }
  *minimum = *natural = size;
}

static void
likeness_face_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LikenessFaceCell *self = LIKENESS_FACE_CELL (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean two = self->two;
  int size = likeness_face_image_get_size (self->image);
  int first = (width - (two ? 2 * size + SPACING : size)) / 2;
  int second = first + size + SPACING;
  GtkAllocation place = {two && mirrored ? second : first, 0, size, size};

  gtk_widget_size_allocate (GTK_WIDGET (self->image), &place, -1);
  place.x = two && mirrored ? first : second;
  if (two)
    gtk_widget_size_allocate (GTK_WIDGET (self->low_image), &place, -1);
  place = (GtkAllocation){0, size + SPACING, width, MAX (height - size - SPACING, 0)};
  gtk_widget_size_allocate (GTK_WIDGET (self->caption), &place, -1);
}

static void
likeness_face_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LikenessFaceCell *self = LIKENESS_FACE_CELL (widget);

  /* The list keeps many more cells than there are in view. */
  if (self->filled)
    GTK_WIDGET_CLASS (likeness_face_cell_parent_class)->snapshot (widget, snapshot);
}

static gboolean
likeness_face_cell_query_tooltip (
    GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LikenessFaceCell *self = LIKENESS_FACE_CELL (widget);
  g_autofree char *words = self->face != NULL ? describe (self->face) : NULL;

  gtk_tooltip_set_text (tooltip, words);
  return words != NULL;
}

static void
likeness_face_cell_dispose (GObject *object)
{
  LikenessFaceCell *self = LIKENESS_FACE_CELL (object);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->face);

  G_OBJECT_CLASS (likeness_face_cell_parent_class)->dispose (object);
}

static void
likeness_face_cell_class_init (LikenessFaceCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_face_cell_dispose;
  widget_class->measure = likeness_face_cell_measure;
  widget_class->size_allocate = likeness_face_cell_size_allocate;
  widget_class->snapshot = likeness_face_cell_snapshot;
  widget_class->query_tooltip = likeness_face_cell_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "facecell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static LikenessFaceImage *
add_image (LikenessFaceCell *self)
{
  GtkWidget *image = likeness_face_image_new ();

  likeness_face_image_set_thumbnailer (LIKENESS_FACE_IMAGE (image), self->thumbnailer);
  gtk_widget_insert_before (image, GTK_WIDGET (self), GTK_WIDGET (self->caption));
  return LIKENESS_FACE_IMAGE (image);
}

static void
add_low_image (LikenessFaceCell *self)
{
  self->low_image = add_image (self);
  likeness_face_image_set_size (self->low_image,
                                likeness_face_image_get_size (self->image));
  likeness_face_image_set_label (self->low_image, _ ("Low-resolution partner"));
}

static void
likeness_face_cell_init (LikenessFaceCell *self)
{
  self->caption = LIKENESS_FACE_CAPTION (likeness_face_caption_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->caption), GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  /* At a point is the cell, which has the caption's words. */
  gtk_widget_set_can_target (GTK_WIDGET (self->caption), FALSE);
}

GtkWidget *
likeness_face_cell_new (LikenessThumbnailer *thumbnailer)
{
  LikenessFaceCell *self = g_object_new (LIKENESS_TYPE_FACE_CELL, NULL);

  self->thumbnailer = g_object_ref (thumbnailer);
  self->image = add_image (self);
  likeness_face_image_set_label (self->image, _ ("Picture"));
  return GTK_WIDGET (self);
}

void
likeness_face_cell_set_size (LikenessFaceCell *self, int size)
{
  likeness_face_image_set_size (self->image, size);
  if (self->low_image != NULL)
    likeness_face_image_set_size (self->low_image, size);
}

void
likeness_face_cell_set_face (LikenessFaceCell *self, LikenessFace *face)
{
  if (!g_set_object (&self->face, face))
    return;
  self->named = FALSE;
  if (self->filled)
    {
      self->filled = FALSE;
      likeness_face_image_set_path (self->image, NULL);
      if (self->low_image != NULL)
        likeness_face_image_set_path (self->low_image, NULL);
      likeness_face_caption_show (self->caption, NULL);
    }
  /* Nothing else of its size is the face's own. */
  if (face != NULL && self->two != likeness_face_get_has_partner (face))
    {
      self->two = !self->two;
      if (self->two && self->low_image == NULL)
        add_low_image (self);
      gtk_widget_set_visible (GTK_WIDGET (self->low_image), self->two);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
}

gboolean
likeness_face_cell_name (LikenessFaceCell *self)
{
  g_autofree char *words = NULL;

  if (self->face == NULL || self->named)
    return FALSE;
  self->named = TRUE;
  words = describe (self->face);
  likeness_list_item_label (GTK_WIDGET (self), words);
  return TRUE;
}

static void
show_marks (LikenessFaceCell *self)
{
  double opacity = likeness_face_get_excluded (self->face) ? 0.4 : 1;

  gtk_widget_set_opacity (GTK_WIDGET (self->image), opacity);
  if (self->low_image != NULL)
    gtk_widget_set_opacity (GTK_WIDGET (self->low_image), opacity);
  likeness_face_caption_show (self->caption, self->face);
}

gboolean
likeness_face_cell_fill (LikenessFaceCell *self)
{
  g_autofree char *path = NULL;
  g_autofree char *low_path = NULL;

  if (self->face == NULL || self->filled)
    return FALSE;
  self->filled = TRUE;
  path = likeness_face_dup_path (self->face);
  low_path = likeness_face_dup_low_path (self->face);
  likeness_face_image_set_path (self->image, path);
  if (self->low_image != NULL)
    likeness_face_image_set_path (self->low_image, low_path);
  show_marks (self);
  likeness_face_cell_name (self);
  /* Its children may not have been drawn yet: GTK would think that it knows already. */
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

gboolean
likeness_face_cell_get_filled (LikenessFaceCell *self)
{
  return self->filled;
}

void
likeness_face_cell_update (LikenessFaceCell *self)
{
  if (self->filled)
    show_marks (self);
  if (self->named)
    {
      self->named = FALSE;
      likeness_face_cell_name (self);
    }
}
