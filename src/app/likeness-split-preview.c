/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-preview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-figure.h"
#include "likeness-format.h"
#include "likeness-pins-bar.h"
#include "likeness-plan-cell.h"
#include "likeness-plan-row.h"
#include "likeness-reason.h"
#include "likeness-sentence-bar.h"
#include "likeness-split-bar.h"
#include "likeness-split-bearing.h"
#include "likeness-split-subject.h"
#include "likeness-string-hash.h"
#include "likeness-twins-window.h"

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
  GtkWidget *twins_box;
  GtkLabel *twins_label;
  GtkLabel *faces_label;
  GtkLabel *all_label;
  GtkLabel *one_label;
  GtkLabel *without_label;
  GtkWidget *facts_box;
  LikenessPinsBar *pins_bar;
  GtkWidget *error_pins_button;
  GtkStack *body_stack;
  LikenessSplitSubject *subject;
  GtkListView *kept_view;
  GtkListView *dropped_view;
  GtkStack *list_stack;
  GtkStackPage *kept_page;
  GtkStackPage *dropped_page;
  GtkStack *dropped_stack;
  GListStore *kept;
  GListStore *dropped;

  /* Owned */
  LikenessSplitPlanner *planner;
  LikenessThumbnailer *thumbnailer;
  guint was_subjects, was_train, was_val; /* of the plan before; 0: none */
  guint subjects, train, val;
};

enum
{
  SAY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessSplitPreview, likeness_split_preview, ADW_TYPE_BIN)

static void
take_all (GListStore *store, GPtrArray *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items->pdata, items->len);
}

/* (transfer full): for each kept subject how many of its faces changed sides. */
static guint *
count_moved (LikenessSplitPreview *self, const LikenessSplitPlan *plan)
{
  guint *moved = g_new0 (guint, plan->n_subjects);
  g_autoptr (GHashTable) rows = g_hash_table_new (likeness_string_hash, g_str_equal);
  gsize n_faces;
  const LikenessPlanFace *faces
      = likeness_split_planner_get_faces (self->planner, &n_faces);

  for (guint i = 0; i < plan->n_subjects; i++)
    g_hash_table_insert (rows, plan->subjects[i].subject, GUINT_TO_POINTER (i + 1));
  for (gsize i = 0; i < plan->n_faces; i++)
    if (likeness_split_planner_get_moved (self->planner, i))
      {
        guint row = GPOINTER_TO_UINT (g_hash_table_lookup (rows, faces[i].subject));

        if (row > 0)
          moved[row - 1]++;
      }
  return moved;
}

/* Rows of subjects that were there before stay, so that the list stays where it is. */
static void
fill_kept (LikenessSplitPreview *self, const LikenessSplitPlan *plan)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) former = g_hash_table_new (likeness_string_hash, g_str_equal);
  g_autofree guint *moved = count_moved (self, plan);
  guint n_former = g_list_model_get_n_items (G_LIST_MODEL (self->kept));
  guint maximum = 1;
  gboolean same = n_former == plan->n_subjects;

  for (guint i = 0; i < n_former; i++)
    {
      g_autoptr (LikenessPlanRow) row
          = g_list_model_get_item (G_LIST_MODEL (self->kept), i);

      g_hash_table_insert (former, (gpointer)likeness_plan_row_get_subject (row), row);
    }
  for (guint i = 0; i < plan->n_subjects; i++)
    maximum = MAX (maximum, plan->subjects[i].train + plan->subjects[i].val);
  for (guint i = 0; i < plan->n_subjects; i++)
    {
      const LikenessPlanSubject *subject = &plan->subjects[i];
      LikenessPlanRow *row = g_hash_table_lookup (former, subject->subject);

      same = same && row != NULL;
      if (row != NULL)
        {
          likeness_plan_row_update (row, subject->train, subject->val, maximum, moved[i]);
          g_ptr_array_add (rows, g_object_ref (row));
        }
      else
        g_ptr_array_add (rows,
                         likeness_plan_row_new (subject->subject, subject->train,
                                                subject->val, maximum, n_former > 0));
    }
  if (!same)
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
set_figure (LikenessFigure *figure, guint now, guint before, const char *detail)
{
  g_autofree char *value = likeness_format_count (now);
  g_autofree char *was
      = before != 0 && before != now ? g_strdup_printf (_ ("was %'u"), before) : NULL;

  likeness_figure_set_value (figure, value);
  likeness_figure_set_detail (figure, detail != NULL ? detail : was);
}

static void
fill_figures (LikenessSplitPreview *self, const LikenessSplitPlan *plan)
{
  guint all = plan->train + plan->val;
  g_autofree char *ratio = likeness_format_percent ((double)plan->train / MAX (all, 1));
  g_autofree char *wanted = NULL;

  if (plan->wanted_train != plan->train)
    /* Translators: near-duplicates that stay together forbid the exact share */
    wanted = g_strdup_printf (_ ("%'u wanted, groups forbid it"), plan->wanted_train);
  set_figure (self->subjects_figure, plan->n_subjects, self->was_subjects, NULL);
  set_figure (self->train_figure, plan->train, self->was_train, wanted);
  set_figure (self->val_figure, plan->val, self->was_val, NULL);
  likeness_figure_set_value (self->ratio_figure, ratio);
}

/* What a result on these faces will be able to say. */
static void
fill_bearing (LikenessSplitPreview *self, const LikenessSplitPlan *plan)
{
  LikenessSplitBearing bearing;
  g_autofree char *faces = NULL;
  g_autofree char *all = NULL;
  g_autofree char *one = NULL;
  g_autofree char *without = NULL;

  likeness_split_bearing_get (plan, &bearing);
  faces = likeness_split_bearing_describe_faces (&bearing);
  all = likeness_split_bearing_describe_all (&bearing);
  one = likeness_split_bearing_describe_subject (&bearing);
  without = likeness_split_bearing_describe_without (&bearing);
  gtk_label_set_label (self->faces_label, faces);
  gtk_label_set_label (self->all_label, all);
  gtk_label_set_label (self->one_label, one);
  gtk_label_set_label (self->without_label, without);
}

static void
say_cb (LikenessSplitPreview *self, const char *text)
{
  g_signal_emit (self, signals[SAY], 0, text);
}

static void
clear_pins_cb (LikenessSplitPreview *self)
{
  likeness_split_planner_clear_pins (self->planner);
}

/* One subject's faces take the place of what is said of all. */
static void
show_body (LikenessSplitPreview *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->body_stack, name);
  gtk_widget_set_visible (self->facts_box, strcmp (name, "lists") == 0);
}

static void
open_subject (LikenessSplitPreview *self, const char *subject)
{
  show_body (self, "subject");
  likeness_split_subject_set_subject (self->subject, subject);
}

static void
kept_activate_cb (LikenessSplitPreview *self, guint position)
{
  g_autoptr (LikenessPlanRow) row
      = g_list_model_get_item (G_LIST_MODEL (self->kept), position);

  if (row != NULL)
    open_subject (self, likeness_plan_row_get_subject (row));
}

static void
dropped_activate_cb (LikenessSplitPreview *self, guint position)
{
  const LikenessSplitPlan *plan = likeness_split_planner_get_plan (self->planner);

  if (plan != NULL && position < plan->n_drops)
    open_subject (self, plan->drops[position].subject);
}

static void
subject_closed_cb (LikenessSplitPreview *self)
{
  show_body (self, "lists");
  likeness_split_subject_set_subject (self->subject, NULL);
  if (strcmp (gtk_stack_get_visible_child_name (self->list_stack), "kept") == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->kept_view));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->dropped_view));
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

/* What no plan can mend, but somebody should look at. */
static void
update_twins (LikenessSplitPreview *self)
{
  GPtrArray *twins = likeness_split_planner_get_twins (self->planner);
  guint n = twins != NULL ? twins->len : 0;
  g_autofree char *text = g_strdup_printf (
      ngettext ("%'u pair looks nearly the same, of two people or with one in test.",
                "%'u pairs look nearly the same, of two people or with one in test.", n),
      n);

  gtk_label_set_label (self->twins_label, text);
  gtk_widget_set_visible (self->twins_box, n > 0);
}

static void
show_twins_cb (LikenessSplitPreview *self)
{
  GPtrArray *twins = likeness_split_planner_get_twins (self->planner);

  if (twins != NULL)
    likeness_twins_window_present (GTK_WIDGET (self), self->thumbnailer,
                                   likeness_split_planner_get_root (self->planner),
                                   twins);
}

static void
likeness_split_preview_dispose (GObject *object)
{
  LikenessSplitPreview *self = LIKENESS_SPLIT_PREVIEW (object);

  g_clear_object (&self->planner);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (likeness_split_preview_parent_class)->dispose (object);
}

static void
likeness_split_preview_class_init (LikenessSplitPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_split_preview_dispose;

  signals[SAY] = g_signal_new ("say", LIKENESS_TYPE_SPLIT_PREVIEW, G_SIGNAL_RUN_LAST, 0,
                               NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (LIKENESS_TYPE_FIGURE);
  g_type_ensure (LIKENESS_TYPE_PINS_BAR);
  g_type_ensure (LIKENESS_TYPE_PLAN_CELL);
  g_type_ensure (LIKENESS_TYPE_PLAN_ROW);
  g_type_ensure (LIKENESS_TYPE_REASON);
  g_type_ensure (LIKENESS_TYPE_SENTENCE_BAR);
  g_type_ensure (LIKENESS_TYPE_SPLIT_BAR);
  g_type_ensure (LIKENESS_TYPE_SPLIT_SUBJECT);
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
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, twins_box);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, twins_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, faces_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, all_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, one_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview,
                                        without_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, facts_box);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, pins_bar);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview,
                                        error_pins_button);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, body_stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, subject);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, kept_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, dropped_view);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitPreview, list_stack);
  gtk_widget_class_bind_template_callback (widget_class, clear_pins_cb);
  gtk_widget_class_bind_template_callback (widget_class, say_cb);
  gtk_widget_class_bind_template_callback (widget_class, kept_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, dropped_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, subject_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_twins_cb);
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

static void
show_error (LikenessSplitPreview *self, const GError *error)
{
  g_autofree char *description = g_markup_escape_text (error->message, -1);

  gtk_widget_set_visible (self->error_pins_button,
                          likeness_split_planner_get_n_pins (self->planner) > 0);
  adw_status_page_set_description (self->error_page, description);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
show_plan (LikenessSplitPreview *self, const LikenessSplitPlan *plan)
{
  gboolean was_read = likeness_split_planner_get_progress (self->planner) == NULL;
  g_autofree char *kept = g_strdup_printf (_ ("%'u kept"), plan->n_subjects);
  g_autofree char *dropped = g_strdup_printf (_ ("%'u dropped"), plan->n_drops);

  /* From names alone: nothing to compare the real one with. */
  self->was_subjects = was_read ? self->subjects : 0;
  self->was_train = was_read ? self->train : 0;
  self->was_val = was_read ? self->val : 0;
  fill_figures (self, plan);
  self->subjects = was_read ? plan->n_subjects : 0;
  self->train = was_read ? plan->train : 0;
  self->val = was_read ? plan->val : 0;

  fill_leak (self, plan, was_read);
  fill_bearing (self, plan);
  fill_kept (self, plan);
  fill_dropped (self, plan, likeness_split_planner_get_options (self->planner));
  likeness_split_subject_update (self->subject);
  gtk_stack_page_set_title (self->kept_page, kept);
  gtk_stack_page_set_title (self->dropped_page, dropped);
  gtk_stack_set_visible_child_name (self->dropped_stack,
                                    plan->n_drops > 0 ? "list" : "nobody");
  gtk_stack_set_visible_child_name (self->stack, "plan");
}

void
likeness_split_preview_set_planner (LikenessSplitPreview *self,
                                    LikenessSplitPlanner *planner,
                                    LikenessThumbnailer *thumbnailer)
{
  g_set_object (&self->planner, planner);
  g_set_object (&self->thumbnailer, thumbnailer);
  g_signal_connect_object (planner, "twins-changed", G_CALLBACK (update_twins), self,
                           G_CONNECT_SWAPPED);
  likeness_pins_bar_set_planner (self->pins_bar, planner);
  likeness_split_subject_set_planner (self->subject, planner, thumbnailer);
}

void
likeness_split_preview_update (LikenessSplitPreview *self)
{
  const LikenessSplitPlan *plan = likeness_split_planner_get_plan (self->planner);
  const GError *error = likeness_split_planner_get_error (self->planner);

  if (error != NULL)
    show_error (self, error);
  else if (plan != NULL)
    show_plan (self, plan);
  else
    gtk_stack_set_visible_child_name (self->stack, "waiting");
}

void
likeness_split_preview_reset (LikenessSplitPreview *self)
{
  self->subjects = self->train = self->val = 0;
  g_list_store_remove_all (self->kept);
  likeness_split_subject_set_subject (self->subject, NULL);
  show_body (self, "lists");
  gtk_stack_set_visible_child_name (self->stack, "waiting");
}
