/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-settings.h"

#include <glib/gi18n.h>

#include "likeness-train-key-row.h"
#include "likeness-train-program-row.h"

/* Keys that have a row of their own. */
static const char *const left_out[] = {"preset", "device", "super_resolution", NULL};

struct _LikenessTrainSettings
{
  AdwExpanderRow parent_instance;

  /* Template widgets */
  GtkButton *reset_button;

  /* Owned */
  GPtrArray *rows;                      /* LikenessTrainKeyRow, owned by the expander */
  LikenessTrainProgramRow *program_row; /* likewise */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTrainSettings,
                     likeness_train_settings,
                     ADW_TYPE_EXPANDER_ROW)

static guint
count_touched (LikenessTrainSettings *self)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += likeness_train_key_row_get_touched (g_ptr_array_index (self->rows, i)) ? 1 : 0;
  if (likeness_train_file_row_get_path (LIKENESS_TRAIN_FILE_ROW (self->program_row))
      != NULL)
    n++;
  return n;
}

static void
update_title (LikenessTrainSettings *self)
{
  guint n = count_touched (self);
  g_autofree char *text = NULL;

  if (n > 0)
    text = g_strdup_printf (ngettext ("%u was changed", "%u were changed", n), n);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                 n > 0 ? text : _ ("As the preset has them"));
  gtk_widget_set_visible (GTK_WIDGET (self->reset_button), n > 0);
}

static void
changed_cb (LikenessTrainSettings *self)
{
  update_title (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
reset_cb (LikenessTrainSettings *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    likeness_train_key_row_reset (g_ptr_array_index (self->rows, i));
  likeness_train_program_row_reset (self->program_row);
  changed_cb (self);
}

static void
likeness_train_settings_finalize (GObject *object)
{
  g_ptr_array_unref (LIKENESS_TRAIN_SETTINGS (object)->rows);

  G_OBJECT_CLASS (likeness_train_settings_parent_class)->finalize (object);
}

static void
likeness_train_settings_class_init (LikenessTrainSettingsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = likeness_train_settings_finalize;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_SETTINGS, G_SIGNAL_RUN_LAST, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-train-settings.ui");
  gtk_widget_class_bind_template_child (widget_class, LikenessTrainSettings,
                                        reset_button);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
likeness_train_settings_init (LikenessTrainSettings *self)
{
  guint n_keys;
  const LikenessKey *keys = likeness_run_config_get_keys (&n_keys);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n_keys; i++)
    {
      GtkWidget *row = NULL;

      if (g_strv_contains (left_out, keys[i].name))
        continue;
      row = likeness_train_key_row_new (&keys[i]);
      g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->rows, row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
  self->program_row = LIKENESS_TRAIN_PROGRAM_ROW (likeness_train_program_row_new ());
  g_signal_connect_object (self->program_row, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->program_row));
  update_title (self);
}

gboolean
likeness_train_settings_get_valid (LikenessTrainSettings *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (!likeness_train_key_row_get_valid (g_ptr_array_index (self->rows, i)))
      return FALSE;
  return likeness_train_file_row_get_valid (LIKENESS_TRAIN_FILE_ROW (self->program_row));
}

void
likeness_train_settings_show (LikenessTrainSettings *self,
                              const LikenessRunConfig *config)
{
  for (guint i = 0; i < self->rows->len; i++)
    likeness_train_key_row_show (g_ptr_array_index (self->rows, i), config);
}

void
likeness_train_settings_apply (LikenessTrainSettings *self, LikenessRunConfig *config)
{
  for (guint i = 0; i < self->rows->len; i++)
    likeness_train_key_row_apply (g_ptr_array_index (self->rows, i), config);
  likeness_train_program_row_apply (self->program_row, config);
}
