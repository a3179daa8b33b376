/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pt-reader.h"

#include <glib/gi18n.h>

#include "likeness-pickle.h"
#include "likeness-pt-archive.h"
#include "likeness-torch.h"

/* int8 takes four times its room as float32, and a few tensors may share their numbers;
 * the rest is for small files. */
#define GROWTH 8
#define ALWAYS (16 * 1024 * 1024)

static LikenessPtValue *
read_pickle (const LikenessWeightsFile *file,
             const LikenessPtArchive *archive,
             GError **error)
{
  guint64 max_numbers = (ALWAYS + GROWTH * file->size) / sizeof (float);
  g_autoptr (LikenessPtValue) root
      = likeness_pickle_read (archive->pickle, file->name, archive->storages,
                              MIN (max_numbers, LIKENESS_TENSOR_MAX_NUMBERS), error);

  /* What could be run if somebody wanted that and what is read here are told apart by the
   * root alone. */
  if (root != NULL && archive->script != (root->type == LIKENESS_PT_OBJECT))
    {
      g_set_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_BAD_WEIGHTS,
                   _ ("“%s” is damaged: it is only half of a TorchScript file. Download "
                      "or save it again."),
                   file->name);
      return NULL;
    }
  if (root == NULL && archive->script)
    likeness_pt_reader_name_script (error);
  return g_steal_pointer (&root);
}

void
likeness_pt_reader_name_script (GError **error)
{
  GError *script = NULL;

  if (error == NULL
      || !g_error_matches (*error, LIKENESS_TORCH_ERROR,
                           LIKENESS_TORCH_ERROR_BAD_WEIGHTS))
    return;
  script = g_error_new (
      LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_SCRIPT,
      /* Translators: a whole sentence comes first */
      _ ("%s It is a TorchScript file, that is a program; nothing of it was run."),
      (*error)->message);
  g_clear_error (error);
  *error = script;
}

LikenessPtValue *
likeness_pt_reader_read (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  g_autoptr (LikenessPtArchive) archive = NULL;

  if (file == NULL)
    return NULL;
  if (file->kind != LIKENESS_WEIGHTS_FILE_ZIP)
    {
      likeness_weights_file_refuse (file, error);
      return NULL;
    }
  archive = likeness_pt_archive_read (file, cancellable, error);
  return archive != NULL ? read_pickle (file, archive, error) : NULL;
}
