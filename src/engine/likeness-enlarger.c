/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-enlarger.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-parallel.h"
#include "likeness-run-config.h"
#include "likeness-script-trust.h"
#include "likeness-weights-file.h"

/* Faces that are decoded before they are enlarged, and between two looks at the
 * cancellable. */
#define PORTION 64

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

/* A portion of a list: what is enlarged, or why there is nothing. */
typedef struct
{
  const LikenessFaceList *list;
  const LikenessPixels *pixels;
  guint8 *probe; /* of @pixels */
  int input;
  GCancellable *cancellable;
  gsize first;
  LikenessImage *images[PORTION];
  GError *errors[PORTION];
} Portion;

static void
portion_clear (Portion *self)
{
  for (gsize i = 0; i < PORTION; i++)
    {
      g_clear_pointer (&self->images[i], likeness_image_free);
      g_clear_error (&self->errors[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Portion, portion_clear)

static void
read_images (gsize begin, gsize end, gpointer user_data)
{
  Portion *self = user_data;

  for (gsize i = begin; i < end; i++)
    {
      const LikenessListedFace *face = &self->list->faces[self->first + i];
      const LikenessImage best = {
          LIKENESS_FACE_SIZE,
          LIKENESS_FACE_SIZE,
          (guint8 *)self->pixels->best + (self->first + i) * LIKENESS_FACE_BYTES,
      };

      if (self->input == LIKENESS_INPUT_LOW)
        self->images[i] = likeness_pixels_load_low (face->path, face->low_path,
                                                    self->cancellable, &self->errors[i]);
      else
        self->images[i] = likeness_image_resize_box (&best, self->input, self->input);
    }
}

static gboolean
enlarge (LikenessEnlarger *self, Portion *portion, gsize n, GError **error)
{
  guint8 *faces = portion->probe + portion->first * LIKENESS_FACE_BYTES;

  if (!likeness_parallel_for (n, 1, 0, read_images, portion, portion->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (portion->errors[i] != NULL)
      {
        g_propagate_error (error, g_steal_pointer (&portion->errors[i]));
        return FALSE;
      }
  return likeness_enlarger_run (self, (const LikenessImage *const *)portion->images, n,
                                faces, error);
}

LikenessPixels *
likeness_enlarger_load (LikenessEnlarger *self,
                        const LikenessFaceList *list,
                        int input,
                        LikenessProgress *progress,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (LikenessPixels) pixels = NULL;
  guint8 *probe;

  if (self == NULL)
    return likeness_pixels_load (list, input, progress, cancellable, error);
  g_return_val_if_fail (input == LIKENESS_INPUT_LOW || input > 0, NULL);

  pixels = likeness_pixels_load (list, LIKENESS_INPUT_HIGH, progress, cancellable, error);
  probe = pixels != NULL ? likeness_pixels_add_probe (pixels, error) : NULL;
  if (probe == NULL)
    return NULL;
  likeness_progress_begin (progress, N_ ("Enlarging faces"), list->n_faces);
  for (gsize first = 0; first < list->n_faces; first += PORTION)
    {
      g_auto (Portion) portion
          = {list, pixels, probe, input, cancellable, first, {NULL}, {NULL}};
      gsize n = MIN (PORTION, list->n_faces - first);

      if (!enlarge (self, &portion, n, error))
        return NULL;
      likeness_progress_advance (progress, n);
    }
  return g_steal_pointer (&pixels);
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
