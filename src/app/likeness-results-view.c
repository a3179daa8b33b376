/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-results-view.h"

#include <glib/gi18n.h>

#include "likeness-failure-cell.h"
#include "likeness-failure-list.h"
#include "likeness-headline-card.h"
#include "likeness-subject-table.h"
#include "likeness-verdict-icon.h"

struct _LikenessResultsView
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *verdict_box;
  GtkImage *verdict_image;
  GtkLabel *verdict_label;
  GtkFlowBox *cards;
  GtkLabel *origin_label;
  GtkStackPage *subjects_page;
  GtkStackPage *failures_page;
  GtkStack *subjects_stack;
  GtkStack *failures_stack;
  AdwStatusPage *nobody_page;
  LikenessSubjectTable *table;
  GtkSingleSelection *failures;

  /* Owned */
  LikenessThumbnailer *thumbnailer;
};

G_DEFINE_FINAL_TYPE (LikenessResultsView, likeness_results_view, ADW_TYPE_BIN)

static void
setup_failure_cb (LikenessResultsView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, likeness_failure_cell_new (self->thumbnailer));
}

static void
bind_failure_cb (LikenessResultsView *self, GtkListItem *item)
{
  likeness_failure_cell_set_failure (
      LIKENESS_FAILURE_CELL (gtk_list_item_get_child (item)),
      gtk_list_item_get_item (item));
}

static void
unbind_failure_cb (LikenessResultsView *self, GtkListItem *item)
{
  likeness_failure_cell_set_failure (
      LIKENESS_FAILURE_CELL (gtk_list_item_get_child (item)), NULL);
}

static void
fill_verdict (LikenessResultsView *self, LikenessOutcome *outcome)
{
  const char *verdict = likeness_outcome_get_verdict (outcome);
  LikenessVerdictState state = likeness_outcome_get_state (outcome);

  gtk_widget_set_visible (self->verdict_box, verdict != NULL);
  gtk_label_set_label (self->verdict_label, verdict != NULL ? verdict : "");
  gtk_image_set_from_icon_name (self->verdict_image,
                                likeness_verdict_icon_get (state, FALSE));
  if (state >= LIKENESS_VERDICT_OVER_FITTING)
    gtk_widget_add_css_class (self->verdict_box, "warned");
  else
    gtk_widget_remove_css_class (self->verdict_box, "warned");
}

static void
fill_cards (LikenessResultsView *self, const LikenessResults *results)
{
  g_autoptr (GPtrArray) headlines = likeness_headline_new_all (results);

  for (guint i = 0; i < headlines->len; i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->cards, (int)i);

      if (child == NULL)
        {
          child = GTK_FLOW_BOX_CHILD (gtk_flow_box_child_new ());
          gtk_widget_set_focusable (GTK_WIDGET (child), FALSE);
          gtk_flow_box_child_set_child (child,
                                        g_object_new (LIKENESS_TYPE_HEADLINE_CARD, NULL));
          gtk_flow_box_append (self->cards, GTK_WIDGET (child));
        }
      likeness_headline_card_set_headline (
          LIKENESS_HEADLINE_CARD (gtk_flow_box_child_get_child (child)),
          g_ptr_array_index (headlines, i));
    }
}

static void
fill_subjects (LikenessResultsView *self, const LikenessResults *results)
{
  g_autofree char *title = NULL;
  guint n;

  likeness_subject_table_set_results (self->table, self->thumbnailer, results);
  n = likeness_subject_table_get_n_rows (self->table);
  title = g_strdup_printf (ngettext ("%'u subject", "%'u subjects", n), n);
  gtk_stack_page_set_title (self->subjects_page, title);
  if (n == 0)
    {
      const char *reason = likeness_undefined_describe (results->metrics.rank1_undefined);

      adw_status_page_set_description (self->nobody_page, reason);
    }
  gtk_stack_set_visible_child_name (self->subjects_stack, n > 0 ? "table" : "nobody");
}

static void
fill_failures (LikenessResultsView *self, LikenessOutcome *outcome)
{
  g_autoptr (LikenessFailureList) failures = likeness_failure_list_new (outcome);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (failures));
  g_autofree char *title = NULL;

  title = g_strdup_printf (ngettext ("%'u mistake", "%'u mistakes", n), n);
  gtk_stack_page_set_title (self->failures_page, title);
  gtk_single_selection_set_model (self->failures, G_LIST_MODEL (failures));
  gtk_stack_set_visible_child_name (self->failures_stack,
                                    n > 0 ? "grid"
                                    : likeness_outcome_get_results (outcome)->n_faces > 0
                                        ? "none"
                                        : "nobody");
}

static void
likeness_results_view_dispose (GObject *object)
{
  g_clear_object (&LIKENESS_RESULTS_VIEW (object)->thumbnailer);

  G_OBJECT_CLASS (likeness_results_view_parent_class)->dispose (object);
}

static void
likeness_results_view_class_init (LikenessResultsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_results_view_dispose;

  g_type_ensure (LIKENESS_TYPE_SUBJECT_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-results-view.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, verdict_image);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, cards);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, origin_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, subjects_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, failures_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView,
                                        subjects_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView,
                                        failures_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, nobody_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, table);
  gtk_widget_class_bind_template_child (widget_class, LikenessResultsView, failures);
  gtk_widget_class_bind_template_callback (widget_class, setup_failure_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_failure_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_failure_cb);
}

static void
likeness_results_view_init (LikenessResultsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_results_view_set_outcome (LikenessResultsView *self,
                                   LikenessThumbnailer *thumbnailer,
                                   LikenessOutcome *outcome)
{
  const LikenessResults *results = likeness_outcome_get_results (outcome);
  g_autofree char *origin = likeness_headline_describe_origin (results);

  g_set_object (&self->thumbnailer, thumbnailer);
  fill_verdict (self, outcome);
  fill_cards (self, results);
  gtk_label_set_label (self->origin_label, origin);
  fill_subjects (self, results);
  fill_failures (self, outcome);
}

void
likeness_results_view_copy_table (LikenessResultsView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->table), "table.copy", NULL);
}
