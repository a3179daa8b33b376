/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject-footer.h"

#include <glib/gi18n.h>

#include "likeness-format.h"
#include "likeness-marks-notice.h"
#include "likeness-reason.h"
#include "likeness-reasons-window.h"

struct _LikenessSubjectFooter
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *train_label;
  GtkLabel *val_label;
  GtkLabel *test_label;
  GtkButton *skipped_button;
  GtkButton *moves_button;

  /* Owned */
  LikenessDataset *dataset;
  GPtrArray *moves;
};

G_DEFINE_FINAL_TYPE (LikenessSubjectFooter, likeness_subject_footer, ADW_TYPE_BIN)

static void
skipped_cb (LikenessSubjectFooter *self)
{
  g_autoptr (GListStore) reasons = g_list_store_new (LIKENESS_TYPE_REASON);

  for (guint i = 0; i < likeness_dataset_get_n_skips (self->dataset); i++)
    {
      const LikenessSkip *skip = likeness_dataset_get_skip (self->dataset, i);
      g_autoptr (LikenessReason) reason = likeness_reason_new (skip->path, skip->reason);

      g_list_store_append (reasons, reason);
    }
  likeness_reasons_window_present (GTK_WIDGET (self), _ ("Skipped Files"),
                                   G_LIST_MODEL (reasons));
}

static void
moves_cb (LikenessSubjectFooter *self)
{
  likeness_marks_notice_list (GTK_WIDGET (self), self->moves);
}

static void
update_legend (LikenessDataset *dataset, LikenessSplit split, GtkLabel *label)
{
  LikenessSplitCount count = likeness_dataset_get_count (dataset, split);
  g_autofree char *subjects = likeness_format_subjects (count.subjects);
  g_autofree char *faces = likeness_format_faces (count.faces);
  g_autofree char *text
      = g_strdup_printf ("%s %'u", likeness_split_to_string (split), count.faces);
  /* Translators: "train: 126 subjects, 1,651 faces" */
  g_autofree char *whole = g_strdup_printf (
      _ ("%s: %s, %s"), likeness_split_to_string (split), subjects, faces);
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (label));

  gtk_label_set_label (label, text);
  gtk_widget_set_tooltip_text (item, whole);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole, -1);
  gtk_widget_set_visible (item, count.faces > 0);
}

static void
update_footer (LikenessSubjectFooter *self, LikenessDataset *dataset)
{
  guint skips = likeness_dataset_get_n_skips (dataset);
  g_autofree char *subjects
      = likeness_format_subjects (likeness_dataset_get_n_subjects (dataset));
  g_autofree char *faces = likeness_format_faces (likeness_dataset_get_n_faces (dataset));
  /* Translators: "158 subjects, 2,073 faces" */
  g_autofree char *counted = g_strdup_printf (_ ("%s, %s"), subjects, faces);
  g_autofree char *skipped
      = g_strdup_printf (ngettext ("%'u skipped", "%'u skipped", skips), skips);
  /* Translators: "158 subjects, 2,073 faces, 3 skipped" */
  g_autofree char *text
      = skips > 0 ? g_strdup_printf (_ ("%s, %s"), counted, skipped) : g_strdup (counted);

  gtk_button_set_label (self->skipped_button, text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->skipped_button), skips > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->skipped_button),
                               skips > 0 ? _ ("Show what was skipped, and why") : NULL);
}

static void
likeness_subject_footer_dispose (GObject *object)
{
  LikenessSubjectFooter *self = LIKENESS_SUBJECT_FOOTER (object);

  g_clear_object (&self->dataset);
  g_clear_pointer (&self->moves, g_ptr_array_unref);

  G_OBJECT_CLASS (likeness_subject_footer_parent_class)->dispose (object);
}

static void
likeness_subject_footer_class_init (LikenessSubjectFooterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_subject_footer_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-subject-footer.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectFooter, train_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectFooter, val_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectFooter, test_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectFooter,
                                        skipped_button);
  gtk_widget_class_bind_template_child (widget_class, LikenessSubjectFooter,
                                        moves_button);
  gtk_widget_class_bind_template_callback (widget_class, skipped_cb);
  gtk_widget_class_bind_template_callback (widget_class, moves_cb);
}

static void
likeness_subject_footer_init (LikenessSubjectFooter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_subject_footer_set_dataset (LikenessSubjectFooter *self,
                                     LikenessDataset *dataset)
{
  g_set_object (&self->dataset, dataset);
  if (dataset == NULL)
    return;
  update_legend (dataset, LIKENESS_SPLIT_TRAIN, self->train_label);
  update_legend (dataset, LIKENESS_SPLIT_VAL, self->val_label);
  update_legend (dataset, LIKENESS_SPLIT_TEST, self->test_label);
  update_footer (self, dataset);
}

void
likeness_subject_footer_set_moves (LikenessSubjectFooter *self, GPtrArray *moves)
{
  guint n = moves != NULL ? moves->len : 0;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%'u marked face elsewhere", "%'u marked faces elsewhere", n), n);

  g_clear_pointer (&self->moves, g_ptr_array_unref);
  if (moves != NULL)
    self->moves = g_ptr_array_ref (moves);
  gtk_button_set_label (self->moves_button, text);
  gtk_widget_set_visible (GTK_WIDGET (self->moves_button), n > 0);
}
