/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-dataset.h"

#include <string.h>

#include "likeness-display-name.h"
#include "likeness-image.h"
#include "likeness-structure.h"

struct _LikenessDataset
{
  GObject parent_instance;

  /* Owned */
  char *root;
  GPtrArray *subjects;
  GPtrArray *unusable;
  GListStore *everyone; /* NULL: the same as the subjects */
  GPtrArray *skips;

  LikenessLayout layout;
  LikenessStructure structure;
  LikenessSplitCount counts[LIKENESS_N_SPLITS];
  guint n_faces;
  guint n_shared_subjects;
  guint n_shared_faces;
  gboolean has_pairs;
};

enum
{
  PROP_0,
  PROP_NAME,
  PROP_N_SUBJECTS,
  PROP_N_FACES,
  PROP_N_SKIPS,
  PROP_HAS_PAIRS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return LIKENESS_TYPE_SUBJECT;
}

static guint
get_n_items (GListModel *model)
{
  return likeness_dataset_get_n_subjects (LIKENESS_DATASET (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  LikenessSubject *subject
      = likeness_dataset_get_subject (LIKENESS_DATASET (model), position);

  return subject != NULL ? g_object_ref (subject) : NULL;
}

static void
list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = get_item_type;
  interface->get_n_items = get_n_items;
  interface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LikenessDataset,
                               likeness_dataset,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
likeness_dataset_finalize (GObject *object)
{
  LikenessDataset *self = LIKENESS_DATASET (object);

  g_clear_pointer (&self->root, g_free);
  g_clear_pointer (&self->subjects, g_ptr_array_unref);
  g_clear_pointer (&self->unusable, g_ptr_array_unref);
  g_clear_object (&self->everyone);
  g_clear_pointer (&self->skips, g_ptr_array_unref);

  G_OBJECT_CLASS (likeness_dataset_parent_class)->finalize (object);
}

static void
likeness_dataset_get_property (GObject *object,
                               guint id,
                               GValue *value,
                               GParamSpec *pspec)
{
  LikenessDataset *self = LIKENESS_DATASET (object);

  switch (id)
    {
    case PROP_NAME:
      {
        g_autofree char *base = g_path_get_basename (self->root);

        g_value_take_string (value, likeness_display_name (base));
        break;
      }
    case PROP_N_SUBJECTS:
      g_value_set_uint (value, likeness_dataset_get_n_subjects (self));
      break;
    case PROP_N_FACES:
      g_value_set_uint (value, likeness_dataset_get_n_faces (self));
      break;
    case PROP_N_SKIPS:
      g_value_set_uint (value, likeness_dataset_get_n_skips (self));
      break;
    case PROP_HAS_PAIRS:
      g_value_set_boolean (value, likeness_dataset_get_has_pairs (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
likeness_dataset_class_init (LikenessDatasetClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = likeness_dataset_finalize;
  object_class->get_property = likeness_dataset_get_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_N_SUBJECTS]
      = g_param_spec_uint ("n-subjects", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_FACES]
      = g_param_spec_uint ("n-faces", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_SKIPS]
      = g_param_spec_uint ("n-skips", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_HAS_PAIRS]
      = g_param_spec_boolean ("has-pairs", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
likeness_dataset_init (LikenessDataset *self)
{
}

static void
count_subject (LikenessDataset *self, LikenessSubject *subject)
{
  guint n_faces = likeness_subject_get_n_faces (subject);

  self->n_faces += n_faces;
  for (guint split = 0; split < LIKENESS_N_SPLITS; split++)
    {
      guint n = likeness_subject_get_n_in_split (subject, split);

      self->counts[split].faces += n;
      self->counts[split].subjects += n > 0;
    }
  if (likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_TRAIN) > 0
      && likeness_subject_get_n_in_split (subject, LIKENESS_SPLIT_VAL) > 0)
    self->n_shared_subjects++;
  for (guint i = 0; i < n_faces; i++)
    {
      LikenessFace *face = likeness_subject_get_face (subject, i);

      if (!likeness_face_get_has_partner (face))
        self->has_pairs = FALSE;
      if (likeness_face_get_split (face) == LIKENESS_SPLIT_VAL
          && likeness_face_get_in_both_splits (face))
        self->n_shared_faces++;
    }
}

static LikenessSubject *
find_subject (LikenessDataset *self, const char *id)
{
  guint low = 0, high = self->subjects->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      LikenessSubject *subject = g_ptr_array_index (self->subjects, middle);
      int order = strcmp (id, likeness_subject_get_id (subject));

      if (order == 0)
        return subject;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }
  return NULL;
}

/* By the rule that names a subject: its folder, or its files up to the first "_". */
static char *
name_subject (LikenessDataset *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);

  if (self->layout == LIKENESS_LAYOUT_FOLDERS)
    return g_path_get_basename (folder);
  return g_strndup (name, strcspn (name, "_"));
}

/* Whose files were skipped: what is wrong with a subject is to be seen at it. */
static void
mark_unreadable (LikenessDataset *self)
{
  for (guint i = 0; i < self->skips->len; i++)
    {
      const LikenessSkip *skip = g_ptr_array_index (self->skips, i);
      g_autofree char *id = NULL;
      LikenessSubject *subject = NULL;

      if (!likeness_image_is_picture_name (skip->path))
        continue;
      id = name_subject (self, skip->path);
      subject = find_subject (self, id);
      if (subject != NULL)
        likeness_subject_set_flags (subject, likeness_subject_get_flags (subject)
                                                 | LIKENESS_FLAG_UNREADABLE);
    }
}

static void
take_subjects (LikenessDataset *self, GPtrArray *everyone)
{
  self->subjects = g_ptr_array_new_full (everyone->len, g_object_unref);
  self->unusable = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < everyone->len; i++)
    {
      LikenessSubject *subject = g_ptr_array_index (everyone, i);

      g_ptr_array_add (likeness_subject_get_n_faces (subject) > 0 ? self->subjects
                                                                  : self->unusable,
                       subject);
    }
  if (self->unusable->len > 0)
    {
      self->everyone = g_list_store_new (LIKENESS_TYPE_SUBJECT);
      g_list_store_splice (self->everyone, 0, 0, everyone->pdata, everyone->len);
    }
  /* Each went to one of the two. */
  g_ptr_array_set_free_func (everyone, NULL);
  g_ptr_array_unref (everyone);
}

LikenessDataset *
likeness_dataset_new (const char *root,
                      LikenessLayout layout,
                      GPtrArray *subjects,
                      GPtrArray *skips)
{
  LikenessDataset *self = g_object_new (LIKENESS_TYPE_DATASET, NULL);

  self->root = g_strdup (root);
  self->layout = layout;
  take_subjects (self, subjects);
  self->skips = skips;
  g_ptr_array_set_free_func (skips, (GDestroyNotify)likeness_skip_free);

  self->has_pairs = self->subjects->len > 0;
  for (guint i = 0; i < self->subjects->len; i++)
    count_subject (self, g_ptr_array_index (self->subjects, i));
  mark_unreadable (self);
  self->structure = likeness_structure_decide (
      self->counts[LIKENESS_SPLIT_TRAIN].subjects,
      self->counts[LIKENESS_SPLIT_VAL].subjects, self->n_shared_subjects);
  return self;
}

const char *
likeness_dataset_get_root (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), NULL);
  return self->root;
}

LikenessLayout
likeness_dataset_get_layout (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), LIKENESS_LAYOUT_FLAT);
  return self->layout;
}

LikenessStructure
likeness_dataset_get_structure (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), LIKENESS_STRUCTURE_UNSPLIT);
  return self->structure;
}

guint
likeness_dataset_get_n_subjects (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), 0);
  return self->subjects->len;
}

guint
likeness_dataset_get_n_faces (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), 0);
  return self->n_faces;
}

guint
likeness_dataset_get_n_shared_subjects (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), 0);
  return self->n_shared_subjects;
}

guint
likeness_dataset_get_n_shared_faces (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), 0);
  return self->n_shared_faces;
}

LikenessSplitCount
likeness_dataset_get_count (LikenessDataset *self, LikenessSplit split)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), (LikenessSplitCount){0});
  g_return_val_if_fail (split < LIKENESS_N_SPLITS, (LikenessSplitCount){0});
  return self->counts[split];
}

LikenessSubject *
likeness_dataset_get_subject (LikenessDataset *self, guint position)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), NULL);
  return position < self->subjects->len ? g_ptr_array_index (self->subjects, position)
                                        : NULL;
}

guint
likeness_dataset_get_n_unusable (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), 0);
  return self->unusable->len;
}

LikenessSubject *
likeness_dataset_get_unusable (LikenessDataset *self, guint position)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), NULL);
  return position < self->unusable->len ? g_ptr_array_index (self->unusable, position)
                                        : NULL;
}

GListModel *
likeness_dataset_get_everyone (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), NULL);
  return self->everyone != NULL ? G_LIST_MODEL (self->everyone) : G_LIST_MODEL (self);
}

gboolean
likeness_dataset_get_has_pairs (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), FALSE);
  return self->has_pairs;
}

guint
likeness_dataset_get_n_skips (LikenessDataset *self)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), 0);
  return self->skips->len;
}

const LikenessSkip *
likeness_dataset_get_skip (LikenessDataset *self, guint position)
{
  g_return_val_if_fail (LIKENESS_IS_DATASET (self), NULL);
  return position < self->skips->len ? g_ptr_array_index (self->skips, position) : NULL;
}

void
likeness_skip_free (LikenessSkip *skip)
{
  g_free (skip->path);
  g_free (skip->reason);
  g_free (skip);
}
