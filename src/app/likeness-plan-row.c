/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-plan-row.h"

#include <glib/gi18n.h>

struct _LikenessPlanRow
{
  GObject parent_instance;

  /* Owned */
  char *name;
  guint train;
  guint val;
  guint maximum;
};

enum
{
  PROP_NAME = 1,
  PROP_TRAIN,
  PROP_VAL,
  PROP_MAXIMUM,
  PROP_SUMMARY,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessPlanRow, likeness_plan_row, G_TYPE_OBJECT)

static void
likeness_plan_row_finalize (GObject *object)
{
  g_free (LIKENESS_PLAN_ROW (object)->name);

  G_OBJECT_CLASS (likeness_plan_row_parent_class)->finalize (object);
}

static void
likeness_plan_row_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  LikenessPlanRow *self = LIKENESS_PLAN_ROW (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_TRAIN:
      g_value_set_uint (value, self->train);
      break;
    case PROP_VAL:
      g_value_set_uint (value, self->val);
      break;
    case PROP_MAXIMUM:
      g_value_set_uint (value, self->maximum);
      break;
    case PROP_SUMMARY:
      /* Translators: faces that go to training and to validation */
      g_value_take_string (
          value, g_strdup_printf (_ ("%'u train, %'u val"), self->train, self->val));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_plan_row_class_init (LikenessPlanRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = likeness_plan_row_finalize;
  object_class->get_property = likeness_plan_row_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_TRAIN]
      = g_param_spec_uint ("train", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_VAL] = g_param_spec_uint ("val", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_MAXIMUM]
      = g_param_spec_uint ("maximum", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
likeness_plan_row_init (LikenessPlanRow *self)
{
}

LikenessPlanRow *
likeness_plan_row_new (const char *subject, guint train, guint val, guint maximum)
{
  LikenessPlanRow *self = g_object_new (LIKENESS_TYPE_PLAN_ROW, NULL);

  self->name = g_filename_display_name (subject);
  self->train = train;
  self->val = val;
  self->maximum = maximum;
  return self;
}
