/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-enlarger.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-run-config.h"
#include "likeness-script-trust.h"
#include "likeness-weights-file.h"

LikenessEnlarger *
likeness_enlarger_new (const char *path,
                       gboolean trusted,
                       const LikenessTorch *torch,
                       int cuda_device,
                       guint threads,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (LikenessWeightsFile) file = likeness_weights_file_open (path, error);
  g_autoptr (GBytes) program = NULL;
  g_autoptr (LikenessEnlarger) self = NULL;

  if (file == NULL)
    return NULL;
  /* Once: what is checked is what is run, and what is recorded. */
  program = likeness_weights_file_read_program (file, cancellable, error);
  if (program == NULL
      || (!trusted
          && !likeness_script_trust_check (program, file->name, cancellable, error)))
    return NULL;
  self = g_new0 (LikenessEnlarger, 1);
  self->name = g_strdup (file->name);
  self->torch = torch;
  self->cuda_device = cuda_device;
  likeness_digest_bytes (g_bytes_get_data (program, NULL), g_bytes_get_size (program),
                         &self->digest);
  self->script
      = torch->script_open (program, file->name, cuda_device, (int)threads, error);
  if (self->script == NULL)
    return NULL;
  if (trusted)
    likeness_script_trust_remember (program, cancellable);
  return g_steal_pointer (&self);
}

gboolean
likeness_enlarger_check_trust (const char *path,
                               gboolean trusted,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (LikenessWeightsFile) file = NULL;
  g_autoptr (GBytes) program = NULL;

  if (path == NULL || trusted)
    return TRUE;
  file = likeness_weights_file_open (path, error);
  if (file != NULL)
    program = likeness_weights_file_read_program (file, cancellable, error);
  return program != NULL
         && likeness_script_trust_check (program, file->name, cancellable, error);
}

void
likeness_enlarger_free (LikenessEnlarger *self)
{
  if (self == NULL)
    return;
  if (self->script != NULL)
    self->torch->script_free (self->script);
  g_free (self->name);
  g_free (self);
}

gboolean
likeness_enlarger_run (LikenessEnlarger *self,
                       const LikenessImage *const *images,
                       gsize n,
                       guint8 *faces,
                       GError **error)
{
  g_autofree guint8 *batch = g_malloc (MAX (n, 1) * LIKENESS_FACE_BYTES);
  gsize first = 0;

  while (first < n)
    {
      int width = images[first]->width;
      int height = images[first]->height;
      gboolean large = width > LIKENESS_FACE_SIZE || height > LIKENESS_FACE_SIZE;
      gsize bytes = large ? LIKENESS_FACE_BYTES : (gsize)width * height * 3;
      gsize i = first;

      for (; i < n && images[i]->width == width && images[i]->height == height; i++)
        {
          g_autoptr (LikenessImage) face = NULL;

          if (large)
            face = likeness_image_resize_bilinear (images[i], LIKENESS_FACE_SIZE,
                                                   LIKENESS_FACE_SIZE);
          memcpy (batch + (i - first) * bytes, (large ? face : images[i])->pixels, bytes);
        }
      if (!self->torch->script_enlarge (self->script, batch, i - first,
                                        large ? LIKENESS_FACE_SIZE : width,
                                        large ? LIKENESS_FACE_SIZE : height,
                                        faces + first * LIKENESS_FACE_BYTES, error))
        return FALSE;
      first = i;
    }
  return TRUE;
}

gboolean
likeness_enlarger_check_input (const char *path, int input, GError **error)
{
  if (path == NULL || input != LIKENESS_INPUT_HIGH)
    return TRUE;
  g_set_error_literal (
      error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
      _ ("super_resolution enlarges small faces, and the network is shown "
         "the best images here: set input to low or to a number of "
         "pixels, or leave super_resolution empty"));
  return FALSE;
}
