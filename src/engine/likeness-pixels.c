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
#include "likeness-pixel-source.h"
#include "likeness-run-config.h"

/* What the readers of one list share. */
typedef struct
{
  const LikenessFaceList *list;
  int input;
  LikenessProgress *progress;
  GCancellable *cancellable;

  LikenessPixelSource *source; /* NULL: every face is decoded */
  LikenessPixelWriter *writer; /* NULL: they go to best and probe */
  guint8 *best;
  guint8 *probe; /* where both are the same, as in LikenessPixels */

  pthread_mutex_t mutex; /* for what is below */
  gsize failed;          /* the first face that cannot be read */
  GError *error;
  gboolean unwritten; /* the disk is full, or the like */
  guint n_decoded;
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

static void
give_up_writing (Reading *reading)
{
  pthread_mutex_lock (&reading->mutex);
  reading->unwritten = TRUE;
  pthread_mutex_unlock (&reading->mutex);
}

/* Whether a face before this one is known to be bad: only the first error is told, so
 * that it does not depend on the threads, and nothing after it matters. */
static gboolean
is_given_up (Reading *reading, gsize index)
{
  gboolean given_up;

  pthread_mutex_lock (&reading->mutex);
  given_up = reading->unwritten || (reading->error != NULL && reading->failed < index);
  pthread_mutex_unlock (&reading->mutex);
  return given_up;
}

/* Into @best and @probe, which may be the same. */
static gboolean
read_face (Reading *reading, gsize index, guint8 *best, guint8 *probe, GError **error)
{
  const LikenessListedFace *face = &reading->list->faces[index];

  if (reading->source != NULL
      && likeness_pixel_source_copy (reading->source, index, best, probe))
    return TRUE;
  if (!likeness_pixels_load_pair (face->path, face->low_path, reading->input, best,
                                  probe == best ? NULL : probe, reading->cancellable,
                                  error))
    return FALSE;
  if (reading->source != NULL)
    likeness_pixel_source_settle (reading->source, index, best, probe);
  pthread_mutex_lock (&reading->mutex);
  reading->n_decoded++;
  pthread_mutex_unlock (&reading->mutex);
  return TRUE;
}

static void
read_faces (gsize begin, gsize end, gpointer user_data)
{
  Reading *reading = user_data;
  g_autofree guint8 *scratch = NULL;

  if (reading->writer != NULL)
    scratch = g_malloc_n (2, LIKENESS_FACE_BYTES);
  for (gsize i = begin; i < end; i++)
    {
      gsize offset = i * LIKENESS_FACE_BYTES;
      guint8 *best = scratch != NULL ? scratch : reading->best + offset;
      guint8 *probe
          = scratch != NULL ? scratch + LIKENESS_FACE_BYTES : reading->probe + offset;
      GError *error = NULL;

      if (is_given_up (reading, i))
        return;
      if (reading->input == LIKENESS_INPUT_HIGH)
        probe = best;
      if (!read_face (reading, i, best, probe, &error))
        fail (reading, i, error);
      else if (reading->writer != NULL
               && !likeness_pixel_writer_put (reading->writer, i, best, probe))
        give_up_writing (reading);
      likeness_progress_advance (reading->progress, 1);
    }
}

static gboolean
read_list (Reading *reading, GError **error)
{
  g_autoptr (GError) cancelled = NULL;
  gboolean done;

  reading->n_decoded = 0;
  reading->unwritten = FALSE;
  likeness_progress_begin (reading->progress, N_ ("Decoding faces"),
                           reading->list->n_faces);
  pthread_mutex_init (&reading->mutex, NULL);
  done = likeness_parallel_for (reading->list->n_faces, 1, 0, read_faces, reading,
                                reading->cancellable, &cancelled);
  pthread_mutex_destroy (&reading->mutex);
  if (reading->error == NULL && done)
    return TRUE;
  g_propagate_error (error, reading->error != NULL ? g_steal_pointer (&reading->error)
                                                   : g_steal_pointer (&cancelled));
  return FALSE;
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

static gboolean
read_to_memory (LikenessPixels *self, Reading *reading, GError **error)
{
  guint n = reading->list->n_faces;

  self->memory[0] = reading->best = allocate (n, error);
  if (reading->best == NULL)
    return FALSE;
  reading->probe = reading->best;
  if (reading->input != LIKENESS_INPUT_HIGH)
    self->memory[1] = reading->probe = allocate (n, error);
  if (reading->probe == NULL || !read_list (reading, error))
    return FALSE;
  self->best = reading->best;
  self->probe = reading->probe;
  return TRUE;
}

/* %TRUE without self->cache: there is no file, and nothing wrong with the faces. */
static gboolean
read_to_cache (LikenessPixels *self, Reading *reading, GError **error)
{
  g_autoptr (LikenessPixelWriter) writer = NULL;
  gboolean good;

  self->cache = likeness_pixel_source_get_whole (reading->source);
  if (self->cache != NULL)
    {
      likeness_progress_begin (reading->progress, N_ ("Decoding faces"), self->n);
      likeness_progress_advance (reading->progress, self->n);
      return TRUE;
    }
  writer = likeness_pixel_source_make_writer (reading->source);
  if (writer == NULL)
    return TRUE;
  reading->writer = writer;
  good = read_list (reading, error);
  reading->writer = NULL;
  if (good && !reading->unwritten)
    self->cache = likeness_pixel_writer_finish (
        writer, likeness_pixel_source_get_records (reading->source));
  return good;
}

static void
take_cache (LikenessPixels *self, LikenessPixelCache *cache)
{
  self->cache = cache;
  self->n = cache->header.n;
  self->best = cache->best;
  self->probe = cache->probe;
}

LikenessPixels *
likeness_pixels_new_cached (LikenessPixelCache *cache)
{
  LikenessPixels *self = g_new0 (LikenessPixels, 1);

  take_cache (self, cache);
  return self;
}

static LikenessPixels *
load_list (const LikenessFaceList *list,
           int input,
           gboolean use_cache,
           LikenessProgress *progress,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (LikenessPixels) self = g_new0 (LikenessPixels, 1);
  g_autoptr (LikenessPixelSource) source = NULL;
  Reading reading
      = {.list = list, .input = input, .progress = progress, .cancellable = cancellable};

  self->n = list->n_faces;
  if (use_cache && self->n > 0)
    {
      source = likeness_pixel_source_new (list, input, LIKENESS_PIXEL_SOURCE_BILINEAR,
                                          cancellable, error);
      if (source == NULL)
        return NULL;
      reading.source = source;
      if (!read_to_cache (self, &reading, error))
        return NULL;
    }
  if (self->cache != NULL)
    take_cache (self, self->cache);
  else if (!read_to_memory (self, &reading, error))
    return NULL;
  self->n_decoded = reading.n_decoded;
  g_debug ("%u of %" G_GSIZE_FORMAT " faces were decoded, %s", self->n_decoded, self->n,
           self->cache != NULL ? "they lie in the cache" : "they lie in memory");
  return g_steal_pointer (&self);
}

LikenessPixels *
likeness_pixels_load (const LikenessFaceList *list,
                      int input,
                      LikenessProgress *progress,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (
      input == LIKENESS_INPUT_LOW || input == LIKENESS_INPUT_HIGH || input > 0, NULL);

  return load_list (list, input, TRUE, progress, cancellable, error);
}

LikenessPixels *
likeness_pixels_decode (const LikenessFaceList *list,
                        int input,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (
      input == LIKENESS_INPUT_LOW || input == LIKENESS_INPUT_HIGH || input > 0, NULL);

  return load_list (list, input, FALSE, NULL, cancellable, error);
}

guint8 *
likeness_pixels_add_probe (LikenessPixels *self, GError **error)
{
  g_return_val_if_fail (self->probe == self->best && self->memory[1] == NULL, NULL);

  self->memory[1] = allocate (self->n, error);
  if (self->memory[1] != NULL)
    self->probe = self->memory[1];
  return self->memory[1];
}

void
likeness_pixels_free (LikenessPixels *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->cache, likeness_pixel_cache_unref);
  g_free (self->memory[0]);
  g_free (self->memory[1]);
  g_free (self);
}
