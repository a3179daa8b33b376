/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-data.h"

#include <glib/gi18n.h>

#include "likeness-dataset-scanner.h"
#include "likeness-enlarger.h"
#include "likeness-error.h"
#include "likeness-manifest.h"

#define MASK(split) (1u << (split))
#define MASK_ALL (MASK (LIKENESS_N_SPLITS) - 1)

static guint
count_faces (LikenessDataset *dataset, LikenessSplit split)
{
  return likeness_dataset_get_count (dataset, split).faces;
}

/* The faces of a folder that is a split by itself, or of the split that it has. */
static LikenessFaceList *
list_split (LikenessDataset *dataset, LikenessSplit split)
{
  if (count_faces (dataset, LIKENESS_SPLIT_NONE) > 0)
    split = LIKENESS_SPLIT_NONE;
  return likeness_face_list_new (dataset, MASK (split));
}

static LikenessFaceList *
scan_split (const char *path,
            LikenessSplit split,
            LikenessProgress *progress,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (LikenessDataset) dataset
      = likeness_dataset_scanner_scan (path, progress, cancellable, error);

  return dataset != NULL ? list_split (dataset, split) : NULL;
}

/* Partners of the layout with one folder a subject lie beside the split's folder, not in
 * it, so that such a split is only whole when it is seen from above. */
static char *
find_common_parent (const LikenessRunConfig *config)
{
  g_autofree char *train = g_path_get_dirname (config->train_dir);
  g_autofree char *val = g_path_get_dirname (config->val_dir);

  return g_strcmp0 (train, val) == 0 ? g_steal_pointer (&train) : NULL;
}

static gboolean
has_low_sibling (const char *path)
{
  g_autofree char *low = g_strconcat (path, "_low", NULL);

  return g_file_test (low, G_FILE_TEST_IS_DIR);
}

static gboolean
is_split (const char *path, LikenessSplit wanted)
{
  g_autofree char *name = g_path_get_basename (path);
  LikenessSplit split;

  return likeness_split_from_string (name, &split) && split == wanted;
}

static gboolean
has_test_folder (const char *root)
{
  g_autofree char *test = g_build_filename (root, "test", NULL);

  return g_file_test (test, G_FILE_TEST_IS_DIR);
}

static gboolean
freeze_directories (LikenessRunData *self,
                    const LikenessRunConfig *config,
                    LikenessProgress *progress,
                    GCancellable *cancellable,
                    GError **error)
{
  self->train = scan_split (config->train_dir, LIKENESS_SPLIT_TRAIN, progress,
                            cancellable, error);
  if (self->train == NULL)
    return FALSE;
  self->val
      = scan_split (config->val_dir, LIKENESS_SPLIT_VAL, progress, cancellable, error);
  return self->val != NULL;
}

static gboolean
freeze_root (LikenessRunData *self,
             LikenessDataset *dataset,
             gboolean for_training,
             GError **error)
{
  gboolean split = count_faces (dataset, LIKENESS_SPLIT_TRAIN) > 0
                   && count_faces (dataset, LIKENESS_SPLIT_VAL) > 0;

  if (for_training && !split)
    {
      g_autofree char *name
          = g_filename_display_name (likeness_dataset_get_root (dataset));

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW,
                   _ ("“%s” has no train and val folders with faces in both. Split it "
                      "first, and train on the result."),
                   name);
      return FALSE;
    }
  self->train = likeness_face_list_new (dataset, MASK (LIKENESS_SPLIT_TRAIN));
  self->val
      = likeness_face_list_new (dataset, split ? MASK (LIKENESS_SPLIT_VAL)
                                               : MASK_ALL & ~MASK (LIKENESS_SPLIT_TRAIN));
  return TRUE;
}

/* The folder whose test split holds the strangers that nobody named; NULL: none is known.
 */
static char *
find_strangers_root (const char *root)
{
  g_autoptr (LikenessManifest) manifest = NULL;

  if (root == NULL)
    return NULL;
  if (has_test_folder (root))
    return g_strdup (root);
  /* A folder without a manifest of ours has no source to look into. */
  manifest = likeness_manifest_load (root, NULL);
  if (manifest != NULL && manifest->source != NULL && has_test_folder (manifest->source))
    return g_strdup (manifest->source);
  return NULL;
}

static gboolean
has_faces_in (LikenessSubject *subject, guint mask)
{
  for (int split = 0; split < LIKENESS_N_SPLITS; split++)
    if ((mask & MASK (split)) != 0
        && likeness_subject_get_n_in_split (subject, (LikenessSplit)split) > 0)
      return TRUE;
  return FALSE;
}

static void
exclude_known (LikenessRunData *self, LikenessDataset *dataset, guint mask)
{
  guint n = likeness_dataset_get_n_subjects (dataset);

  for (guint i = 0; i < n; i++)
    {
      LikenessSubject *subject = likeness_dataset_get_subject (dataset, i);
      const char *id = likeness_subject_get_id (subject);

      if (!has_faces_in (subject, mask)
          || (likeness_face_list_find_subject (self->train, id) < 0
              && likeness_face_list_find_subject (self->val, id) < 0))
        continue;
      likeness_subject_set_excluded (subject, TRUE);
      self->n_left_out++;
    }
}

static gboolean
has_partners (const LikenessFaceList *list)
{
  for (guint i = 0; i < list->n_faces; i++)
    if (list->faces[i].low_path == NULL)
      return FALSE;
  return TRUE;
}

/* @dataset: (nullable): what is already scanned of @root */
static gboolean
freeze_strangers (LikenessRunData *self,
                  const LikenessRunConfig *config,
                  LikenessDataset *dataset,
                  const char *root,
                  LikenessProgress *progress,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autofree char *found = NULL;
  g_autoptr (LikenessDataset) scanned = NULL;
  g_autoptr (LikenessFaceList) list = NULL;
  guint mask = MASK (LIKENESS_SPLIT_TEST);

  if (config->strangers != NULL)
    found = g_strdup (config->strangers);
  else if (dataset != NULL && count_faces (dataset, LIKENESS_SPLIT_TEST) > 0)
    scanned = g_object_ref (dataset);
  else
    found = find_strangers_root (root);
  if (found != NULL)
    {
      scanned = likeness_dataset_scanner_scan (found, progress, cancellable, error);
      if (scanned == NULL)
        return FALSE;
      /* A folder that was named needs no test split to be one of strangers. */
      if (config->strangers != NULL && count_faces (scanned, LIKENESS_SPLIT_TEST) == 0)
        mask = MASK_ALL;
    }
  if (scanned == NULL)
    return TRUE;

  exclude_known (self, scanned, mask);
  list = likeness_face_list_new (scanned, mask);
  /* Without partners nothing can be measured that training sees; where the folder was
   * named, that is an error of the face in question. */
  if (config->strangers == NULL && config->input == LIKENESS_INPUT_LOW
      && !has_partners (list))
    return TRUE;
  if (list->n_faces > 0)
    self->strangers = g_steal_pointer (&list);
  return TRUE;
}

static gboolean
check (const LikenessRunData *self, gboolean for_training, GError **error)
{
  if (for_training && self->train->n_subjects < 2)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW,
                   _ ("“%s” has fewer than two subjects to train on. Add people, or "
                      "choose another folder."),
                   self->name);
      return FALSE;
    }
  if (self->val->n_faces == 0)
    {
      g_set_error (
          error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_FEW,
          _ ("“%s” has no face to validate on. Choose a folder with faces in its "
             "val split."),
          self->name);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_config (const LikenessRunConfig *config, GError **error)
{
  const char *sentence = NULL;

  if (config->data == NULL && (config->train_dir == NULL || config->val_dir == NULL))
    sentence = _ ("Name the faces: a folder with train and val in it, or one folder for "
                  "each.");
  if (sentence != NULL)
    g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE, sentence);
  return sentence == NULL;
}

LikenessRunData *
likeness_run_data_new (LikenessRunConfig *config,
                       gboolean for_training,
                       LikenessProgress *progress,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (LikenessRunData) self = g_new0 (LikenessRunData, 1);
  g_autoptr (LikenessDataset) dataset = NULL;
  g_autofree char *root = NULL;

  g_return_val_if_fail (config != NULL, NULL);

  if (!check_config (config, error))
    return NULL;
  likeness_run_config_make_absolute (config);
  root = config->data != NULL ? g_strdup (config->data) : find_common_parent (config);
  self->name = g_filename_display_basename (root != NULL ? root : config->train_dir);

  if (config->data != NULL
      || (root != NULL && has_low_sibling (config->train_dir)
          && is_split (config->train_dir, LIKENESS_SPLIT_TRAIN)
          && is_split (config->val_dir, LIKENESS_SPLIT_VAL)))
    {
      dataset = likeness_dataset_scanner_scan (root, progress, cancellable, error);
      if (dataset == NULL || !freeze_root (self, dataset, for_training, error))
        return NULL;
    }
  else if (!freeze_directories (self, config, progress, cancellable, error))
    return NULL;
  if (!check (self, for_training, error))
    return NULL;

  if (config->input == LIKENESS_INPUT_AUTO)
    config->input = has_partners (self->train) && has_partners (self->val)
                        ? LIKENESS_INPUT_LOW
                        : LIKENESS_INPUT_HIGH;
  if (!likeness_enlarger_check_input (config->super_resolution, config->input, error))
    return NULL;
  if (!freeze_strangers (self, config, dataset, root, progress, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
likeness_run_data_free (LikenessRunData *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->train, likeness_face_list_unref);
  g_clear_pointer (&self->val, likeness_face_list_unref);
  g_clear_pointer (&self->strangers, likeness_face_list_unref);
  g_free (self->name);
  g_free (self);
}
