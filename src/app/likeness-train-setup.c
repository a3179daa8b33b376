/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-setup.h"

#include <glib/gi18n.h>

#include "likeness-format.h"
#include "likeness-settings.h"
#include "likeness-train-device-row.h"
#include "likeness-train-row.h"
#include "likeness-train-settings.h"
#include "likeness-train-weights-row.h"
#include "likeness-trainer.h"
#include "likeness-variant.h"

/* Items of the list of beginnings. */
enum
{
  BEGIN_WITH_FILE,
  BEGIN_FROM_SCRATCH,
};

struct _LikenessTrainSetup
{
  AdwBin parent_instance;

  /* Template widgets */
  LikenessTrainFolderRow *folder_row;
  AdwActionRow *notice_row;
  AdwComboRow *begin_row;
  LikenessTrainWeightsRow *weights_row;
  AdwComboRow *size_row;
  GtkCheckButton *quick_check;
  LikenessTrainDeviceRow *device_row;
  LikenessTrainSettings *settings_row;
  GtkLabel *summary_label;
  GtkLabel *problem_label;

  /* Owned */
  GSettings *settings;
  gboolean restored;
  gboolean updating;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTrainSetup, likeness_train_setup, ADW_TYPE_BIN)

static gboolean
is_from_scratch (LikenessTrainSetup *self)
{
  return adw_combo_row_get_selected (self->begin_row) == BEGIN_FROM_SCRATCH;
}

/* Whether the network is shown something else than the best image there is. */
static gboolean
is_shown_worse (LikenessTrainSetup *self, const LikenessRunConfig *config)
{
  LikenessDataset *dataset = likeness_train_folder_row_get_dataset (self->folder_row);

  if (config->input == LIKENESS_INPUT_AUTO)
    return dataset != NULL && likeness_dataset_get_has_pairs (dataset);
  return config->input != LIKENESS_INPUT_HIGH;
}

/* What "the default for this data" means, once it is known. */
static void
resolve (LikenessTrainSetup *self,
         LikenessRunConfig *config,
         const LikenessRunConfig *turned)
{
  LikenessDataset *dataset = likeness_train_folder_row_get_dataset (self->folder_row);

  likeness_trainer_resolve_config (
      config, is_shown_worse (self, turned),
      dataset != NULL ? likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN).faces
                      : 0);
}

/* The preset for what is chosen, before anybody turned a knob. */
static LikenessRunConfig *
make_usual (LikenessTrainSetup *self)
{
  LikenessRunConfig *config = likeness_run_config_new ();
  g_autoptr (LikenessRunConfig) turned = NULL;
  guint n_variants;
  const LikenessVariant *variants = likeness_variant_get_all (&n_variants);
  guint size = adw_combo_row_get_selected (self->size_row);
  const char *weights
      = likeness_train_file_row_get_path (LIKENESS_TRAIN_FILE_ROW (self->weights_row));

  if (is_from_scratch (self))
    likeness_run_config_set (config, "from_scratch",
                             variants[size < n_variants ? size : 0].short_name, NULL);
  else if (weights != NULL)
    likeness_run_config_set (config, "edgeface", weights, NULL);
  likeness_run_config_set (
      config, "preset",
      gtk_check_button_get_active (self->quick_check) ? "quick" : "proper", NULL);
  config->data = g_strdup (likeness_train_folder_row_get_folder (self->folder_row));
  g_free (config->device);
  config->device = g_strdup (likeness_train_device_row_get_device (self->device_row));

  turned = likeness_run_config_copy (config);
  likeness_train_settings_apply (self->settings_row, turned);
  resolve (self, config, turned);
  return config;
}

/* Why a run cannot start, or NULL. */
static const char *
get_problem (LikenessTrainSetup *self)
{
  LikenessTrainFolderState state = likeness_train_folder_row_get_state (self->folder_row);

  if (state == LIKENESS_TRAIN_FOLDER_READING)
    return _ ("Looking at the faces…");
  if (state != LIKENESS_TRAIN_FOLDER_READY)
    return _ ("Choose a folder of faces that is split");
  if (!is_from_scratch (self)
      && !likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->weights_row)))
    return _ ("Choose the weights to begin with");
  if (!likeness_train_settings_get_valid (self->settings_row))
    return _ ("One of the settings cannot be used");
  if (!likeness_train_device_row_get_valid (self->device_row))
    return _ ("There is no device to train on yet");
  return NULL;
}

static void
update_notice (LikenessTrainSetup *self)
{
  LikenessDataset *dataset = likeness_train_folder_row_get_dataset (self->folder_row);
  gboolean ready = likeness_train_folder_row_get_state (self->folder_row)
                   == LIKENESS_TRAIN_FOLDER_READY;
  LikenessStructure structure
      = ready ? likeness_dataset_get_structure (dataset) : LIKENESS_STRUCTURE_CLOSED_SET;

  gtk_widget_set_visible (GTK_WIDGET (self->notice_row),
                          structure == LIKENESS_STRUCTURE_DISJOINT
                              || structure == LIKENESS_STRUCTURE_MIXED);
  if (structure == LIKENESS_STRUCTURE_DISJOINT)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notice_row),
                                     _ ("Accuracy will be undefined"));
      likeness_train_row_say (
          self->notice_row,
          _ ("Nobody in val is in train, so nobody in val is among the people that are "
             "learnt. Similarity is watched instead."),
          FALSE);
    }
  else if (structure == LIKENESS_STRUCTURE_MIXED)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->notice_row),
                                     _ ("Accuracy will be too low"));
      likeness_train_row_say (
          self->notice_row,
          _ ("Some people in val are not in train: they cannot be recognised."), FALSE);
    }
}

static void
update_summary (LikenessTrainSetup *self, const LikenessRunConfig *config)
{
  LikenessDataset *dataset = likeness_train_folder_row_get_dataset (self->folder_row);
  const char *problem = get_problem (self);
  guint epochs = config->epochs_head + config->epochs_all;
  g_autofree char *faces = NULL;
  g_autofree char *text = NULL;

  if (dataset != NULL)
    {
      guint n = likeness_dataset_get_count (dataset, LIKENESS_SPLIT_TRAIN).faces;

      faces = likeness_format_faces (n);
      /* Translators: epochs, then "576 faces", then how many go into one step */
      text = g_strdup_printf (ngettext ("%u epoch of %s, %u at a time",
                                        "%u epochs of %s, %u at a time", epochs),
                              epochs, faces, MIN (n, config->batch));
    }
  gtk_label_set_label (self->summary_label, text != NULL ? text : "");
  gtk_label_set_label (self->problem_label,
                       problem != NULL ? problem : _ ("Ready. Ctrl+Enter starts."));
}

static void
update (LikenessTrainSetup *self)
{
  g_autoptr (LikenessRunConfig) config = NULL;
  gboolean scratch = is_from_scratch (self);

  if (self->updating)
    return;
  self->updating = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->weights_row), !scratch);
  gtk_widget_set_visible (GTK_WIDGET (self->size_row), scratch);
  config = make_usual (self);
  likeness_train_settings_show (self->settings_row, config);
  likeness_train_settings_apply (self->settings_row, config);
  resolve (self, config, config);
  update_notice (self);
  update_summary (self, config);
  self->updating = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remember_cb (LikenessTrainSetup *self)
{
  const char *path
      = likeness_train_file_row_get_path (LIKENESS_TRAIN_FILE_ROW (self->weights_row));

  update (self);
  if (!self->restored || self->settings == NULL)
    return;
  if (is_from_scratch (self))
    g_settings_set (self->settings, "weights", "^ay", "");
  else if (likeness_train_file_row_get_valid (
               LIKENESS_TRAIN_FILE_ROW (self->weights_row)))
    g_settings_set (self->settings, "weights", "^ay", path);
}

static void
device_cb (LikenessTrainSetup *self)
{
  update (self);
  /* What was picked for somebody who did not choose stays open for the next time. */
  if (self->settings != NULL && likeness_train_device_row_get_chosen (self->device_row))
    g_settings_set_string (self->settings, "device",
                           likeness_train_device_row_get_device (self->device_row));
}

static void
fill_sizes (LikenessTrainSetup *self)
{
  g_autoptr (GtkStringList) sizes = gtk_string_list_new (NULL);
  guint n_variants;
  const LikenessVariant *variants = likeness_variant_get_all (&n_variants);

  for (guint i = 0; i < n_variants; i++)
    {
      double millions = (double)likeness_variant_count_parameters (&variants[i]) / 1e6;
      /* Translators: a network's name and size: "EdgeFace-XXS, 1.2 M parameters" */
      char *title
          = g_strdup_printf (_ ("%s, %.1f M parameters"), variants[i].title, millions);

      gtk_string_list_take (sizes, title);
    }
  adw_combo_row_set_model (self->size_row, G_LIST_MODEL (sizes));
}

static void
restore (LikenessTrainSetup *self)
{
  g_autofree char *weights = NULL;
  g_autofree char *device = NULL;

  if (self->settings != NULL)
    {
      g_settings_get (self->settings, "weights", "^ay", &weights);
      device = g_settings_get_string (self->settings, "device");
      likeness_train_device_row_set_device (self->device_row, device);
    }
  if (weights != NULL && *weights != '\0')
    likeness_train_weights_row_set_path (self->weights_row, weights);
  adw_combo_row_set_selected (self->begin_row, weights != NULL && *weights != '\0'
                                                   ? BEGIN_WITH_FILE
                                                   : BEGIN_FROM_SCRATCH);
  self->restored = TRUE;
}

static void
likeness_train_setup_dispose (GObject *object)
{
  g_clear_object (&LIKENESS_TRAIN_SETUP (object)->settings);

  G_OBJECT_CLASS (likeness_train_setup_parent_class)->dispose (object);
}

static void
likeness_train_setup_class_init (LikenessTrainSetupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_train_setup_dispose;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_SETUP, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (LIKENESS_TYPE_TRAIN_DEVICE_ROW);
  g_type_ensure (LIKENESS_TYPE_TRAIN_FOLDER_ROW);
  g_type_ensure (LIKENESS_TYPE_TRAIN_SETTINGS);
  g_type_ensure (LIKENESS_TYPE_TRAIN_WEIGHTS_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-train-setup.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, folder_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, notice_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, begin_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, weights_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, size_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, quick_check);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, device_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, settings_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, summary_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSetup, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, remember_cb);
  gtk_widget_class_bind_template_callback (widget_class, device_cb);
}

static void
likeness_train_setup_init (LikenessTrainSetup *self)
{
  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->settings = likeness_settings_new ();
  fill_sizes (self);
  self->updating = FALSE;
}

void
likeness_train_setup_set_session (LikenessTrainSetup *self, LikenessSession *session)
{
  likeness_train_folder_row_set_session (self->folder_row, session);
}

void
likeness_train_setup_look (LikenessTrainSetup *self)
{
  if (!self->restored)
    restore (self);
  likeness_train_folder_row_look (self->folder_row);
  likeness_train_file_row_retry (LIKENESS_TRAIN_FILE_ROW (self->weights_row));
  likeness_train_device_row_look (self->device_row);
  update (self);
}

LikenessTrainFolderState
likeness_train_setup_get_folder_state (LikenessTrainSetup *self)
{
  return likeness_train_folder_row_get_state (self->folder_row);
}

void
likeness_train_setup_choose_folder (LikenessTrainSetup *self)
{
  likeness_train_folder_row_choose (self->folder_row);
}

LikenessRunConfig *
likeness_train_setup_make_config (LikenessTrainSetup *self)
{
  LikenessRunConfig *config = NULL;

  if (get_problem (self) != NULL)
    return NULL;
  config = make_usual (self);
  likeness_train_settings_apply (self->settings_row, config);
  return config;
}
