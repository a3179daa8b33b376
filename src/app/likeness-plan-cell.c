/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-plan-cell.h"

#include "likeness-list-item.h"
#include "likeness-split-bar.h"

struct _LikenessPlanCell
{
  AdwBin parent_instance;

  /* Owned */
  GSignalGroup *signals; /* of the row */
};

enum
{
  PROP_ROW = 1,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessPlanCell, likeness_plan_cell, ADW_TYPE_BIN)

/* For a screen reader: "0007, 12 train, 3 val, +1 train". */
static void
update_label (LikenessPlanCell *self)
{
  g_autoptr (LikenessPlanRow) row = g_signal_group_dup_target (self->signals);
  g_autofree char *name = NULL;
  g_autofree char *summary = NULL;
  g_autofree char *change = NULL;
  g_autofree char *label = NULL;

  if (row == NULL)
    return;
  g_object_get (row, "name", &name, "summary", &summary, "change", &change, NULL);
  label = g_strdup_printf (*change != '\0' ? "%s, %s, %s" : "%s, %s", name, summary,
                           change);
  likeness_list_item_label (GTK_WIDGET (self), label);
}

static void
likeness_plan_cell_get_property (GObject *object,
                                 guint property_id,
                                 GValue *value,
                                 GParamSpec *pspec)
{
  LikenessPlanCell *self = LIKENESS_PLAN_CELL (object);

  switch (property_id)
    {
    case PROP_ROW:
      g_value_take_object (value, g_signal_group_dup_target (self->signals));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_plan_cell_set_property (GObject *object,
                                 guint property_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  LikenessPlanCell *self = LIKENESS_PLAN_CELL (object);

  switch (property_id)
    {
    case PROP_ROW:
      g_signal_group_set_target (self->signals, g_value_get_object (value));
      update_label (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_plan_cell_dispose (GObject *object)
{
  LikenessPlanCell *self = LIKENESS_PLAN_CELL (object);

  g_clear_object (&self->signals);

  G_OBJECT_CLASS (likeness_plan_cell_parent_class)->dispose (object);
}

static void
likeness_plan_cell_class_init (LikenessPlanCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = likeness_plan_cell_dispose;
  object_class->get_property = likeness_plan_cell_get_property;
  object_class->set_property = likeness_plan_cell_set_property;

  properties[PROP_ROW] = g_param_spec_object ("row", NULL, NULL, LIKENESS_TYPE_PLAN_ROW,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (LIKENESS_TYPE_SPLIT_BAR);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/likeness/Likeness/likeness-plan-cell.ui");
}

static void
likeness_plan_cell_init (LikenessPlanCell *self)
{
  self->signals = g_signal_group_new (LIKENESS_TYPE_PLAN_ROW);
  /* The last of what changes: likeness_plan_row_update(). */
  g_signal_group_connect_swapped (self->signals, "notify::change",
                                  G_CALLBACK (update_label), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
