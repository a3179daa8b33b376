/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-subject.h"
#include "likeness-types.h"

G_BEGIN_DECLS

/**
 * LikenessDataset:
 *
 * A scanned folder: a #GListModel of #LikenessSubject with at least one face each, sorted
 * by name bytes. Built by likeness_dataset_scanner_scan(); afterwards it belongs to one
 * thread. A subject of whose files none can be used stands apart: nothing counts it.
 * Properties for `<lookup>`: "name" (the folder's display name, UTF-8), "n-subjects",
 * "n-faces", "n-skips" (uints), "has-pairs" (boolean).
 */
#define LIKENESS_TYPE_DATASET (likeness_dataset_get_type ())
G_DECLARE_FINAL_TYPE (LikenessDataset, likeness_dataset, LIKENESS, DATASET, GObject)

/** A file or folder that does not count, and why; both strings owned by the dataset. */
typedef struct
{
  char *path;   /* relative to the root, bytes */
  char *reason; /* one sentence for people, UTF-8 */
} LikenessSkip;

/** Counts of one split. */
typedef struct
{
  guint subjects;
  guint faces;
} LikenessSplitCount;

/**
 * likeness_dataset_new:
 * @root: absolute path
 * @subjects: (transfer full) (element-type LikenessSubject): sorted by id bytes; with
 * those without a face
 * @skips: (transfer full) (element-type LikenessSkip): allocated with g_new, freed by the
 * dataset
 */
LikenessDataset *likeness_dataset_new (const char *root,
                                       LikenessLayout layout,
                                       GPtrArray *subjects,
                                       GPtrArray *skips) G_GNUC_WARN_UNUSED_RESULT;

const char *likeness_dataset_get_root (LikenessDataset *self);
LikenessLayout likeness_dataset_get_layout (LikenessDataset *self);
LikenessStructure likeness_dataset_get_structure (LikenessDataset *self);
guint likeness_dataset_get_n_subjects (LikenessDataset *self);
guint likeness_dataset_get_n_faces (LikenessDataset *self);
/** Subjects with faces in train and in val. */
guint likeness_dataset_get_n_shared_subjects (LikenessDataset *self);
/** Val faces whose very bytes stand in train too: see likeness_face_get_in_both_splits().
 */
guint likeness_dataset_get_n_shared_faces (LikenessDataset *self);
LikenessSplitCount likeness_dataset_get_count (LikenessDataset *self,
                                               LikenessSplit split);
/** (transfer none): no reference is taken. */
LikenessSubject *likeness_dataset_get_subject (LikenessDataset *self, guint position);
/** Subjects of whose files none can be used, sorted by name bytes. */
guint likeness_dataset_get_n_unusable (LikenessDataset *self);
/** (transfer none): no reference is taken. */
LikenessSubject *likeness_dataset_get_unusable (LikenessDataset *self, guint position);
/** (transfer none) (element-type LikenessSubject): all of them, sorted by name bytes. */
GListModel *likeness_dataset_get_everyone (LikenessDataset *self);
/** %TRUE where every face has its low-resolution partner. */
gboolean likeness_dataset_get_has_pairs (LikenessDataset *self);
guint likeness_dataset_get_n_skips (LikenessDataset *self);
const LikenessSkip *likeness_dataset_get_skip (LikenessDataset *self, guint position);
void likeness_skip_free (LikenessSkip *skip);

G_END_DECLS
