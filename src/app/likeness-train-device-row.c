/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-train-device-row.h"

#include <glib/gi18n.h>

#include "likeness-torch.h"
#include "likeness-train-row.h"

struct _LikenessTrainDeviceRow
{
  AdwComboRow parent_instance;

  /* Owned */
  char *wanted;
  char *device; /* of the selected item */
  LikenessTorchProbe *probe;
  GCancellable *looking;
  gboolean filling; /* the list is set by the program */
  gboolean chosen;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTrainDeviceRow,
                     likeness_train_device_row,
                     ADW_TYPE_COMBO_ROW)

static const LikenessTorchDevice *
get_selected (LikenessTrainDeviceRow *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (self->probe == NULL || selected >= self->probe->n_devices)
    return NULL;
  return &self->probe->devices[selected];
}

static char *
describe (LikenessTrainDeviceRow *self, const LikenessTorchDevice *device)
{
  g_autofree char *free_bytes = g_format_size (device->memory_free);
  g_autofree char *all_bytes = g_format_size (device->memory_total);

  if (device->index >= 0)
    /* Translators: free memory and all memory of a device */
    return g_strdup_printf (_ ("%s of %s free"), free_bytes, all_bytes);
  if (*self->probe->cuda_missing == '\0')
    /* Translators: name, free memory and all memory of a processor */
    return g_strdup_printf (_ ("%s, %s of %s free"), device->name, free_bytes, all_bytes);
  /* Translators: the same, then a sentence why no GPU can be used */
  return g_strdup_printf (_ ("%s, %s of %s free. %s"), device->name, free_bytes,
                          all_bytes, self->probe->cuda_missing);
}

static void
show_selected (LikenessTrainDeviceRow *self)
{
  const LikenessTorchDevice *device = get_selected (self);
  g_autofree char *text = NULL;

  if (device == NULL)
    return;
  text = describe (self, device);
  g_free (self->device);
  self->device
      = device->index < 0 ? g_strdup ("cpu") : g_strdup_printf ("cuda:%d", device->index);
  likeness_train_row_say (ADW_ACTION_ROW (self), text, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
selected_cb (LikenessTrainDeviceRow *self)
{
  if (self->filling)
    return;
  self->chosen = TRUE;
  show_selected (self);
}

/* The wanted device, or where it is not there, the first GPU, or the processor. */
static guint
choose (LikenessTrainDeviceRow *self)
{
  guint chosen = 0;

  for (guint i = self->probe->n_devices; i-- > 0;)
    {
      const LikenessTorchDevice *device = &self->probe->devices[i];
      g_autofree char *name = device->index < 0
                                  ? g_strdup ("cpu")
                                  : g_strdup_printf ("cuda:%d", device->index);

      if (g_str_equal (name, self->wanted))
        return i;
      if (device->index >= 0)
        chosen = i;
    }
  return chosen;
}

static void
fill (LikenessTrainDeviceRow *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->probe->n_devices; i++)
    /* A processor's name is long and says little: it stands below. */
    gtk_string_list_append (names, self->probe->devices[i].index < 0
                                       ? _ ("CPU")
                                       : self->probe->devices[i].name);
  self->filling = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (names));
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), choose (self));
  self->filling = FALSE;
  show_selected (self);
}

static void
look_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  g_autofree LikenessTorchProbe *probe = g_new0 (LikenessTorchProbe, 1);
  GError *error = NULL;
  const LikenessTorch *torch = likeness_torch_load (&error);

  if (torch != NULL && torch->probe (probe, &error))
    g_task_return_pointer (task, g_steal_pointer (&probe), g_free);
  else
    g_task_return_error (task, error);
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LikenessTrainDeviceRow) self = user_data;
  g_autoptr (GError) error = NULL;
  LikenessTorchProbe *probe = g_task_propagate_pointer (G_TASK (result), &error);

  if (self->looking == NULL)
    {
      g_free (probe);
      return;
    }
  g_clear_object (&self->looking);
  if (probe == NULL)
    {
      likeness_train_row_say (ADW_ACTION_ROW (self), error->message, TRUE);
      g_signal_emit (self, signals[CHANGED], 0);
      return;
    }
  self->probe = probe;
  fill (self);
}

static void
likeness_train_device_row_dispose (GObject *object)
{
  LikenessTrainDeviceRow *self = LIKENESS_TRAIN_DEVICE_ROW (object);

  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);

  G_OBJECT_CLASS (likeness_train_device_row_parent_class)->dispose (object);
}

static void
likeness_train_device_row_finalize (GObject *object)
{
  LikenessTrainDeviceRow *self = LIKENESS_TRAIN_DEVICE_ROW (object);

  g_free (self->wanted);
  g_free (self->device);
  g_free (self->probe);

  G_OBJECT_CLASS (likeness_train_device_row_parent_class)->finalize (object);
}

static void
likeness_train_device_row_class_init (LikenessTrainDeviceRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = likeness_train_device_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = likeness_train_device_row_finalize;

  signals[CHANGED]
      = g_signal_new ("changed", LIKENESS_TYPE_TRAIN_DEVICE_ROW, G_SIGNAL_RUN_LAST, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
likeness_train_device_row_init (LikenessTrainDeviceRow *self)
{
  self->wanted = g_strdup ("auto");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  g_signal_connect (self, "notify::selected", G_CALLBACK (selected_cb), NULL);
}

void
likeness_train_device_row_look (LikenessTrainDeviceRow *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->probe != NULL || self->looking != NULL)
    return;
  self->looking = g_cancellable_new ();
  likeness_train_row_say (ADW_ACTION_ROW (self), _ ("Looking for devices…"), FALSE);
  task = g_task_new (NULL, self->looking, look_cb, g_object_ref (self));
  g_task_run_in_thread (task, look_thread);
}

const char *
likeness_train_device_row_get_device (LikenessTrainDeviceRow *self)
{
  return self->device != NULL ? self->device : self->wanted;
}

void
likeness_train_device_row_set_device (LikenessTrainDeviceRow *self, const char *device)
{
  g_free (self->wanted);
  self->wanted = g_str_equal (device, "cuda") ? g_strdup ("cuda:0") : g_strdup (device);
  if (self->probe != NULL)
    fill (self);
}

gboolean
likeness_train_device_row_get_chosen (LikenessTrainDeviceRow *self)
{
  return self->chosen;
}

gboolean
likeness_train_device_row_get_valid (LikenessTrainDeviceRow *self)
{
  return get_selected (self) != NULL;
}
