/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-reason.h"

struct _LikenessReason
{
  GObject parent_instance;

  /* Owned */
  char *name;
  char *reason;
};

enum
{
  PROP_NAME = 1,
  PROP_REASON,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (LikenessReason, likeness_reason, G_TYPE_OBJECT)

static void
likeness_reason_finalize (GObject *object)
{
  LikenessReason *self = LIKENESS_REASON (object);

  g_free (self->name);
  g_free (self->reason);

  G_OBJECT_CLASS (likeness_reason_parent_class)->finalize (object);
}

static void
likeness_reason_get_property (GObject *object,
                              guint property_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  LikenessReason *self = LIKENESS_REASON (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, likeness_reason_get_name (self));
      break;
    case PROP_REASON:
      g_value_set_string (value, likeness_reason_get_reason (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
likeness_reason_class_init (LikenessReasonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = likeness_reason_finalize;
  object_class->get_property = likeness_reason_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
likeness_reason_init (LikenessReason *self)
{
}

LikenessReason *
likeness_reason_new (const char *name, const char *reason)
{
  LikenessReason *self = g_object_new (LIKENESS_TYPE_REASON, NULL);

  self->name = g_filename_display_name (name);
  self->reason = g_strdup (reason);
  return self;
}

const char *
likeness_reason_get_name (LikenessReason *self)
{
  return self->name;
}

const char *
likeness_reason_get_reason (LikenessReason *self)
{
  return self->reason;
}
