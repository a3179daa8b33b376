/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-subject.h"

#include <math.h>

#include "likeness-display-name.h"

struct _LikenessSubject
{
  GObject parent_instance;

  /* Owned */
  GRefString *id;
  char *name;
  GPtrArray *faces;

  guint n_in_split[LIKENESS_N_SPLITS];
  guint skipped_splits;
  LikenessFlags flags;
  LikenessImageQuality quality;
  gboolean excluded;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_N_FACES,
  PROP_N_TRAIN,
  PROP_N_VAL,
  PROP_N_TEST,
  PROP_N_NONE,
  PROP_EXCLUDED,
  PROP_FLAGS,
  PROP_PSNR,
  PROP_SSIM,
  PROP_FIRST_FACE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return LIKENESS_TYPE_FACE;
}

static guint
get_n_items (GListModel *model)
{
  return likeness_subject_get_n_faces (LIKENESS_SUBJECT (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  LikenessFace *face = likeness_subject_get_face (LIKENESS_SUBJECT (model), position);

  return face != NULL ? g_object_ref (face) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LikenessSubject,
                               likeness_subject,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
likeness_subject_finalize (GObject *object)
{
  LikenessSubject *self = LIKENESS_SUBJECT (object);

  g_clear_pointer (&self->id, g_ref_string_release);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->faces, g_ptr_array_unref);

  G_OBJECT_CLASS (likeness_subject_parent_class)->finalize (object);
}

static void
likeness_subject_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  LikenessSubject *self = LIKENESS_SUBJECT (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, likeness_subject_get_name (self));
      break;
    case PROP_N_FACES:
      g_value_set_uint (value, likeness_subject_get_n_faces (self));
      break;
    case PROP_N_TRAIN:
      g_value_set_uint (value,
                        likeness_subject_get_n_in_split (self, LIKENESS_SPLIT_TRAIN));
      break;
    case PROP_N_VAL:
      g_value_set_uint (value,
                        likeness_subject_get_n_in_split (self, LIKENESS_SPLIT_VAL));
      break;
    case PROP_N_TEST:
      g_value_set_uint (value,
                        likeness_subject_get_n_in_split (self, LIKENESS_SPLIT_TEST));
      break;
    case PROP_N_NONE:
      g_value_set_uint (value,
                        likeness_subject_get_n_in_split (self, LIKENESS_SPLIT_NONE));
      break;
    case PROP_PSNR:
      g_value_set_double (value, self->quality.psnr);
      break;
    case PROP_SSIM:
      g_value_set_double (value, self->quality.ssim);
      break;
    case PROP_EXCLUDED:
      g_value_set_boolean (value, likeness_subject_get_excluded (self));
      break;
    case PROP_FLAGS:
      g_value_set_uint (value, likeness_subject_get_flags (self));
      break;
    case PROP_FIRST_FACE:
      g_value_set_object (value, likeness_subject_get_face (self, 0));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
likeness_subject_set_property (GObject *object,
                               guint id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  LikenessSubject *self = LIKENESS_SUBJECT (object);

  switch (id)
    {
    case PROP_EXCLUDED:
      likeness_subject_set_excluded (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
likeness_subject_class_init (LikenessSubjectClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  static const char *const counts[N_PROPS] = {
      [PROP_N_FACES] = "n-faces", [PROP_N_TRAIN] = "n-train", [PROP_N_VAL] = "n-val",
      [PROP_N_TEST] = "n-test",   [PROP_N_NONE] = "n-none",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = likeness_subject_finalize;
  object_class->get_property = likeness_subject_get_property;
  object_class->set_property = likeness_subject_set_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  for (guint id = PROP_N_FACES; id <= PROP_N_NONE; id++)
    properties[id] = g_param_spec_uint (counts[id], NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_EXCLUDED] = g_param_spec_boolean (
      "excluded", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_FLAGS]
      = g_param_spec_uint ("flags", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PSNR]
      = g_param_spec_double ("psnr", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
  properties[PROP_SSIM] = g_param_spec_double ("ssim", NULL, NULL, -1, 1, 0, flags);
  properties[PROP_FIRST_FACE]
      = g_param_spec_object ("first-face", NULL, NULL, LIKENESS_TYPE_FACE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
likeness_subject_init (LikenessSubject *self)
{
  self->quality = (LikenessImageQuality){NAN, NAN};
}

LikenessSubject *
likeness_subject_new (GRefString *id, GPtrArray *faces)
{
  LikenessSubject *self = g_object_new (LIKENESS_TYPE_SUBJECT, NULL);

  self->id = g_ref_string_acquire (id);
  self->name = likeness_display_name (id);
  self->faces = faces;
  g_ptr_array_set_free_func (faces, g_object_unref);
  for (guint i = 0; i < faces->len; i++)
    {
      self->n_in_split[likeness_face_get_split (g_ptr_array_index (faces, i))]++;
      self->flags |= likeness_face_get_flags (g_ptr_array_index (faces, i));
    }
  return self;
}

const char *
likeness_subject_get_id (LikenessSubject *self)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), NULL);
  return self->id;
}

const char *
likeness_subject_get_name (LikenessSubject *self)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), NULL);
  return self->name;
}

guint
likeness_subject_get_n_faces (LikenessSubject *self)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), 0);
  return self->faces->len;
}

guint
likeness_subject_get_n_in_split (LikenessSubject *self, LikenessSplit split)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), 0);
  g_return_val_if_fail (split < LIKENESS_N_SPLITS, 0);
  return self->n_in_split[split];
}

LikenessFace *
likeness_subject_get_face (LikenessSubject *self, guint position)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), NULL);
  return position < self->faces->len ? g_ptr_array_index (self->faces, position) : NULL;
}

LikenessFlags
likeness_subject_get_flags (LikenessSubject *self)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), LIKENESS_FLAG_NONE);
  return self->flags;
}

void
likeness_subject_set_flags (LikenessSubject *self, LikenessFlags flags)
{
  g_return_if_fail (LIKENESS_IS_SUBJECT (self));

  if (self->flags == flags)
    return;
  self->flags = flags;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLAGS]);
}

guint
likeness_subject_get_skipped_splits (LikenessSubject *self)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), 0);
  return self->skipped_splits;
}

void
likeness_subject_set_skipped_splits (LikenessSubject *self, guint splits)
{
  g_return_if_fail (LIKENESS_IS_SUBJECT (self));
  self->skipped_splits = splits;
  if (splits != 0)
    self->flags |= LIKENESS_FLAG_UNREADABLE;
}

LikenessImageQuality
likeness_subject_get_quality (LikenessSubject *self)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), ((LikenessImageQuality){NAN, NAN}));
  return self->quality;
}

void
likeness_subject_set_quality (LikenessSubject *self, LikenessImageQuality quality)
{
  g_return_if_fail (LIKENESS_IS_SUBJECT (self));

  self->quality = quality;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PSNR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SSIM]);
}

gboolean
likeness_subject_get_excluded (LikenessSubject *self)
{
  g_return_val_if_fail (LIKENESS_IS_SUBJECT (self), FALSE);
  return self->excluded;
}

void
likeness_subject_set_excluded (LikenessSubject *self, gboolean excluded)
{
  g_return_if_fail (LIKENESS_IS_SUBJECT (self));

  excluded = !!excluded;
  if (self->excluded == excluded)
    return;
  self->excluded = excluded;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EXCLUDED]);
}
