/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-enlarger.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-parallel.h"
#include "likeness-pixel-source.h"
#include "likeness-run-config.h"

/* Faces that are decoded before they are enlarged, and between two looks at the
 * cancellable. */
#define PORTION 64

/* A list on its way through the model, a portion at a time. */
typedef struct
{
  const LikenessFaceList *list;
  int input;
  GCancellable *cancellable;
  LikenessPixels *pixels;
  guint8 *probe;               /* of @pixels */
  LikenessPixelSource *source; /* NULL: nothing is known */

  gsize n; /* of the portion's faces that the model has to run for */
  gsize faces[PORTION];
  LikenessImage *images[PORTION];
  GError *errors[PORTION];
} Loading;

static void
forget_portion (Loading *self)
{
  for (gsize i = 0; i < PORTION; i++)
    {
      g_clear_pointer (&self->images[i], likeness_image_free);
      g_clear_error (&self->errors[i]);
    }
}

static void
loading_clear (Loading *self)
{
  forget_portion (self);
  likeness_pixels_free (self->pixels);
  likeness_pixel_source_free (self->source);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loading, loading_clear)

static guint8 *
get_best (const Loading *self, gsize face)
{
  return (guint8 *)self->pixels->best + face * LIKENESS_FACE_BYTES;
}

static guint8 *
get_probe (const Loading *self, gsize face)
{
  return self->probe + face * LIKENESS_FACE_BYTES;
}

static void
read_images (gsize begin, gsize end, gpointer user_data)
{
  Loading *self = user_data;

  for (gsize i = begin; i < end; i++)
    {
      const LikenessListedFace *face = &self->list->faces[self->faces[i]];
      const LikenessImage best
          = {LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE, get_best (self, self->faces[i])};

      if (self->input == LIKENESS_INPUT_LOW)
        self->images[i] = likeness_pixels_load_low (face->path, face->low_path,
                                                    self->cancellable, &self->errors[i]);
      else
        self->images[i] = likeness_image_resize_box (&best, self->input, self->input);
    }
}

/* The faces from @first up to @end: from the cache, or by the model. */
static gboolean
enlarge (
    LikenessEnlarger *enlarger, Loading *self, gsize first, gsize end, GError **error)
{
  g_autofree guint8 *best = g_malloc (LIKENESS_FACE_BYTES);
  g_autofree guint8 *enlarged = g_malloc_n (PORTION, LIKENESS_FACE_BYTES);

  forget_portion (self);
  self->n = 0;
  for (gsize face = first; face < end; face++)
    if (self->source == NULL
        || !likeness_pixel_source_copy (self->source, face, best, get_probe (self, face)))
      self->faces[self->n++] = face;
  self->pixels->n_decoded += self->n;
  if (!likeness_parallel_for (self->n, 1, 0, read_images, self, self->cancellable, error))
    return FALSE;
  for (gsize i = 0; i < self->n; i++)
    if (self->errors[i] != NULL)
      {
        g_propagate_error (error, g_steal_pointer (&self->errors[i]));
        return FALSE;
      }
  if (!likeness_enlarger_run (enlarger, (const LikenessImage *const *)self->images,
                              self->n, enlarged, error))
    return FALSE;
  for (gsize i = 0; i < self->n; i++)
    {
      gsize face = self->faces[i];

      memcpy (get_probe (self, face), enlarged + i * LIKENESS_FACE_BYTES,
              LIKENESS_FACE_BYTES);
      if (self->source != NULL)
        likeness_pixel_source_settle (self->source, face, get_best (self, face),
                                      get_probe (self, face));
    }
  return TRUE;
}

/* What the model made, for the next time; where it cannot be kept, it is in memory. */
static void
keep (Loading *self)
{
  g_autoptr (LikenessPixelWriter) writer
      = self->source != NULL ? likeness_pixel_source_make_writer (self->source) : NULL;
  g_autoptr (LikenessPixelCache) kept = NULL;

  for (gsize i = 0; writer != NULL && i < self->pixels->n; i++)
    if (!likeness_pixel_writer_put (writer, i, get_best (self, i), get_probe (self, i)))
      return;
  if (writer != NULL)
    kept = likeness_pixel_writer_finish (
        writer, likeness_pixel_source_get_records (self->source));
  g_debug ("%u of %" G_GSIZE_FORMAT " faces were enlarged, %s", self->pixels->n_decoded,
           self->pixels->n,
           kept != NULL ? "they lie in the cache" : "they lie in memory");
}

/* Which device it is may show in the last bit. */
static LikenessPixelSource *
open_source (const LikenessEnlarger *self,
             const LikenessFaceList *list,
             int input,
             GCancellable *cancellable,
             GError **error)
{
  g_autofree char *digest = likeness_digest_to_string (&self->digest);
  g_autofree char *name
      = g_strconcat (digest, self->cuda_device < 0 ? " cpu" : " cuda", NULL);

  return likeness_pixel_source_new (list, input, name, cancellable, error);
}

LikenessPixels *
likeness_enlarger_load (LikenessEnlarger *self,
                        const LikenessFaceList *list,
                        int input,
                        LikenessProgress *progress,
                        GCancellable *cancellable,
                        GError **error)
{
  g_auto (Loading) loading = {.list = list, .input = input, .cancellable = cancellable};

  if (self == NULL)
    return likeness_pixels_load (list, input, progress, cancellable, error);
  g_return_val_if_fail (input == LIKENESS_INPUT_LOW || input > 0, NULL);

  if (list->n_faces > 0)
    {
      LikenessPixelCache *whole;

      loading.source = open_source (self, list, input, cancellable, error);
      if (loading.source == NULL)
        return NULL;
      whole = likeness_pixel_source_get_whole (loading.source);
      if (whole != NULL)
        {
          likeness_progress_begin (progress, N_ ("Enlarging faces"), list->n_faces);
          likeness_progress_advance (progress, list->n_faces);
          return likeness_pixels_new_cached (whole);
        }
    }
  loading.pixels
      = likeness_pixels_load (list, LIKENESS_INPUT_HIGH, progress, cancellable, error);
  if (loading.pixels != NULL)
    loading.probe = likeness_pixels_add_probe (loading.pixels, error);
  if (loading.probe == NULL)
    return NULL;
  loading.pixels->n_decoded = 0;
  likeness_progress_begin (progress, N_ ("Enlarging faces"), list->n_faces);
  for (gsize first = 0; first < list->n_faces; first += PORTION)
    {
      gsize end = MIN (first + PORTION, list->n_faces);

      if (!enlarge (self, &loading, first, end, error))
        return NULL;
      likeness_progress_advance (progress, end - first);
    }
  keep (&loading);
  return g_steal_pointer (&loading.pixels);
}
