/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-face-image.h"
#include "likeness-flag-words.h"
#include "likeness-format.h"
#include "likeness-late-tooltip.h"
#include "likeness-list-item.h"
#include "likeness-split-bar.h"

struct _LikenessSubjectRow
{
  GtkWidget parent_instance;

  /* Template widgets */
  LikenessFaceImage *image;
  LikenessSplitBar *bar;
  GtkLabel *quality_label;
  GtkWidget *few_icon;
  GtkWidget *near_icon;
  GtkWidget *named_icon;
  GtkWidget *both_icon;
  GtkWidget *unreadable_icon;
  GtkWidget *excluded_icon;

  /* Owned */
  LikenessSubject *subject;
  GSignalGroup *signals;
};

enum
{
  PROP_SUBJECT = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessSubjectRow, likeness_subject_row, GTK_TYPE_WIDGET)

static char *
count_closure (LikenessSubjectRow *self, guint faces)
{
  return likeness_format_count (faces);
}

static char *
make_tooltip (LikenessSubject *subject, const char *words, const char *quality)
{
  static const char *const names[] = {N_ ("no split"), "train", "val", "test"};
  GString *text = g_string_new (likeness_subject_get_name (subject));

  for (int split = 0; split < LIKENESS_N_SPLITS; split++)
    {
      guint n = likeness_subject_get_n_in_split (subject, split);
      g_autofree char *faces = likeness_format_faces (n);

      if (n > 0)
        g_string_append_printf (text, "\n%s: %s", _ (names[split]), faces);
    }
  if (*words != '\0')
    g_string_append_printf (text, "\n%s", words);
  if (*quality != '\0')
    g_string_append_printf (text, "\n%s", quality);
  return g_string_free (text, FALSE);
}

/* (transfer full): in words; "": it was not measured. */
static char *
update_quality (LikenessSubjectRow *self)
{
  LikenessImageQuality quality = likeness_subject_get_quality (self->subject);
  g_autofree char *psnr = isnan (quality.psnr)
                              ? g_strdup (_ ("identical"))
                              : g_strdup_printf (_ ("%.2f dB"), quality.psnr);
  g_autofree char *ssim = likeness_format_score (quality.ssim);
  g_autofree char *text = g_strdup_printf ("%s · %s", psnr, ssim);

  gtk_widget_set_visible (GTK_WIDGET (self->quality_label), !isnan (quality.ssim));
  gtk_label_set_label (self->quality_label, text);
  return isnan (quality.ssim) ? g_strdup ("")
                              : g_strdup_printf (_ ("PSNR %s, SSIM %s"), psnr, ssim);
}

/* Icons, and for a screen reader "0007, 12 faces, near-duplicates, excluded". */
static void
update_flags (LikenessSubjectRow *self)
{
  LikenessFlags flags = likeness_subject_get_flags (self->subject);
  g_autofree char *faces
      = likeness_format_faces (likeness_subject_get_n_faces (self->subject));
  g_autofree char *words = likeness_flag_words_of_subject (self->subject);
  g_autofree char *quality = update_quality (self);
  g_autofree char *tooltip = make_tooltip (self->subject, words, quality);
  g_autofree char *label = g_strdup_printf (
      "%s, %s%s%s%s%s", likeness_subject_get_name (self->subject), faces,
      *words != '\0' ? ", " : "", words, *quality != '\0' ? ", " : "", quality);

  gtk_widget_set_visible (self->few_icon, likeness_flag_words_is_too_few (self->subject));
  gtk_widget_set_visible (self->near_icon, flags & LIKENESS_FLAG_NEAR_DUPLICATE);
  gtk_widget_set_visible (self->named_icon, flags & LIKENESS_FLAG_TWO_NAMES);
  gtk_widget_set_visible (self->both_icon, flags & LIKENESS_FLAG_BOTH_SPLITS);
  gtk_widget_set_visible (self->unreadable_icon, flags & LIKENESS_FLAG_UNREADABLE);
  gtk_widget_set_visible (self->excluded_icon,
                          likeness_subject_get_excluded (self->subject));
  likeness_list_item_label (GTK_WIDGET (self), label);
  likeness_late_tooltip_set (GTK_WIDGET (self), tooltip);
}

static void
likeness_subject_row_dispose (GObject *object)
{
  LikenessSubjectRow *self = LIKENESS_SUBJECT_ROW (object);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->signals);
  g_clear_object (&self->subject);

  G_OBJECT_CLASS (likeness_subject_row_parent_class)->dispose (object);
}

static void
likeness_subject_row_get_property (GObject *object,
                                   guint property_id,
                                   GValue *value,
                                   GParamSpec *pspec)
{
  if (property_id == PROP_SUBJECT)
    g_value_set_object (value, LIKENESS_SUBJECT_ROW (object)->subject);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_subject_row_set_property (GObject *object,
                                   guint property_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (property_id == PROP_SUBJECT)
    likeness_subject_row_set_subject (LIKENESS_SUBJECT_ROW (object),
                                      g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_subject_row_class_init (LikenessSubjectRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_subject_row_dispose;
  object_class->get_property = likeness_subject_row_get_property;
  object_class->set_property = likeness_subject_row_set_property;

  properties[PROP_SUBJECT] = g_param_spec_object (
      "subject", NULL, NULL, LIKENESS_TYPE_SUBJECT,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (LIKENESS_TYPE_FACE_IMAGE);
  g_type_ensure (LIKENESS_TYPE_SPLIT_BAR);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-subject-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, image);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, few_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, near_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, named_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, both_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow,
                                        unreadable_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, excluded_icon);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectRow, quality_label);
  gtk_widget_class_bind_template_callback (widget_class, count_closure);
}

static void
likeness_subject_row_init (LikenessSubjectRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (LIKENESS_TYPE_SUBJECT);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (update_flags), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
likeness_subject_row_new (LikenessThumbnailer *thumbnailer)
{
  LikenessSubjectRow *self = g_object_new (LIKENESS_TYPE_SUBJECT_ROW, NULL);

  likeness_face_image_set_thumbnailer (self->image, thumbnailer);
  return GTK_WIDGET (self);
}

void
likeness_subject_row_set_subject (LikenessSubjectRow *self, LikenessSubject *subject)
{
  LikenessFace *face = subject != NULL ? likeness_subject_get_face (subject, 0) : NULL;
  g_autofree char *path = face != NULL ? likeness_face_dup_path (face) : NULL;

  g_signal_group_set_target (self->signals, subject);
  if (!g_set_object (&self->subject, subject))
    return;
  likeness_face_image_set_path (self->image, path);
  if (subject != NULL)
    {
      update_flags (self);
      likeness_split_bar_set_counts (
          self->bar, likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_TRAIN),
          likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_VAL),
          likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_TEST),
          likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_NONE));
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBJECT]);
}

void
likeness_subject_row_set_maximum (LikenessSubjectRow *self, guint maximum)
{
  likeness_split_bar_set_maximum (self->bar, maximum);
}
