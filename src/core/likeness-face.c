/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-face.h"

#include "likeness-display-name.h"

struct _LikenessFace
{
  GObject parent_instance;

  /* Owned; shared between the faces of a folder but for the name. */
  GRefString *subject;
  GRefString *directory;
  GRefString *low_directory;
  char *name;

  /* Narrow: there may be a million faces. */
  guint8 split;
  guint8 pin;
  guint8 flags;
  guint8 excluded;
};

enum
{
  PROP_0,
  PROP_SUBJECT,
  PROP_NAME,
  PROP_SPLIT,
  PROP_HAS_PARTNER,
  PROP_IN_BOTH_SPLITS,
  PROP_FLAGS,
  PROP_PIN,
  PROP_EXCLUDED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (LikenessFace, likeness_face, G_TYPE_OBJECT)

static void
likeness_face_finalize (GObject *object)
{
  LikenessFace *self = LIKENESS_FACE (object);

  g_clear_pointer (&self->subject, g_ref_string_release);
  g_clear_pointer (&self->directory, g_ref_string_release);
  g_clear_pointer (&self->low_directory, g_ref_string_release);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (likeness_face_parent_class)->finalize (object);
}

static void
likeness_face_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LikenessFace *self = LIKENESS_FACE (object);

  switch (id)
    {
    case PROP_SUBJECT:
      g_value_take_string (value,
                           likeness_display_name (likeness_face_get_subject (self)));
      break;
    case PROP_NAME:
      g_value_take_string (value, likeness_display_name (likeness_face_get_name (self)));
      break;
    case PROP_SPLIT:
      g_value_set_static_string (
          value, likeness_split_to_string (likeness_face_get_split (self)));
      break;
    case PROP_HAS_PARTNER:
      g_value_set_boolean (value, likeness_face_get_has_partner (self));
      break;
    case PROP_IN_BOTH_SPLITS:
      g_value_set_boolean (value, likeness_face_get_in_both_splits (self));
      break;
    case PROP_FLAGS:
      g_value_set_uint (value, likeness_face_get_flags (self));
      break;
    case PROP_PIN:
      g_value_set_uint (value, likeness_face_get_pin (self));
      break;
    case PROP_EXCLUDED:
      g_value_set_boolean (value, likeness_face_get_excluded (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
likeness_face_class_init (LikenessFaceClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = likeness_face_finalize;
  object_class->get_property = likeness_face_get_property;

  properties[PROP_SUBJECT] = g_param_spec_string ("subject", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_SPLIT] = g_param_spec_string ("split", NULL, NULL, "none", flags);
  properties[PROP_HAS_PARTNER]
      = g_param_spec_boolean ("has-partner", NULL, NULL, FALSE, flags);
  properties[PROP_IN_BOTH_SPLITS]
      = g_param_spec_boolean ("in-both-splits", NULL, NULL, FALSE, flags);
  properties[PROP_FLAGS]
      = g_param_spec_uint ("flags", NULL, NULL, 0, G_MAXUINT8, 0, flags);
  properties[PROP_PIN]
      = g_param_spec_uint ("pin", NULL, NULL, 0, LIKENESS_PIN_OUT, 0, flags);
  properties[PROP_EXCLUDED] = g_param_spec_boolean ("excluded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
likeness_face_init (LikenessFace *self)
{
}

LikenessFace *
likeness_face_new (GRefString *subject,
                   LikenessSplit split,
                   GRefString *directory,
                   GRefString *low_directory,
                   const char *name)
{
  LikenessFace *self = g_object_new (LIKENESS_TYPE_FACE, NULL);

  self->subject = g_ref_string_acquire (subject);
  self->split = split;
  self->directory = g_ref_string_acquire (directory);
  if (low_directory != NULL)
    self->low_directory = g_ref_string_acquire (low_directory);
  self->name = g_strdup (name);
  return self;
}

const char *
likeness_face_get_subject (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), NULL);
  return self->subject;
}

const char *
likeness_face_get_name (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), NULL);
  return self->name;
}

LikenessSplit
likeness_face_get_split (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), LIKENESS_SPLIT_NONE);
  return self->split;
}

gboolean
likeness_face_get_has_partner (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), FALSE);
  return self->low_directory != NULL;
}

gboolean
likeness_face_get_in_both_splits (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), FALSE);
  return (self->flags & LIKENESS_FLAG_BOTH_SPLITS) != 0;
}

void
likeness_face_set_in_both_splits (LikenessFace *self, gboolean in_both_splits)
{
  g_return_if_fail (LIKENESS_IS_FACE (self));

  if (likeness_face_get_in_both_splits (self) == !!in_both_splits)
    return;
  likeness_face_set_flags (self, self->flags ^ LIKENESS_FLAG_BOTH_SPLITS);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_BOTH_SPLITS]);
}

LikenessFlags
likeness_face_get_flags (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), LIKENESS_FLAG_NONE);
  return self->flags;
}

void
likeness_face_set_flags (LikenessFace *self, LikenessFlags flags)
{
  g_return_if_fail (LIKENESS_IS_FACE (self));

  if (self->flags == flags)
    return;
  self->flags = flags;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLAGS]);
}

LikenessPin
likeness_face_get_pin (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), LIKENESS_PIN_NONE);
  return self->pin;
}

void
likeness_face_set_pin (LikenessFace *self, LikenessPin pin)
{
  g_return_if_fail (LIKENESS_IS_FACE (self));

  if (self->pin == pin)
    return;
  self->pin = pin;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PIN]);
}

gboolean
likeness_face_get_excluded (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), FALSE);
  return self->excluded;
}

void
likeness_face_set_excluded (LikenessFace *self, gboolean excluded)
{
  g_return_if_fail (LIKENESS_IS_FACE (self));

  if (self->excluded == !!excluded)
    return;
  self->excluded = !!excluded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXCLUDED]);
}

const char *
likeness_face_get_directory (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), NULL);
  return self->directory;
}

const char *
likeness_face_get_low_directory (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), NULL);
  return self->low_directory;
}

char *
likeness_face_dup_path (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), NULL);
  return g_build_filename (self->directory, self->name, NULL);
}

char *
likeness_face_dup_low_path (LikenessFace *self)
{
  g_return_val_if_fail (LIKENESS_IS_FACE (self), NULL);
  if (self->low_directory == NULL)
    return NULL;
  return g_build_filename (self->low_directory, self->name, NULL);
}
