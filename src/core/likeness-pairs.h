/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-progress.h"

G_BEGIN_DECLS

/** More pairs than this are a mistake: LFW has 6,000. */
#define LIKENESS_PAIRS_MAX (1000 * 1000)
#define LIKENESS_PAIRS_MAX_FOLDS 100

/**
 * LikenessPairs:
 *
 * What a `pairs.txt` asks for: pairs of two photos, in folds, in the order of the file.
 */
typedef struct
{
  guint n_folds;
  gsize n; /* pairs: n_folds x 2 x pairs of a kind in a fold */
  gboolean *genuine;
  guint32 *fold;
  guint32 *first; /* index into images */
  guint32 *second;
  guint n_images;
  char **images; /* each once: bytes, "Name/Name_0001", a path without extension */
  guint n_subjects;
} LikenessPairs;

/**
 * likeness_pairs_load:
 * @path: LFW's format (G. B. Huang et al., 2007): a first line "folds<TAB>pairs" ("10
 * 300", pairs.txt) or "pairs" alone (one fold, pairsDevTest.txt); then, for each fold, so
 * many genuine lines "Name i j" and as many impostor lines "Name1 i Name2 j"
 *
 * Reads a stranger's file. Fields are separated by tabs where a line has one, else by
 * spaces; within a fold the two kinds may come in any order. A name that is no plain
 * folder name, a photo held against itself, an impostor pair of one person, and another
 * number of lines than the first one claims are refused.
 *
 * Returns: (transfer full): or %NULL with %LIKENESS_ERROR_BAD_FORMAT (the line is named),
 *   %LIKENESS_ERROR_TOO_LARGE, _NOT_FOUND or _NOT_READABLE
 */
LikenessPairs *likeness_pairs_load (const char *path,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void likeness_pairs_free (LikenessPairs *self);

/**
 * likeness_pairs_find_images:
 * @directory: where the folders of the names lie
 *
 * Looks for the file of every image: .jpg, else .jpeg, else .png.
 *
 * Returns: (transfer full): @n_images paths and a %NULL; or %NULL with
 *   %LIKENESS_ERROR_NOT_FOUND (the first that is missing, and how many),
 *   %LIKENESS_ERROR_NOT_A_FOLDER or %G_IO_ERROR_CANCELLED
 */
char **likeness_pairs_find_images (const LikenessPairs *self,
                                   const char *directory,
                                   LikenessProgress *progress,
                                   GCancellable *cancellable,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessPairs, likeness_pairs_free)

G_END_DECLS
