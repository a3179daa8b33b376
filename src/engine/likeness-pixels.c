/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-pixels.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-image.h"
#include "likeness-parallel.h"
#include "likeness-run-config.h"

/* What the readers of one list share. */
typedef struct
{
  const LikenessFaceList *list;
  LikenessPixels *pixels;
  int input;
  LikenessProgress *progress;
  GCancellable *cancellable;

  pthread_mutex_t mutex; /* for the two below */
  gsize failed;          /* the first face that cannot be read */
  GError *error;
} Reading;

/* The error names the file but not where it lies. */
static LikenessImage *
load (const char *path, GCancellable *cancellable, GError **error)
{
  GError *own = NULL;
  LikenessImage *image = likeness_image_load (path, cancellable, &own);

  if (own != NULL && own->domain == LIKENESS_ERROR)
    {
      g_autofree char *folder = g_path_get_dirname (path);
      g_autofree char *name = g_filename_display_name (folder);

      /* Translators: a folder; the name of a file in it and a sentence follow */
      g_prefix_error (&own, _ ("In “%s”, "), name);
    }
  if (own != NULL)
    g_propagate_error (error, own);
  return image;
}

static LikenessImage *
fit (LikenessImage *image)
{
  const int size = LIKENESS_FACE_SIZE;
  g_autoptr (LikenessImage) own = image;

  if (own->width == size && own->height == size)
    return g_steal_pointer (&own);
  if (own->width >= size && own->height >= size)
    return likeness_image_resize_box (own, size, size);
  return likeness_image_resize_bilinear (own, size, size);
}

LikenessImage *
likeness_pixels_load_low (const char *path,
                          const char *low_path,
                          GCancellable *cancellable,
                          GError **error)
{
  if (low_path == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("“%s” has no low-resolution partner. Set the input to high or to a "
                      "number of pixels, or add the partner."),
                   name);
      return NULL;
    }
  return load (low_path, cancellable, error);
}

static LikenessImage *
enlarge_low (const char *path,
             const char *low_path,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (LikenessImage) low
      = likeness_pixels_load_low (path, low_path, cancellable, error);

  if (low == NULL)
    return NULL;
  return likeness_image_resize_bilinear (low, LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE);
}

static LikenessImage *
degrade (const LikenessImage *best, int size)
{
  g_autoptr (LikenessImage) small = likeness_image_resize_box (best, size, size);

  return likeness_image_resize_bilinear (small, LIKENESS_FACE_SIZE, LIKENESS_FACE_SIZE);
}

gboolean
likeness_pixels_load_pair (const char *path,
                           const char *low_path,
                           int input,
                           guint8 *best,
                           guint8 *probe,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (LikenessImage) high = NULL;
  g_autoptr (LikenessImage) shown = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (
      input == LIKENESS_INPUT_LOW || input == LIKENESS_INPUT_HIGH || input > 0, FALSE);

  if (best != NULL || input != LIKENESS_INPUT_LOW)
    {
      LikenessImage *image = load (path, cancellable, error);

      if (image == NULL)
        return FALSE;
      high = fit (image);
    }
  if (best != NULL)
    memcpy (best, high->pixels, LIKENESS_FACE_BYTES);
  if (probe == NULL)
    return TRUE;

  if (input == LIKENESS_INPUT_LOW)
    shown = enlarge_low (path, low_path, cancellable, error);
  else if (input == LIKENESS_INPUT_HIGH)
    shown = g_steal_pointer (&high);
  else
    shown = degrade (high, input);
  if (shown == NULL)
    return FALSE;
  memcpy (probe, shown->pixels, LIKENESS_FACE_BYTES);
  return TRUE;
}

gboolean
likeness_pixels_load_face (const char *path,
                           const char *low_path,
                           int input,
                           guint8 *out,
                           GCancellable *cancellable,
                           GError **error)
{
  g_return_val_if_fail (out != NULL, FALSE);

  return likeness_pixels_load_pair (path, low_path, input, NULL, out, cancellable, error);
}

static void
fail (Reading *reading, gsize index, GError *error)
{
  pthread_mutex_lock (&reading->mutex);
  if (reading->error == NULL || index < reading->failed)
    {
      g_clear_error (&reading->error);
      reading->error = error;
      reading->failed = index;
    }
  else
    g_error_free (error);
  pthread_mutex_unlock (&reading->mutex);
}

/* Whether a face before this one is known to be bad: only the first error is told, so
 * that it does not depend on the threads, and nothing after it matters. */
static gboolean
is_given_up (Reading *reading, gsize index)
{
  gboolean given_up;

  pthread_mutex_lock (&reading->mutex);
  given_up = reading->error != NULL && reading->failed < index;
  pthread_mutex_unlock (&reading->mutex);
  return given_up;
}

static void
read_faces (gsize begin, gsize end, gpointer user_data)
{
  Reading *reading = user_data;

  for (gsize i = begin; i < end; i++)
    {
      const LikenessListedFace *face = &reading->list->faces[i];
      guint8 *best = reading->pixels->best + i * LIKENESS_FACE_BYTES;
      guint8 *probe = reading->pixels->probe + i * LIKENESS_FACE_BYTES;
      GError *error = NULL;

      if (is_given_up (reading, i))
        return;
      if (!likeness_pixels_load_pair (face->path, face->low_path, reading->input, best,
                                      probe == best ? NULL : probe, reading->cancellable,
                                      &error))
        fail (reading, i, error);
      likeness_progress_advance (reading->progress, 1);
    }
}

static guint8 *
allocate (gsize n, GError **error)
{
  guint8 *pixels = n > 0 ? g_try_malloc_n (n, LIKENESS_FACE_BYTES) : g_malloc (1);

  if (pixels == NULL)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                 _ ("%" G_GSIZE_FORMAT
                    " decoded faces do not fit into this machine's memory. Exclude "
                    "subjects or use a machine with more."),
                 n);
  return pixels;
}

LikenessPixels *
likeness_pixels_load (const LikenessFaceList *list,
                      int input,
                      LikenessProgress *progress,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LikenessPixels) self = NULL;
  Reading reading = {0};
  g_autoptr (GError) cancelled = NULL;
  gboolean done;

  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (
      input == LIKENESS_INPUT_LOW || input == LIKENESS_INPUT_HIGH || input > 0, NULL);

  self = g_new0 (LikenessPixels, 1);
  self->n = list->n_faces;
  self->best = allocate (list->n_faces, error);
  if (self->best == NULL)
    return NULL;
  self->probe
      = input == LIKENESS_INPUT_HIGH ? self->best : allocate (list->n_faces, error);
  if (self->probe == NULL)
    return NULL;

  likeness_progress_begin (progress, N_ ("Decoding faces"), list->n_faces);
  reading.list = list;
  reading.pixels = self;
  reading.input = input;
  reading.progress = progress;
  reading.cancellable = cancellable;
  pthread_mutex_init (&reading.mutex, NULL);
  done = likeness_parallel_for (list->n_faces, 1, 0, read_faces, &reading, cancellable,
                                &cancelled);
  pthread_mutex_destroy (&reading.mutex);
  if (reading.error != NULL || !done)
    {
      g_propagate_error (error, reading.error != NULL ? reading.error
                                                      : g_steal_pointer (&cancelled));
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
likeness_pixels_add_probe (LikenessPixels *self, GError **error)
{
  guint8 *probe;

  g_return_val_if_fail (self->probe == self->best, FALSE);

  probe = allocate (self->n, error);
  if (probe != NULL)
    self->probe = probe;
  return probe != NULL;
}

void
likeness_pixels_free (LikenessPixels *self)
{
  if (self == NULL)
    return;
  if (self->probe != self->best)
    g_free (self->probe);
  g_free (self->best);
  g_free (self);
}
