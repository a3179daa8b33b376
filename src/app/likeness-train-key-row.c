/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-key-row.h"

#include <glib/gi18n.h>

#include "likeness-train-row.h"

#define ENTRY_CHARS 9

struct _LikenessTrainKeyRow
{
  AdwActionRow parent_instance;

  /* Borrowed */
  const LikenessKey *key;
  GtkWidget *input; /* a GtkEntry, GtkSwitch or GtkDropDown */

  /* Owned */
  gboolean touched;
  gboolean showing; /* the value is set by the program */
  gboolean valid;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTrainKeyRow, likeness_train_key_row, ADW_TYPE_ACTION_ROW)

/* (transfer full): as likeness_run_config_set() reads it */
static char *
read_value (LikenessTrainKeyRow *self)
{
  if (GTK_IS_SWITCH (self->input))
    return g_strdup (gtk_switch_get_active (GTK_SWITCH (self->input)) ? "true" : "false");
  if (GTK_IS_DROP_DOWN (self->input))
    return g_strdup (
        self->key->choices[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->input))]);
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->input))));
}

static void
write_value (LikenessTrainKeyRow *self, const char *value)
{
  if (GTK_IS_SWITCH (self->input))
    gtk_switch_set_active (GTK_SWITCH (self->input), g_str_equal (value, "true"));
  else if (!GTK_IS_DROP_DOWN (self->input))
    gtk_editable_set_text (GTK_EDITABLE (self->input), value);
  else
    for (guint i = 0; self->key->choices[i] != NULL; i++)
      if (g_str_equal (self->key->choices[i], value))
        gtk_drop_down_set_selected (GTK_DROP_DOWN (self->input), i);
}

static void
say (LikenessTrainKeyRow *self, const char *text, gboolean wrong)
{
  likeness_train_row_say (ADW_ACTION_ROW (self), text, wrong);
  if (wrong)
    gtk_widget_add_css_class (self->input, "error");
  else
    gtk_widget_remove_css_class (self->input, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->input), GTK_ACCESSIBLE_STATE_INVALID,
      wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
check (LikenessTrainKeyRow *self)
{
  g_autoptr (LikenessRunConfig) trial = likeness_run_config_new ();
  g_autofree char *value = read_value (self);
  g_autoptr (GError) error = NULL;

  self->valid = likeness_run_config_set (trial, self->key->name, value, &error);
  say (self, self->valid ? _ (self->key->sentence) : error->message, !self->valid);
}

static void
input_cb (LikenessTrainKeyRow *self)
{
  if (self->showing)
    return;
  self->touched = TRUE;
  check (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_input (LikenessTrainKeyRow *self)
{
  const char *title = _ (self->key->title);

  if (self->key->type == LIKENESS_KEY_BOOLEAN)
    {
      self->input = gtk_switch_new ();
      g_signal_connect_object (self->input, "notify::active", G_CALLBACK (input_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else if (self->key->type == LIKENESS_KEY_CHOICE)
    {
      self->input = gtk_drop_down_new_from_strings (self->key->choices);
      g_signal_connect_object (self->input, "notify::selected", G_CALLBACK (input_cb),
                               self, G_CONNECT_SWAPPED);
    }
  else
    {
      self->input = gtk_entry_new ();
      gtk_editable_set_width_chars (GTK_EDITABLE (self->input), ENTRY_CHARS);
      gtk_editable_set_max_width_chars (GTK_EDITABLE (self->input), ENTRY_CHARS);
      gtk_editable_set_alignment (GTK_EDITABLE (self->input), 1);
      gtk_entry_set_activates_default (GTK_ENTRY (self->input), TRUE);
      gtk_widget_add_css_class (self->input, "numeric");
      g_signal_connect_object (self->input, "changed", G_CALLBACK (input_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_widget_set_valign (self->input, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->input),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->input);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->input);
}

static void
likeness_train_key_row_class_init (LikenessTrainKeyRowClass *klass)
{
  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_KEY_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);
}

static void
likeness_train_key_row_init (LikenessTrainKeyRow *self)
{
  self->valid = TRUE;
}

GtkWidget *
likeness_train_key_row_new (const LikenessKey *key)
{
  LikenessTrainKeyRow *self = g_object_new (LIKENESS_TYPE_TRAIN_KEY_ROW, NULL);

  self->key = key;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ (key->title));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  add_input (self);
  say (self, _ (key->sentence), FALSE);
  return GTK_WIDGET (self);
}

gboolean
likeness_train_key_row_get_touched (LikenessTrainKeyRow *self)
{
  return self->touched;
}

gboolean
likeness_train_key_row_get_valid (LikenessTrainKeyRow *self)
{
  return self->valid;
}

void
likeness_train_key_row_show (LikenessTrainKeyRow *self, const LikenessRunConfig *config)
{
  g_autofree char *value = likeness_run_config_get (config, self->key->name);

  if (self->touched)
    return;
  self->showing = TRUE;
  write_value (self, value);
  self->showing = FALSE;
  check (self);
}

void
likeness_train_key_row_apply (LikenessTrainKeyRow *self, LikenessRunConfig *config)
{
  g_autofree char *value = read_value (self);

  if (self->touched && self->valid)
    likeness_run_config_set (config, self->key->name, value, NULL);
}

void
likeness_train_key_row_reset (LikenessTrainKeyRow *self)
{
  self->touched = FALSE;
}
