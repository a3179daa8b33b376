/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-split-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-file-dialog.h"
#include "likeness-format.h"
#include "likeness-target-check.h"

struct _LikenessSplitOptions
{
  AdwBin parent_instance;

  /* Template widgets */
  AdwPreferencesRow *from_row;
  GtkCheckButton *train_check;
  GtkCheckButton *val_check;
  GtkCheckButton *test_check;
  GtkLabel *test_label;
  GtkSpinButton *minimum_spin;
  GtkSwitch *near_switch;
  GtkSpinButton *distance_spin;
  GtkSpinButton *ratio_spin;
  GtkSpinButton *seed_spin;
  AdwComboRow *layout_row;
  AdwComboRow *link_row;
  AdwActionRow *target_row;

  /* Owned */
  LikenessDataset *dataset;
  char *target;
  GCancellable *proposing;
  GtkFileChooserNative *chooser;
};

enum
{
  FACES_CHANGED,
  PLAN_CHANGED,
  TARGET_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessSplitOptions, likeness_split_options, ADW_TYPE_BIN)

/* What becomes of the people in test: the only check for new people. */
static void
update_test (LikenessSplitOptions *self)
{
  guint strangers = 0;
  guint known = 0;
  g_autofree char *text = NULL;
  g_autofree char *also = NULL;

  for (guint i = 0; i < likeness_dataset_get_n_subjects (self->dataset); i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (self->dataset, i);
      guint n_test = likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_TEST);

      strangers += n_test > 0 && n_test == likeness_subject_get_n_faces (subject);
      known += n_test > 0 && n_test < likeness_subject_get_n_faces (subject);
    }
  gtk_widget_remove_css_class (GTK_WIDGET (self->test_label), "warning");
  if (gtk_check_button_get_active (self->test_check) && strangers + known > 0)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->test_label), "warning");
      text = g_strdup (_ ("With test pooled too, nobody is left to check with whether "
                          "people outside of training are forgotten."));
    }
  else if (strangers > 0)
    text = g_strdup_printf (ngettext ("%'u person in test stays out, as a stranger.",
                                      "%'u people in test stay out, as strangers.",
                                      strangers),
                            strangers);
  if (known > 0 && !gtk_check_button_get_active (self->test_check))
    also = g_strdup_printf (
        ngettext ("%'u more in test stands in the pool too, and is no stranger.",
                  "%'u more in test stand in the pool too, and are no strangers.", known),
        known);
  if (text != NULL && also != NULL)
    {
      g_autofree char *both = g_strdup_printf ("%s %s", text, also);
      gtk_label_set_label (self->test_label, both);
    }
  else
    gtk_label_set_label (self->test_label, text != NULL   ? text
                                           : also != NULL ? also
                                                          : "");
  gtk_widget_set_visible (GTK_WIDGET (self->test_label), text != NULL || also != NULL);
}

static void
faces_cb (LikenessSplitOptions *self)
{
  if (self->dataset != NULL)
    update_test (self);
  g_signal_emit (self, signals[FACES_CHANGED], 0);
}

static void
plan_cb (LikenessSplitOptions *self)
{
  g_signal_emit (self, signals[PLAN_CHANGED], 0);
}

static void
target_cb (LikenessSplitOptions *self)
{
  if (self->target != NULL)
    g_signal_emit (self, signals[TARGET_CHANGED], 0);
}

static void
set_target (LikenessSplitOptions *self, const char *target)
{
  g_autofree char *shown = likeness_format_path (target);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  g_free (self->target);
  self->target = g_strdup (target);
  adw_action_row_set_subtitle (self->target_row, escaped);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->target_row), shown);
  target_cb (self);
}

static void
stop_proposing (LikenessSplitOptions *self)
{
  g_cancellable_cancel (self->proposing);
  g_clear_object (&self->proposing);
}

static void
chooser_cb (gpointer owner, const char *path)
{
  LikenessSplitOptions *self = LIKENESS_SPLIT_OPTIONS (owner);

  if (path == NULL)
    return;
  stop_proposing (self);
  set_target (self, path);
}

static void
choose_cb (LikenessSplitOptions *self)
{
  g_autofree char *folder = g_path_get_dirname (self->target);
  g_autofree char *name = g_filename_display_basename (self->target);
  const LikenessFileDialog dialog = {
      .title = _ ("Where to Put the Training Set"),
      .action = GTK_FILE_CHOOSER_ACTION_SAVE,
      .folder = folder,
      .name = name,
  };

  likeness_file_dialog_show (&self->chooser, GTK_WIDGET (self), &dialog, chooser_cb);
}

static void
likeness_split_options_dispose (GObject *object)
{
  LikenessSplitOptions *self = LIKENESS_SPLIT_OPTIONS (object);

  stop_proposing (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->dataset);
  g_clear_pointer (&self->target, g_free);

  G_OBJECT_CLASS (likeness_split_options_parent_class)->dispose (object);
}

static void
likeness_split_options_class_init (LikenessSplitOptionsClass *klass)
{
  static const char *const names[] = {"faces-changed", "plan-changed", "target-changed"};
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = likeness_split_options_dispose;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], LIKENESS_TYPE_SPLIT_OPTIONS, G_SIGNAL_RUN_LAST,
                               0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-split-options.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, from_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, train_check);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, val_check);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, test_check);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, test_label);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, minimum_spin);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, near_switch);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions,
                                        distance_spin);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, ratio_spin);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, seed_spin);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, layout_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, link_row);
  gtk_widget_class_bind_template_child (widget_class, LikenessSplitOptions, target_row);
  gtk_widget_class_bind_template_callback (widget_class, faces_cb);
  gtk_widget_class_bind_template_callback (widget_class, plan_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, target_cb);
}

static void
likeness_split_options_init (LikenessSplitOptions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
likeness_split_options_set_dataset (LikenessSplitOptions *self, LikenessDataset *dataset)
{
  g_autofree char *first = NULL;

  if (!g_set_object (&self->dataset, dataset) || dataset == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->from_row),
                          likeness_dataset_get_structure (dataset)
                              != LIKENESS_STRUCTURE_UNSPLIT);
  update_test (self);
  first = likeness_target_propose_first (likeness_dataset_get_root (dataset));
  set_target (self, first);
  likeness_split_options_propose_target (self);
}

static void
propose_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessSplitOptions) self = user_data;
  g_autofree char *target = likeness_target_propose_finish (result, NULL);

  if (target == NULL)
    return;
  g_clear_object (&self->proposing);
  if (strcmp (target, self->target) != 0)
    set_target (self, target);
}

void
likeness_split_options_propose_target (LikenessSplitOptions *self)
{
  stop_proposing (self);
  self->proposing = g_cancellable_new ();
  likeness_target_propose_async (likeness_dataset_get_root (self->dataset),
                                 self->proposing, propose_cb, g_object_ref (self));
}

guint
likeness_split_options_get_mask (LikenessSplitOptions *self)
{
  guint mask = 0;

  if (gtk_check_button_get_active (self->train_check))
    mask |= 1u << LIKENESS_SPLIT_TRAIN;
  if (gtk_check_button_get_active (self->val_check))
    mask |= 1u << LIKENESS_SPLIT_VAL;
  if (gtk_check_button_get_active (self->test_check))
    mask |= 1u << LIKENESS_SPLIT_TEST;
  return mask;
}

void
likeness_split_options_get_plan (LikenessSplitOptions *self, LikenessPlanOptions *options)
{
  likeness_plan_options_init (options);
  options->ratio = gtk_spin_button_get_value (self->ratio_spin) / 100;
  options->minimum = gtk_spin_button_get_value_as_int (self->minimum_spin);
  options->seed = (guint64)gtk_spin_button_get_value (self->seed_spin);
  options->keep_near_duplicates = gtk_switch_get_active (self->near_switch);
  options->near_distance = gtk_spin_button_get_value_as_int (self->distance_spin);
}

void
likeness_split_options_get_commit (LikenessSplitOptions *self,
                                   LikenessCommitOptions *options)
{
  *options = (LikenessCommitOptions){
      .target = self->target,
      .layout = adw_combo_row_get_selected (self->layout_row) == 0
                    ? likeness_dataset_get_layout (self->dataset)
                    : LIKENESS_LAYOUT_FOLDERS,
      .link = (LikenessLink)adw_combo_row_get_selected (self->link_row),
  };
}
