/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-embeddings.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-error.h"
#include "likeness-judgement.h"

static void
refuse (GError **error)
{
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_TOO_LARGE,
                       _ ("The embeddings of this data do not fit into memory. Exclude "
                          "subjects or use a machine with more."));
}

float *
likeness_embeddings_allocate (gsize n, GError **error)
{
  float *rows = g_try_malloc_n (MAX (n, 1), sizeof (float) * LIKENESS_EMBEDDING_SIZE);

  if (rows == NULL)
    refuse (error);
  return rows;
}

float *
likeness_embeddings_compute (const LikenessTorch *torch,
                             LikenessNet *net,
                             const guint8 *faces,
                             gsize n,
                             gboolean flip,
                             gboolean normalise,
                             LikenessProgress *progress,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autofree float *rows = likeness_embeddings_allocate (n, error);
  const gsize at_a_time = torch->get_embed_chunk (net);

  if (rows == NULL)
    return NULL;
  for (gsize i = 0; i < n; i += at_a_time)
    {
      gsize chunk = MIN (at_a_time, n - i);
      float *part = rows + i * LIKENESS_EMBEDDING_SIZE;

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !torch->embed (net, faces + i * LIKENESS_FACE_BYTES, chunk, flip, part,
                            error))
        return NULL;
      likeness_progress_advance (progress, chunk);
    }
  if (normalise && !likeness_embeddings_normalise (rows, n))
    {
      g_set_error_literal (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NOT_FINITE,
                           _ ("The network answers with numbers that are not finite. "
                              "Start again with a smaller learning rate or other "
                              "weights."));
      return NULL;
    }
  return g_steal_pointer (&rows);
}

/* Both embeddings of a list; where the images are the same, so are the rows. */
static gboolean
embed_both (const LikenessPixels *pixels,
            const LikenessTorch *torch,
            LikenessNet *net,
            LikenessProgress *progress,
            GCancellable *cancellable,
            float **probe,
            float **best,
            GError **error)
{
  *best = likeness_embeddings_compute (torch, net, pixels->best, pixels->n, FALSE, TRUE,
                                       progress, cancellable, error);
  if (*best == NULL)
    return FALSE;
  if (pixels->probe == pixels->best)
    *probe = *best;
  else
    *probe = likeness_embeddings_compute (torch, net, pixels->probe, pixels->n, FALSE,
                                          TRUE, progress, cancellable, error);
  return *probe != NULL;
}

/* The probe's faces lie apart in the train set. */
static float *
embed_probe (const LikenessMeasure *measure,
             const LikenessTorch *torch,
             LikenessNet *net,
             const float *train,
             LikenessProgress *progress,
             GCancellable *cancellable,
             GError **error)
{
  const LikenessPixels *pixels = measure->train_pixels;
  g_autofree guint8 *faces = NULL;
  float *rows;

  if (pixels->probe != pixels->best)
    {
      faces = g_try_malloc_n (MAX (measure->n_probe, 1), LIKENESS_FACE_BYTES);
      if (faces == NULL)
        {
          refuse (error);
          return NULL;
        }
      for (gsize i = 0; i < measure->n_probe; i++)
        memcpy (faces + i * LIKENESS_FACE_BYTES,
                pixels->probe + (gsize)measure->probe[i] * LIKENESS_FACE_BYTES,
                LIKENESS_FACE_BYTES);
      return likeness_embeddings_compute (torch, net, faces, measure->n_probe, FALSE,
                                          TRUE, progress, cancellable, error);
    }
  rows = likeness_embeddings_allocate (measure->n_probe, error);
  for (gsize i = 0; rows != NULL && i < measure->n_probe; i++)
    memcpy (rows + i * LIKENESS_EMBEDDING_SIZE,
            train + (gsize)measure->probe[i] * LIKENESS_EMBEDDING_SIZE,
            sizeof (float) * LIKENESS_EMBEDDING_SIZE);
  return rows;
}

static guint64
count (const LikenessPixels *pixels)
{
  if (pixels == NULL)
    return 0;
  return pixels->probe == pixels->best ? pixels->n : 2 * pixels->n;
}

LikenessEmbeddings *
likeness_embeddings_new (const LikenessMeasure *measure,
                         const LikenessTorch *torch,
                         LikenessNet *net,
                         LikenessProgress *progress,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (LikenessEmbeddings) self = g_new0 (LikenessEmbeddings, 1);
  const LikenessPixels *train = measure->train_pixels;
  guint64 total = train->n + count (measure->val_pixels)
                  + count (measure->strangers_pixels)
                  + (train->probe == train->best ? 0 : measure->n_probe);

  likeness_progress_begin (progress, N_ ("Embedding faces"), total);
  self->train = likeness_embeddings_compute (torch, net, train->best, train->n, FALSE,
                                             TRUE, progress, cancellable, error);
  if (self->train == NULL)
    return NULL;
  self->probe
      = embed_probe (measure, torch, net, self->train, progress, cancellable, error);
  if (self->probe == NULL
      || !embed_both (measure->val_pixels, torch, net, progress, cancellable, &self->val,
                      &self->val_best, error))
    return NULL;
  if (measure->strangers_pixels != NULL
      && !embed_both (measure->strangers_pixels, torch, net, progress, cancellable,
                      &self->strangers, &self->strangers_best, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
likeness_embeddings_free (LikenessEmbeddings *self)
{
  if (self == NULL)
    return;
  if (self->val != self->val_best)
    g_free (self->val);
  if (self->strangers != self->strangers_best)
    g_free (self->strangers);
  g_free (self->train);
  g_free (self->probe);
  g_free (self->val_best);
  g_free (self->strangers_best);
  g_free (self);
}
