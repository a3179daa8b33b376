/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <string.h>

#include "likeness-device.h"
#include "likeness-embeddings.h"
#include "likeness-error.h"
#include "likeness-evaluator-private.h"
#include "likeness-evaluator.h"
#include "likeness-judgement.h"
#include "likeness-parallel.h"

/* Files whose pixels are held at once, as many as are embedded between two looks at the
 * cancellable. */
#define PORTION 256
#define NO_ROW G_MAXUINT32

/* The embeddings that the pairs need: one row for each way in which an image is shown. */
typedef struct
{
  guint32 *plain;   /* of each image: its row as it is, or NO_ROW */
  guint32 *reduced; /* its row as the second of a pair; @plain where nothing is reduced */
  guint32 n;        /* rows; those of image i come right before those of image i + 1 */
} Rows;

/* What the readers of one portion share. */
typedef struct
{
  const char *const *paths;
  const Rows *rows;
  int input;
  guint begin; /* the portion's first image */
  guint32 first_row;
  guint8 *faces; /* of the portion's rows */
  LikenessProgress *progress;
  GCancellable *cancellable;

  pthread_mutex_t mutex; /* for the three below */
  guint n_failed;        /* of all portions */
  guint failed;          /* the first of them */
  GError *error;
} Reading;

static void
rows_clear (Rows *self)
{
  if (self->reduced != self->plain)
    g_free (self->reduced);
  g_free (self->plain);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static guint32 *
make_numbers (guint n)
{
  guint32 *numbers = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    numbers[i] = NO_ROW;
  return numbers;
}

static void
number_rows (Rows *self, const LikenessPairs *pairs, gboolean reduces)
{
  self->plain = make_numbers (pairs->n_images);
  self->reduced = reduces ? make_numbers (pairs->n_images) : self->plain;
  for (gsize i = 0; i < pairs->n; i++)
    {
      self->plain[pairs->first[i]] = 0;
      self->reduced[pairs->second[i]] = 0;
    }
  for (guint i = 0; i < pairs->n_images; i++)
    {
      if (self->plain[i] != NO_ROW)
        self->plain[i] = self->n++;
      if (reduces && self->reduced[i] != NO_ROW)
        self->reduced[i] = self->n++;
    }
}

/* Where the pixels of a row go; NULL for none. */
static guint8 *
get_face (const Reading *reading, guint32 row)
{
  return row == NO_ROW
             ? NULL
             : reading->faces + (gsize)(row - reading->first_row) * LIKENESS_FACE_BYTES;
}

static void
fail (Reading *reading, guint image, GError *error)
{
  pthread_mutex_lock (&reading->mutex);
  if (reading->n_failed++ == 0 || image < reading->failed)
    {
      g_clear_error (&reading->error);
      reading->error = g_steal_pointer (&error);
      reading->failed = image;
    }
  pthread_mutex_unlock (&reading->mutex);
  g_clear_error (&error);
}

static void
read_faces (gsize begin, gsize end, gpointer user_data)
{
  Reading *reading = user_data;
  const Rows *rows = reading->rows;

  for (guint i = reading->begin + begin; i < reading->begin + end; i++)
    {
      guint8 *plain = get_face (reading, rows->plain[i]);
      guint8 *reduced
          = rows->reduced == rows->plain ? NULL : get_face (reading, rows->reduced[i]);
      GError *error = NULL;

      if (!likeness_pixels_load_pair (reading->paths[i], NULL, reading->input, plain,
                                      reduced, reading->cancellable, &error))
        fail (reading, i, error);
    }
}

/* How many rows the images before @image have. */
static guint32
count_rows_before (const Rows *rows, const LikenessPairs *pairs, guint image)
{
  if (image == pairs->n_images)
    return rows->n;
  return MIN (rows->plain[image], rows->reduced[image]);
}

/* Reads all images, and embeds them as long as none has failed. */
static gboolean
embed (Reading *reading,
       const LikenessPairs *pairs,
       const LikenessTorch *torch,
       LikenessNet *net,
       float *embeddings,
       GError **error)
{
  g_autofree guint8 *faces = g_try_malloc_n (2 * PORTION, LIKENESS_FACE_BYTES);

  reading->faces = faces;
  for (guint begin = 0; faces != NULL && begin < pairs->n_images; begin += PORTION)
    {
      guint end = MIN (begin + PORTION, pairs->n_images);
      g_autofree float *rows = NULL;
      guint32 n_rows;

      reading->begin = begin;
      reading->first_row = count_rows_before (reading->rows, pairs, begin);
      n_rows = count_rows_before (reading->rows, pairs, end) - reading->first_row;
      if (!likeness_parallel_for (end - begin, 1, 0, read_faces, reading,
                                  reading->cancellable, error))
        return FALSE;
      if (reading->n_failed == 0)
        {
          rows = likeness_embeddings_compute (torch, net, faces, n_rows, FALSE, TRUE,
                                              NULL, reading->cancellable, error);
          if (rows == NULL)
            return FALSE;
          memcpy (embeddings + (gsize)reading->first_row * LIKENESS_EMBEDDING_SIZE, rows,
                  (gsize)n_rows * LIKENESS_EMBEDDING_SIZE * sizeof *rows);
        }
      likeness_progress_advance (reading->progress, end - begin);
    }
  if (faces != NULL)
    return TRUE;
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                       _ ("The images do not fit into memory. Use a machine with more."));
  return FALSE;
}

static gboolean
check_read (const Reading *reading, guint n_images, GError **error)
{
  if (reading->error == NULL)
    return TRUE;
  if (g_error_matches (reading->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (reading->error));
  else
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_IMAGE,
                 _ ("Of the %u images of the pairs %u cannot be read, the first: %s"),
                 n_images, reading->n_failed, reading->error->message);
  return FALSE;
}

static gboolean
embed_images (const LikenessRunConfig *config,
              const LikenessPairs *pairs,
              const char *const *paths,
              const Rows *rows,
              float *embeddings,
              LikenessProgress *progress,
              GCancellable *cancellable,
              GError **error)
{
  Reading reading
      = {.paths = paths,
         .rows = rows,
         .input = rows->reduced == rows->plain ? LIKENESS_INPUT_HIGH : config->input,
         .progress = progress,
         .cancellable = cancellable};
  g_autoptr (LikenessRunConfig) own = likeness_run_config_copy (config);
  const LikenessTorch *torch = likeness_torch_load (error);
  int cuda_device;
  LikenessNet *net;
  gboolean done;

  if (torch == NULL || !likeness_device_resolve (own->device, &cuda_device, NULL, error))
    return FALSE;
  if (own->threads == 0)
    own->threads = (guint)likeness_device_count_cores ();
  net = likeness_evaluator_open_net (own, torch, cuda_device, NULL, cancellable, error);
  if (net == NULL)
    return FALSE;
  likeness_progress_begin (progress, N_ ("Embedding faces"), pairs->n_images);
  pthread_mutex_init (&reading.mutex, NULL);
  done = embed (&reading, pairs, torch, net, embeddings, error)
         && check_read (&reading, pairs->n_images, error);
  pthread_mutex_destroy (&reading.mutex);
  g_clear_error (&reading.error);
  torch->net_free (net);
  return done;
}

gboolean
likeness_evaluator_score_pairs (const LikenessRunConfig *config,
                                const LikenessPairs *pairs,
                                const char *const *paths,
                                float *scores,
                                LikenessProgress *progress,
                                GCancellable *cancellable,
                                GError **error)
{
  g_auto (Rows) rows = {NULL};
  g_autofree float *embeddings = NULL;

  g_return_val_if_fail (config->input != LIKENESS_INPUT_LOW, FALSE);

  number_rows (&rows, pairs, config->input > 0);
  embeddings = g_try_malloc_n (rows.n, LIKENESS_EMBEDDING_SIZE * sizeof *embeddings);
  if (embeddings == NULL)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                   _ ("The embeddings of %u images do not fit into memory. Use a machine "
                      "with more."),
                   pairs->n_images);
      return FALSE;
    }
  if (!embed_images (config, pairs, paths, &rows, embeddings, progress, cancellable,
                     error))
    return FALSE;
  for (gsize i = 0; i < pairs->n; i++)
    scores[i] = likeness_embeddings_dot (
        embeddings + (gsize)rows.plain[pairs->first[i]] * LIKENESS_EMBEDDING_SIZE,
        embeddings + (gsize)rows.reduced[pairs->second[i]] * LIKENESS_EMBEDDING_SIZE);
  return TRUE;
}
