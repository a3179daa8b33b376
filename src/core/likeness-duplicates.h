/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-dataset.h"
#include "likeness-progress.h"

G_BEGIN_DECLS

/**
 * LikenessDuplicates:
 *
 * Which faces of a data set are much alike: within a person (near-duplicates,
 * %LIKENESS_NEAR_DUPLICATE_DISTANCE), and across people, where it is one picture under
 * two names; and which have the same bytes, wherever they stand. Made on a worker thread,
 * then only read.
 */
typedef struct _LikenessDuplicates LikenessDuplicates;

/**
 * likeness_duplicates_find:
 * @dataset: is only read: where its faces lie, which never changes
 * @progress: (nullable): counts faces
 *
 * Decodes every face once with a bounded pool of threads, unless that was done in an
 * earlier session (likeness-fingerprints.h), and compares their perceptual hashes; of
 * files of equal size the content is compared too, by its digest. Blocks. A person's own
 * faces are near-duplicates up to the distance of the split; across people only what is
 * nearer than aligned faces of different people ever were (likeness-split-twins.c).
 *
 * Returns: (transfer full): or %NULL with %G_IO_ERROR_CANCELLED
 */
LikenessDuplicates *likeness_duplicates_find (LikenessDataset *dataset,
                                              LikenessProgress *progress,
                                              GCancellable *cancellable,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_duplicates_free (LikenessDuplicates *self);

/** Writes what was found into the flags of the faces and subjects, on the thread that
 * owns the data set. */
void likeness_duplicates_apply (const LikenessDuplicates *self);

/** (transfer none) (nullable) (element-type LikenessFace): the near-duplicates of @face
 * among its person's faces, itself among them; %NULL: there are none. */
GPtrArray *likeness_duplicates_get_near (const LikenessDuplicates *self,
                                         LikenessFace *face);
/** (transfer none) (nullable) (element-type LikenessFace): the faces that are the same
 * picture, itself among them, of at least two people. */
GPtrArray *likeness_duplicates_get_named_twice (const LikenessDuplicates *self,
                                                LikenessFace *face);
/** (transfer none) (nullable) (element-type LikenessFace): the faces whose files have the
 * same bytes, itself among them. */
GPtrArray *likeness_duplicates_get_exact (const LikenessDuplicates *self,
                                          LikenessFace *face);
/** Faces whose bytes stand in another file too. */
guint likeness_duplicates_get_n_exact (const LikenessDuplicates *self);
/** Contents that stand under two names or more. */
guint likeness_duplicates_get_n_exact_named_twice (const LikenessDuplicates *self);
/** Pictures that stand under two names or more. */
guint likeness_duplicates_get_n_named_twice (const LikenessDuplicates *self);
/** Faces that have a near-duplicate. */
guint likeness_duplicates_get_n_near (const LikenessDuplicates *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessDuplicates, likeness_duplicates_free)

G_END_DECLS
