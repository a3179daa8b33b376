/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-weights.h"

#include <glib/gi18n.h>

#include "likeness-pt-reader.h"
#include "likeness-safetensors.h"
#include "likeness-state-dict.h"
#include "likeness-weights-file.h"
#include "likeness-weights-match.h"

LikenessWeights *
likeness_weights_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  LikenessWeightsKind kind = LIKENESS_WEIGHTS_SAFETENSORS;
  g_autoptr (LikenessPtValue) root = NULL;
  g_autoptr (GPtrArray) tensors = NULL;
  LikenessWeights *self = NULL;

  if (file == NULL)
    return NULL;
  if (file->kind == LIKENESS_WEIGHTS_FILE_SAFETENSORS)
    tensors = likeness_safetensors_read (path, cancellable, error);
  else
    {
      root = likeness_pt_reader_read (path, cancellable, error);
      if (root != NULL)
        tensors = likeness_state_dict_list (file->name, root, &kind, error);
    }
  if (tensors != NULL)
    self = likeness_weights_match (file->name, kind, tensors, error);
  if (self == NULL && root != NULL && root->type == LIKENESS_PT_OBJECT)
    likeness_pt_reader_name_script (error);
  return self;
}

LikenessWeights *
likeness_weights_ref (LikenessWeights *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (LikenessWeights *self)
{
  g_ptr_array_unref (self->tensors);
}

void
likeness_weights_unref (LikenessWeights *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)clear);
}

char *
likeness_weights_describe (const LikenessWeights *self)
{
  const char *kinds[]
      = {_ ("float32"), _ ("int8"), _ ("float32"), _ ("fine-tuned"), _ ("TorchScript")};
  guint64 n = likeness_variant_count_parameters (self->variant);

  /* Translators: size of EdgeFace, how its numbers are stored, how many there are. */
  return g_strdup_printf (_ ("%s, %s, %.2f M parameters"), self->variant->title,
                          kinds[self->kind], (double)n / 1e6);
}
