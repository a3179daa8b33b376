/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pt-reader.h"

#include "likeness-pickle.h"
#include "likeness-pt-archive.h"

/* int8 takes four times its room as float32, and a few tensors may share their numbers;
 * the rest is for small files. */
#define GROWTH 8
#define ALWAYS (16 * 1024 * 1024)

LikenessPtValue *
likeness_pt_reader_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  g_autoptr (LikenessPtArchive) archive = NULL;
  guint64 max_numbers;

  if (file == NULL)
    return NULL;
  if (file->kind != LIKENESS_WEIGHTS_FILE_ZIP)
    {
      likeness_weights_file_refuse (file, error);
      return NULL;
    }
  archive = likeness_pt_archive_read (file, cancellable, error);
  if (archive == NULL)
    return NULL;
  max_numbers = (ALWAYS + GROWTH * file->size) / sizeof (float);
  return likeness_pickle_read (archive->pickle, file->name, archive->storages,
                               MIN (max_numbers, LIKENESS_TENSOR_MAX_NUMBERS), error);
}
