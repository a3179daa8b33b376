/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-preview.h"

#include <glib/gi18n.h>

#include "likeness-figure.h"
#include "likeness-format.h"
#include "likeness-plan-row.h"
#include "likeness-reason.h"
#include "likeness-split-bar.h"

struct _LikenessSplitPreview
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  AdwStatusPage *error_page;
  LikenessFigure *subjects_figure;
  LikenessFigure *train_figure;
  LikenessFigure *val_figure;
  LikenessFigure *ratio_figure;
  GtkLabel *leak_label;
  GtkStack *list_stack;
  GtkStackPage *kept_page;
  GtkStackPage *dropped_page;
  GtkStack *dropped_stack;
  GListStore *kept;
  GListStore *dropped;
};

G_DEFINE_FINAL_TYPE (LikenessSplitPreview, likeness_split_preview, ADW_TYPE_BIN)

static void
take_all (GListStore *store, GPtrArray *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items->pdata, items->len);
}

static void
fill_kept (LikenessSplitPreview *self, const LikenessSplitPlan *plan)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint maximum = 1;

  for (guint i = 0; i < plan->n_subjects; i++)
    maximum = MAX (maximum, plan->subjects[i].train + plan->subjects[i].val);
  for (guint i = 0; i < plan->n_subjects; i++)
    g_ptr_array_add (rows, likeness_plan_row_new (plan->subjects[i].subject,
                                                  plan->subjects[i].train,
                                                  plan->subjects[i].val, maximum));
  take_all (self->kept, rows);
}

static void
fill_dropped (LikenessSplitPreview *self,
              const LikenessSplitPlan *plan,
              const LikenessPlanOptions *options)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < plan->n_drops; i++)
    {
      g_autofree char *why = likeness_drop_describe (&plan->drops[i], options);

      g_ptr_array_add (reasons, likeness_reason_new (plan->drops[i].subject, why));
    }
  take_all (self->dropped, reasons);
}

static void
fill_figures (LikenessSplitPreview *self, const LikenessSplitPlan *plan)
{
  guint all = plan->train + plan->val;
  g_autofree char *subjects = likeness_format_count (plan->n_subjects);
  g_autofree char *train = likeness_format_count (plan->train);
  g_autofree char *val = likeness_format_count (plan->val);
  g_autofree char *ratio = likeness_format_percent ((double)plan->train / MAX (all, 1));
  g_autofree char *wanted = NULL;

  likeness_figure_set_value (self->subjects_figure, subjects);
  likeness_figure_set_value (self->train_figure, train);
  likeness_figure_set_value (self->val_figure, val);
  likeness_figure_set_value (self->ratio_figure, ratio);
  if (plan->wanted_train != plan->train)
    /* Translators: near-duplicates that stay together forbid the exact share */
    wanted = g_strdup_printf (_ ("%'u wanted, groups forbid it"), plan->wanted_train);
  likeness_figure_set_detail (self->train_figure, wanted);
}

static void
fill_leak (LikenessSplitPreview *self, const LikenessSplitPlan *plan, gboolean was_read)
{
  g_autofree char *share
      = likeness_format_percent ((double)plan->naive_leak / MAX (plan->naive_of, 1));
  g_autofree char *text = NULL;

  if (!was_read)
    text = g_strdup (_ ("Near-duplicates are being looked for."));
  else if (plan->naive_leak == 0)
    text = g_strdup (_ ("No val face has a near-twin in train, however it is split."));
  else
    text = g_strdup_printf (
        ngettext (
            "A naive split would leave %'u val face (%s) with a near-twin in train; "
            "this plan leaves %'u.",
            "A naive split would leave %'u val faces (%s) with a near-twin in train; "
            "this plan leaves %'u.",
            plan->naive_leak),
        plan->naive_leak, share, plan->leak);
  gtk_label_set_label (self->leak_label, text);
}

static void
likeness_split_preview_class_init (LikenessSplitPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LIKENESS_TYPE_FIGURE);
  g_type_ensure (LIKENESS_TYPE_PLAN_ROW);
  g_type_ensure (LIKENESS_TYPE_REASON);
  g_type_ensure (LIKENESS_TYPE_SPLIT_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-split-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, error_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview,
                                        subjects_figure);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, train_figure);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, val_figure);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, ratio_figure);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, leak_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, list_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, kept_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, dropped_page);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview,
                                        dropped_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, kept);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, dropped);
}

static void
likeness_split_preview_init (LikenessSplitPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_split_preview_set_plan (LikenessSplitPreview *self,
                                 const LikenessSplitPlan *plan,
                                 const LikenessPlanOptions *options,
                                 gboolean was_read)
{
  g_autofree char *kept = NULL;
  g_autofree char *dropped = NULL;

  if (plan == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "waiting");
      return;
    }
  fill_figures (self, plan);
  fill_leak (self, plan, was_read);
  fill_kept (self, plan);
  fill_dropped (self, plan, options);
  kept = g_strdup_printf (_ ("%'u kept"), plan->n_subjects);
  dropped = g_strdup_printf (_ ("%'u dropped"), plan->n_drops);
  gtk_stack_page_set_title (self->kept_page, kept);
  gtk_stack_page_set_title (self->dropped_page, dropped);
  gtk_stack_set_visible_child_name (self->dropped_stack,
                                    plan->n_drops > 0 ? "list" : "nobody");
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

void
likeness_split_preview_set_error (LikenessSplitPreview *self, const GError *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  adw_status_page_set_description (self->error_page, description);
  gtk_stack_set_visible_child_name (self->stack, "error");
}
