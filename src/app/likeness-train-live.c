/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-live.h"

#include <glib/gi18n.h>

#include "likeness-chart-view.h"
#include "likeness-figure.h"
#include "likeness-format.h"
#include "likeness-sentence-bar.h"
#include "likeness-torch.h"
#include "likeness-train-words.h"
#include "likeness-trust-hint.h"
#include "likeness-verdict-icon.h"

#define POLL_MILLISECONDS 100

struct _LikenessTrainLive
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkWidget *banner;
  GtkImage *banner_image;
  GtkLabel *banner_label;
  GtkLabel *title_label;
  GtkLabel *detail_label;
  GtkProgressBar *bar;
  LikenessFigure *epoch_figure;
  LikenessFigure *accuracy_figure;
  LikenessFigure *rank_figure;
  LikenessFigure *similarity_figure;
  LikenessFigure *time_figure;
  GtkWidget *figures_box;
  GtkFlowBox *charts_box;
  LikenessChartView *accuracy_chart;
  LikenessChartView *similarity_chart;
  LikenessChartView *loss_chart;
  GtkLabel *origin_label;
  GtkWidget *loss_button;
  GtkWidget *pause_button;
  GtkWidget *continue_button;
  GtkWidget *stop_button;
  GtkWidget *folder_button;
  GtkWidget *new_button;
  GtkWidget *resume_button;
  GtkWidget *extend_button;
  GtkSpinButton *extend_spin;
  GtkWidget *results_button;
  GtkWidget *halve_button;
  GtkWidget *cpu_button;

  /* Owned */
  LikenessTraining *training;
  guint poll;
};

G_DEFINE_FINAL_TYPE (LikenessTrainLive, likeness_train_live, ADW_TYPE_BIN)

static void
show_banner (LikenessTrainLive *self,
             const char *icon,
             const char *text,
             const char *style)
{
  static const char *const styles[] = {"failed", "warned"};

  gtk_widget_set_visible (self->banner, text != NULL);
  if (text == NULL)
    return;
  gtk_image_set_from_icon_name (self->banner_image, icon);
  gtk_label_set_label (self->banner_label, text);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_strcmp0 (styles[i], style) == 0)
      gtk_widget_add_css_class (self->banner, styles[i]);
    else
      gtk_widget_remove_css_class (self->banner, styles[i]);
}

static void
update_banner (LikenessTrainLive *self)
{
  const GError *error = likeness_training_get_error (self->training);
  const LikenessRunSummary *summary = likeness_training_get_summary (self->training);
  LikenessVerdictState verdict = summary->verdict.state;
  const char *sentence = summary->epochs->len > 0 ? summary->sentence : NULL;
  gboolean active = likeness_training_get_active (self->training);

  /* Its place is kept free from the start, so that nothing jumps later. */
  if (sentence == NULL && active)
    sentence = _ ("How it goes can be said after the first epochs.");
  if (error != NULL)
    {
      g_autofree char *text = likeness_trust_hint_describe (
          error, likeness_training_get_run (self->training));

      show_banner (self, "dialog-error-symbolic", text, "failed");
    }
  else
    show_banner (self, likeness_verdict_icon_get (verdict, active), sentence,
                 verdict >= LIKENESS_VERDICT_OVER_FITTING ? "warned" : NULL);
}

/* @value, @detail: (transfer full); where there is no number, the reason is too long for
 * its place. */
static void
show_measure (LikenessFigure *figure,
              char *value,
              char *detail,
              LikenessUndefined undefined)
{
  gboolean defined = undefined == LIKENESS_DEFINED;

  likeness_figure_set_value (figure, value);
  likeness_figure_set_detail (figure, defined ? detail : _ ("undefined"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (figure),
                               defined ? NULL : likeness_undefined_describe (undefined));
  g_free (value);
  g_free (detail);
}

static char *
format_untouched (char *value)
{
  g_autofree char *was = value;

  /* Translators: a number before any training */
  return g_strdup_printf (_ ("untouched %s"), was);
}

/* The last measured figures, each with what the untouched network had. */
static void
update_measures (LikenessTrainLive *self)
{
  const LikenessRunSummary *summary = likeness_training_get_summary (self->training);
  const LikenessMetrics *before = likeness_run_summary_get_baseline (summary);
  const LikenessMetrics *now = likeness_run_summary_get_last (summary);
  const LikenessMetrics *shown = now != NULL ? now : before;
  g_autofree char *train = NULL;

  if (shown == NULL || before == NULL)
    {
      show_measure (self->accuracy_figure, g_strdup ("–"), NULL, LIKENESS_DEFINED);
      show_measure (self->rank_figure, g_strdup ("–"), NULL, LIKENESS_DEFINED);
      show_measure (self->similarity_figure, g_strdup ("–"), NULL, LIKENESS_DEFINED);
      return;
    }
  train = likeness_format_percent (shown->train_top1.value);
  show_measure (self->accuracy_figure, likeness_format_percent (shown->top1.value),
                /* Translators: accuracy on the faces in train */
                g_strdup_printf (_ ("train %s"), train), shown->top1_undefined);
  show_measure (self->rank_figure, likeness_format_percent (shown->rank1.value),
                format_untouched (likeness_format_percent (before->rank1.value)),
                shown->rank1_undefined);
  show_measure (self->similarity_figure, likeness_format_score (shown->sim),
                format_untouched (likeness_format_score (before->sim)),
                shown->sim_undefined);
}

static void
update_figures (LikenessTrainLive *self)
{
  g_autofree char *epoch = likeness_train_words_epoch (self->training);
  g_autofree char *batch = likeness_train_words_batch (self->training);
  g_autofree char *speed = likeness_train_words_speed (self->training);
  g_autofree char *duration = likeness_train_words_time (self->training);

  likeness_figure_set_value (self->epoch_figure, epoch);
  likeness_figure_set_detail (self->epoch_figure, batch);
  likeness_figure_set_value (self->time_figure, duration);
  likeness_figure_set_detail (self->time_figure, speed);
  g_object_set (self->time_figure, "caption",
                likeness_training_get_active (self->training) ? _ ("Time left")
                                                              : _ ("Time taken"),
                NULL);
  update_measures (self);
}

static void
update_head (LikenessTrainLive *self)
{
  g_autofree char *title = likeness_train_words_title (self->training);
  g_autofree char *detail = likeness_train_words_detail (self->training);
  g_autofree char *origin = likeness_train_words_origin (self->training);
  double fraction = likeness_train_words_fraction (self->training);
  gboolean active = likeness_training_get_active (self->training);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->detail_label, detail);
  gtk_label_set_label (self->origin_label, origin);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), active);
  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->bar, fraction);
}

static void
update_buttons (LikenessTrainLive *self)
{
  LikenessTrainingState state = likeness_training_get_state (self->training);
  const GError *error = likeness_training_get_error (self->training);
  const char *run = likeness_training_get_run (self->training);
  gboolean active = likeness_training_get_active (self->training);
  gboolean ended = !active && run != NULL;
  gboolean memory
      = g_error_matches (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_OUT_OF_MEMORY);
  gboolean device
      = g_error_matches (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NO_DEVICE);
  gboolean paused
      = state == LIKENESS_TRAINING_PAUSING || state == LIKENESS_TRAINING_PAUSED;

  gtk_widget_set_visible (self->pause_button, active && !paused);
  gtk_widget_set_visible (self->continue_button, paused);
  gtk_widget_set_visible (self->stop_button, active);
  gtk_widget_set_visible (self->folder_button, run != NULL);
  gtk_widget_set_visible (self->new_button, !active);
  gtk_widget_set_visible (self->halve_button, memory);
  gtk_widget_set_visible (self->cpu_button, device);
  gtk_widget_set_visible (self->resume_button, ended
                                                   && state != LIKENESS_TRAINING_FINISHED
                                                   && !memory && !device);
  gtk_widget_set_visible (self->extend_button,
                          ended && state == LIKENESS_TRAINING_FINISHED);
  gtk_widget_set_visible (
      self->results_button,
      ended && likeness_training_get_summary (self->training)->best_epoch > 0);
}

static void
update_charts (LikenessTrainLive *self)
{
  LikenessChartView *views[]
      = {self->accuracy_chart, self->similarity_chart, self->loss_chart};
  LikenessRunChart *chart = likeness_training_get_chart (self->training);

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      likeness_chart_view_set_chart (views[i], chart, (LikenessRunChartKind)i);
      likeness_chart_view_update (views[i]);
    }
}

/* A run that failed before it measured anything has nothing to be drawn. */
static void
update_visible (LikenessTrainLive *self)
{
  gboolean visible = likeness_training_get_active (self->training)
                     || likeness_training_get_event (self->training) != NULL
                     || likeness_training_get_summary (self->training)->baseline != NULL;

  gtk_widget_set_visible (self->figures_box, visible);
  gtk_widget_set_visible (GTK_WIDGET (self->charts_box), visible);
  gtk_widget_set_visible (self->loss_button, visible);
}

/* While nothing is known of how far it is, the bar moves to and fro. */
static gboolean
poll_cb (gpointer user_data)
{
  LikenessTrainLive *self = user_data;
  g_autofree char *detail = likeness_train_words_detail (self->training);

  gtk_label_set_label (self->detail_label, detail);
  gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
update_poll (LikenessTrainLive *self)
{
  gboolean wanted = self->training != NULL && gtk_widget_get_mapped (GTK_WIDGET (self))
                    && likeness_training_get_active (self->training)
                    && likeness_train_words_fraction (self->training) < 0;

  if (wanted && self->poll == 0)
    self->poll = g_timeout_add (POLL_MILLISECONDS, poll_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->poll, g_source_remove);
}

static void
update (LikenessTrainLive *self)
{
  update_banner (self);
  update_head (self);
  update_figures (self);
  update_buttons (self);
  update_visible (self);
  update_charts (self);
  update_poll (self);
}

/* A place for a chart that is not shown would stay empty. */
static void
loss_cb (LikenessTrainLive *self, GtkToggleButton *button)
{
  gtk_flow_box_set_max_children_per_line (self->charts_box,
                                          gtk_toggle_button_get_active (button) ? 3 : 2);
}

static void
extend_cb (LikenessTrainLive *self)
{
  guint n = (guint)gtk_spin_button_get_value_as_int (self->extend_spin);

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->extend_button));
  gtk_widget_activate_action (GTK_WIDGET (self), "train.resume", "u", n);
}

static void
likeness_train_live_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_train_live_parent_class)->map (widget);
  update_poll (LIKENESS_TRAIN_LIVE (widget));
}

static void
likeness_train_live_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_train_live_parent_class)->unmap (widget);
  update_poll (LIKENESS_TRAIN_LIVE (widget));
}

static void
likeness_train_live_dispose (GObject *object)
{
  LikenessTrainLive *self = LIKENESS_TRAIN_LIVE (object);

  g_clear_handle_id (&self->poll, g_source_remove);
  if (self->training != NULL)
    {
      likeness_chart_view_set_chart (self->accuracy_chart, NULL, 0);
      likeness_chart_view_set_chart (self->similarity_chart, NULL, 0);
      likeness_chart_view_set_chart (self->loss_chart, NULL, 0);
    }
  g_clear_object (&self->training);

  G_OBJECT_CLASS (likeness_train_live_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainLive, name)
  BIND (banner);
  BIND (banner_image);
  BIND (banner_label);
  BIND (title_label);
  BIND (detail_label);
  BIND (bar);
  BIND (epoch_figure);
  BIND (accuracy_figure);
  BIND (rank_figure);
  BIND (similarity_figure);
  BIND (time_figure);
  BIND (figures_box);
  BIND (charts_box);
  BIND (accuracy_chart);
  BIND (similarity_chart);
  BIND (loss_chart);
  BIND (origin_label);
  BIND (loss_button);
  BIND (pause_button);
  BIND (continue_button);
  BIND (stop_button);
  BIND (folder_button);
  BIND (new_button);
  BIND (resume_button);
  BIND (extend_button);
  BIND (extend_spin);
  BIND (results_button);
  BIND (halve_button);
  BIND (cpu_button);
#undef BIND
}

static void
likeness_train_live_class_init (LikenessTrainLiveClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_train_live_dispose;
  widget_class->map = likeness_train_live_map;
  widget_class->unmap = likeness_train_live_unmap;

  g_type_ensure (LIKENESS_TYPE_CHART_VIEW);
  g_type_ensure (LIKENESS_TYPE_FIGURE);
  g_type_ensure (LIKENESS_TYPE_SENTENCE_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-train-live.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, loss_cb);
  gtk_widget_class_bind_template_callback (widget_class, extend_cb);
}

static void
likeness_train_live_init (LikenessTrainLive *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_train_live_set_training (LikenessTrainLive *self, LikenessTraining *training)
{
  if (!g_set_object (&self->training, training))
    return;
  g_signal_connect_object (training, "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
