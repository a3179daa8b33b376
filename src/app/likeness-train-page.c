/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-page.h"

#include <glib/gi18n.h>

#include "likeness-chart-export.h"
#include "likeness-file-dialog.h"
#include "likeness-show-path.h"
#include "likeness-train-live.h"
#include "likeness-train-setup.h"

struct _LikenessTrainPage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkStack *stack;
  LikenessTrainSetup *setup;
  LikenessTrainLive *live;

  /* Owned */
  LikenessSession *session;
  LikenessTraining *training;
  GtkFileChooserNative *chooser;
  LikenessRunChartKind kind; /* of the chart to save */
};

G_DEFINE_FINAL_TYPE (LikenessTrainPage, likeness_train_page, ADW_TYPE_BIN)

static const char *
get_child_name (LikenessTrainPage *self)
{
  if (likeness_training_get_state (self->training) != LIKENESS_TRAINING_IDLE)
    return "live";
  switch (likeness_train_setup_get_folder_state (self->setup))
    {
    case LIKENESS_TRAIN_FOLDER_NONE:
      return "empty";
    case LIKENESS_TRAIN_FOLDER_UNSPLIT:
      return "unsplit";
    case LIKENESS_TRAIN_FOLDER_READING:
    case LIKENESS_TRAIN_FOLDER_WRONG:
    case LIKENESS_TRAIN_FOLDER_READY:
    default:
      return "setup";
    }
}

static void
update (LikenessTrainPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (LikenessRunConfig) config = NULL;
  LikenessTrainingState state;

  if (self->training == NULL)
    return;
  state = likeness_training_get_state (self->training);
  if (state == LIKENESS_TRAINING_IDLE)
    config = likeness_train_setup_make_config (self->setup);
  gtk_widget_action_set_enabled (widget, "train.start", config != NULL);
  gtk_widget_action_set_enabled (widget, "train.pause",
                                 state == LIKENESS_TRAINING_RUNNING
                                     || state == LIKENESS_TRAINING_PAUSING
                                     || state == LIKENESS_TRAINING_PAUSED);
  gtk_widget_action_set_enabled (widget, "train.stop",
                                 likeness_training_get_active (self->training)
                                     && state != LIKENESS_TRAINING_STOPPING);
  gtk_stack_set_visible_child_name (self->stack, get_child_name (self));
}

/* Neither a scan nor libtorch before somebody looks. */
static void
look (LikenessTrainPage *self)
{
  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    likeness_train_setup_look (self->setup);
  update (self);
}

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);
  g_autoptr (LikenessRunConfig) config = likeness_train_setup_make_config (self->setup);

  if (config != NULL && !likeness_training_get_active (self->training))
    likeness_training_start (self->training, config);
}

static void
pause_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);

  if (likeness_training_get_state (self->training) == LIKENESS_TRAINING_RUNNING)
    likeness_training_pause (self->training);
  else
    likeness_training_continue (self->training);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  likeness_training_stop (LIKENESS_TRAIN_PAGE (widget)->training);
}

static void
new_run_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);

  likeness_training_clear (self->training);
  look (self);
}

static void
resume_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);
  const char *run = likeness_training_get_run (self->training);

  if (run != NULL && !likeness_training_get_active (self->training))
    likeness_training_resume (self->training, run, g_variant_get_uint32 (parameter));
}

static void
halve_batch_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);
  const LikenessRunConfig *used = likeness_training_get_config (self->training);
  g_autoptr (LikenessRunConfig) config = NULL;
  g_autofree char *half = NULL;

  if (used == NULL || likeness_training_get_active (self->training))
    return;
  config = likeness_run_config_copy (used);
  half = g_strdup_printf ("%u", MAX (1, config->batch / 2));
  likeness_run_config_set (config, "batch", half, NULL);
  likeness_training_start (self->training, config);
}

static void
use_cpu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);
  const LikenessRunConfig *used = likeness_training_get_config (self->training);
  g_autoptr (LikenessRunConfig) config = NULL;

  if (used == NULL || likeness_training_get_active (self->training))
    return;
  /* What it has learnt is not thrown away. */
  if (likeness_training_get_run (self->training) != NULL)
    {
      likeness_training_resume_on_cpu (self->training);
      return;
    }
  config = likeness_run_config_copy (used);
  likeness_run_config_set (config, "device", "cpu", NULL);
  likeness_training_start (self->training, config);
}

static void
open_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);
  const char *run = likeness_training_get_run (self->training);

  if (run != NULL)
    likeness_show_path (widget, self->session, run);
}

static void
choose_folder_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  likeness_train_setup_choose_folder (LIKENESS_TRAIN_PAGE (widget)->setup);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessTrainPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = likeness_chart_export_finish (result, &error);

  /* The window may have closed meanwhile. */
  if (self->session != NULL)
    likeness_session_say (self->session,
                          saved ? _ ("The chart is saved") : error->message);
}

static void
save_cb (gpointer owner, const char *path)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (owner);

  if (path != NULL)
    likeness_chart_export_async (likeness_training_get_chart (self->training), self->kind,
                                 path, saved_cb, g_object_ref (self));
}

static void
save_chart_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  static const char *const file_names[] = {"accuracy.png", "similarity.png", "loss.png"};
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (widget);
  guint kind = g_variant_get_uint32 (parameter);
  LikenessFileDialog dialog = {
      .title = _ ("Save as .png, .svg, .pdf or .csv"),
      .action = GTK_FILE_CHOOSER_ACTION_SAVE,
      .accept = _ ("_Save"),
  };

  if (self->chooser != NULL || kind >= G_N_ELEMENTS (file_names))
    return;
  self->kind = (LikenessRunChartKind)kind;
  dialog.name = file_names[kind];
  likeness_file_dialog_show (&self->chooser, widget, &dialog, save_cb);
}

static void
likeness_train_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (likeness_train_page_parent_class)->map (widget);
  look (LIKENESS_TRAIN_PAGE (widget));
}

static void
likeness_train_page_dispose (GObject *object)
{
  LikenessTrainPage *self = LIKENESS_TRAIN_PAGE (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->training);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (likeness_train_page_parent_class)->dispose (object);
}

static void
likeness_train_page_class_init (LikenessTrainPageClass *klass)
{
  static const struct
  {
    const char *name;
    const char *type;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
      {"train.start", NULL, start_action},
      {"train.pause", NULL, pause_action},
      {"train.stop", NULL, stop_action},
      {"train.new-run", NULL, new_run_action},
      {"train.resume", "u", resume_action},
      {"train.halve-batch", NULL, halve_batch_action},
      {"train.use-cpu", NULL, use_cpu_action},
      {"train.open-folder", NULL, open_folder_action},
      {"train.choose-folder", NULL, choose_folder_action},
      {"train.save-chart", "u", save_chart_action},
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_train_page_dispose;
  widget_class->map = likeness_train_page_map;

  g_type_ensure (LIKENESS_TYPE_TRAIN_LIVE);
  g_type_ensure (LIKENESS_TYPE_TRAIN_SETUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-train-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainPage, setup);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainPage, live);
  gtk_widget_class_bind_template_callback (widget_class, update);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].type,
                                     actions[i].activate);
}

static void
likeness_train_page_init (LikenessTrainPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_train_page_set_session (LikenessTrainPage *self, LikenessSession *session)
{
  g_set_object (&self->session, session);
  g_set_object (&self->training, likeness_session_get_training (session));
  likeness_train_setup_set_session (self->setup, session);
  likeness_train_live_set_training (self->live, self->training);
  g_signal_connect_object (session, "notify::training-folder", G_CALLBACK (look), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (likeness_session_get_loader (session), "notify::dataset",
                           G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->training, "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
