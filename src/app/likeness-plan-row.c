/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-plan-row.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LikenessPlanRow
{
  GObject parent_instance;

  /* Owned */
  char *subject;
  char *name;
  char *change;
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
  PROP_CHANGE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessPlanRow, likeness_plan_row, G_TYPE_OBJECT)

static void
likeness_plan_row_finalize (GObject *object)
{
  LikenessPlanRow *self = LIKENESS_PLAN_ROW (object);

  g_free (self->subject);
  g_free (self->name);
  g_free (self->change);

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
    case PROP_CHANGE:
      g_value_set_string (value, self->change);
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
  properties[PROP_CHANGE] = g_param_spec_string ("change", NULL, NULL, "", flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
likeness_plan_row_init (LikenessPlanRow *self)
{
}

LikenessPlanRow *
likeness_plan_row_new (
    const char *subject, guint train, guint val, guint maximum, gboolean is_new)
{
  LikenessPlanRow *self = g_object_new (LIKENESS_TYPE_PLAN_ROW, NULL);

  self->subject = g_strdup (subject);
  self->name = g_filename_display_name (subject);
  self->change = g_strdup (is_new ? _ ("new") : "");
  self->train = train;
  self->val = val;
  self->maximum = maximum;
  return self;
}

static char *
describe_change (const LikenessPlanRow *self, guint train, guint val, guint n_moved)
{
  if (train != self->train)
    /* Translators: how many more or fewer faces: "+1 train" */
    return g_strdup_printf (_ ("%+d train"), (int)train - (int)self->train);
  if (val != self->val)
    return g_strdup_printf (_ ("%+d val"), (int)val - (int)self->val);
  if (n_moved > 0)
    return g_strdup_printf (ngettext ("%u moved", "%u moved", n_moved), n_moved);
  return g_strdup ("");
}

void
likeness_plan_row_update (
    LikenessPlanRow *self, guint train, guint val, guint maximum, guint n_moved)
{
  g_autofree char *change = describe_change (self, train, val, n_moved);
  gboolean changed = strcmp (change, self->change) != 0;
  gboolean has_counts = train == self->train && val == self->val;

  if (!changed && has_counts && maximum == self->maximum)
    return;
  g_free (self->change);
  self->change = g_steal_pointer (&change);
  self->train = train;
  self->val = val;
  self->maximum = maximum;
  for (guint i = PROP_TRAIN; i < N_PROPERTIES; i++)
    g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
}

const char *
likeness_plan_row_get_subject (LikenessPlanRow *self)
{
  return self->subject;
}
