/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-failure-cell.h"

#include <glib/gi18n.h>

#include "likeness-face-image.h"
#include "likeness-format.h"
#include "likeness-late-tooltip.h"
#include "likeness-list-item.h"

struct _LikenessFailureCell
{
  GtkWidget parent_instance;

  /* Template widgets */
  LikenessFaceImage *image;
  LikenessFaceImage *low_image;
  LikenessFaceImage *example_image;
  GtkLabel *true_label;
  GtkLabel *taken_label;
  GtkLabel *score_label;
};

G_DEFINE_FINAL_TYPE (LikenessFailureCell, likeness_failure_cell, GTK_TYPE_WIDGET)

static void
likeness_failure_cell_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (likeness_failure_cell_parent_class)->dispose (object);
}

static void
likeness_failure_cell_class_init (LikenessFailureCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_failure_cell_dispose;

  g_type_ensure (LIKENESS_TYPE_FACE_IMAGE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-failure-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessFailureCell, image);
  gtk_widget_class_bind_template_child (widget_class, LikenessFailureCell, low_image);
  gtk_widget_class_bind_template_child (widget_class, LikenessFailureCell, example_image);
  gtk_widget_class_bind_template_child (widget_class, LikenessFailureCell, true_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessFailureCell, taken_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessFailureCell, score_label);
}

static void
likeness_failure_cell_init (LikenessFailureCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
likeness_failure_cell_new (LikenessThumbnailer *thumbnailer)
{
  LikenessFailureCell *self = g_object_new (LIKENESS_TYPE_FAILURE_CELL, NULL);

  likeness_face_image_set_thumbnailer (self->image, thumbnailer);
  likeness_face_image_set_thumbnailer (self->low_image, thumbnailer);
  likeness_face_image_set_thumbnailer (self->example_image, thumbnailer);
  return GTK_WIDGET (self);
}

static void
set_label (LikenessFailureCell *self,
           const char *true_subject,
           const char *taken_subject,
           const LikenessJudgedFace *face)
{
  g_autofree char *true_name = likeness_format_name (true_subject);
  g_autofree char *taken_for = likeness_format_name (taken_subject);
  g_autofree char *path = g_filename_display_name (face->path);
  g_autofree char *wrong = likeness_format_score (face->score_best_wrong);
  g_autofree char *right = likeness_format_score (face->score_true);
  g_autofree char *label = NULL;
  g_autofree char *scores = NULL;
  g_autofree char *tooltip = NULL;

  /* Translators: two people's names and the similarities to them */
  label = g_strdup_printf (_ ("%s, taken for %s, similarity %s against %s"), true_name,
                           taken_for, wrong, right);
  /* Translators: the similarity to the wrong person and to the right one: "0.61 against
   * 0.42" */
  scores = g_strdup_printf (_ ("%s against %s"), wrong, right);
  /* Translators: two people's names; a path; the place of the right person among all */
  tooltip
      = g_strdup_printf (_ ("%s, taken for %s\n%s\nThe right person comes in place %'u."),
                         true_name, taken_for, path, face->rank);
  gtk_label_set_label (self->score_label, scores);
  likeness_late_tooltip_set (GTK_WIDGET (self), tooltip);
  likeness_list_item_label (GTK_WIDGET (self), label);
}

void
likeness_failure_cell_set_failure (LikenessFailureCell *self, LikenessFailure *failure)
{
  const LikenessJudgedFace *face = NULL;
  g_autofree char *true_name = NULL;
  g_autofree char *taken_for = NULL;

  if (failure == NULL)
    {
      likeness_face_image_set_path (self->image, NULL);
      likeness_face_image_set_path (self->low_image, NULL);
      likeness_face_image_set_path (self->example_image, NULL);
      return;
    }
  face = likeness_failure_get_face (failure);
  true_name = likeness_failure_dup_true_name (failure);
  taken_for = likeness_failure_dup_taken_for (failure);

  likeness_face_image_set_path (self->image, face->path);
  likeness_face_image_set_label (self->image, true_name);
  likeness_face_image_set_path (self->low_image, face->low_path);
  likeness_face_image_set_label (self->low_image, _ ("Low-resolution partner"));
  gtk_widget_set_visible (GTK_WIDGET (self->low_image), face->low_path != NULL);
  likeness_face_image_set_path (self->example_image,
                                likeness_failure_get_example (failure));
  likeness_face_image_set_label (self->example_image, taken_for);
  gtk_label_set_label (self->true_label, true_name);
  gtk_label_set_label (self->taken_label, taken_for);
  set_label (self, true_name, taken_for, face);
}
