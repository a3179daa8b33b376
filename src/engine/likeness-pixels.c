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
#include "likeness-run-config.h"

/* More readers than this only fight for the disk. */
#define MAX_READERS 16

/* What the readers of one list share. */
typedef struct
{
  const LikenessFaceList *list;
  LikenessPixels *pixels;
  int input;
  LikenessProgress *progress;
  GCancellable *cancellable;

  gint next;             /* atomic: the first face that nobody has taken */
  pthread_mutex_t mutex; /* for the two below */
  gint failed;           /* the first face that cannot be read */
  GError *error;
} Reading;

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

static LikenessImage *
load_low (const char *path,
          const char *low_path,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (LikenessImage) low = NULL;

  if (low_path == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("“%s” has no low-resolution partner. Set the input to high or to a "
                      "number of pixels, or add the partner."),
                   name);
      return NULL;
    }
  low = likeness_image_load (low_path, cancellable, error);
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

/* @best and @probe may be NULL where they are not wanted. */
static gboolean
load_face (const char *path,
           const char *low_path,
           int input,
           guint8 *best,
           guint8 *probe,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (LikenessImage) high = NULL;
  g_autoptr (LikenessImage) shown = NULL;

  if (best != NULL || input != LIKENESS_INPUT_LOW)
    {
      LikenessImage *image = likeness_image_load (path, cancellable, error);

      if (image == NULL)
        return FALSE;
      high = fit (image);
    }
  if (best != NULL)
    memcpy (best, high->pixels, LIKENESS_FACE_BYTES);
  if (probe == NULL)
    return TRUE;

  if (input == LIKENESS_INPUT_LOW)
    shown = load_low (path, low_path, cancellable, error);
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
  g_return_val_if_fail (path != NULL && out != NULL, FALSE);
  g_return_val_if_fail (
      input == LIKENESS_INPUT_LOW || input == LIKENESS_INPUT_HIGH || input > 0, FALSE);

  return load_face (path, low_path, input, NULL, out, cancellable, error);
}

static void
fail (Reading *reading, gint index, GError *error)
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
  /* Nothing after this face matters; those before it are already taken, so which error
   * is told does not depend on the threads. */
  g_atomic_int_set (&reading->next, (gint)reading->list->n_faces);
}

static gpointer
read_cb (gpointer user_data)
{
  Reading *reading = user_data;
  const gint n = (gint)reading->list->n_faces;
  gint i;

  while (g_atomic_int_get (&reading->next) < n
         && (i = g_atomic_int_add (&reading->next, 1)) < n)
    {
      const LikenessListedFace *face = &reading->list->faces[i];
      guint8 *best = reading->pixels->best + (gsize)i * LIKENESS_FACE_BYTES;
      guint8 *probe = reading->pixels->probe + (gsize)i * LIKENESS_FACE_BYTES;
      GError *error = NULL;

      if (g_cancellable_set_error_if_cancelled (reading->cancellable, &error)
          || !load_face (face->path, face->low_path, reading->input, best,
                         probe == best ? NULL : probe, reading->cancellable, &error))
        fail (reading, i, error);
      likeness_progress_advance (reading->progress, 1);
    }
  return NULL;
}

static void
read_all (Reading *reading)
{
  GThread *threads[MAX_READERS];
  guint n_threads = MIN (g_get_num_processors (), MAX_READERS);
  guint n_started = 0;

  n_threads = MIN (n_threads, reading->list->n_faces);
  /* The caller reads too. Where the system refuses a thread, fewer do the work. */
  while (n_started + 1 < n_threads)
    {
      threads[n_started] = g_thread_try_new ("reader", read_cb, reading, NULL);
      if (threads[n_started] == NULL)
        break;
      n_started++;
    }
  read_cb (reading);
  while (n_started > 0)
    g_thread_join (threads[--n_started]);
}

static guint8 *
allocate (guint n, GError **error)
{
  guint8 *pixels = n > 0 ? g_try_malloc_n (n, LIKENESS_FACE_BYTES) : g_malloc (1);

  if (pixels == NULL)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                 _ ("%u decoded faces do not fit into this machine's memory. Exclude "
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

  g_return_val_if_fail (list != NULL && list->n_faces <= G_MAXINT - MAX_READERS, NULL);
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
  read_all (&reading);
  pthread_mutex_destroy (&reading.mutex);
  if (reading.error != NULL)
    {
      g_propagate_error (error, reading.error);
      return NULL;
    }
  return g_steal_pointer (&self);
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
