/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-device.h"
#include "likeness-embeddings.h"
#include "likeness-evaluator-private.h"
#include "likeness-evaluator.h"

/* Files whose pixels are held at once. */
#define PORTION 1024

/* A list of nothing but paths. */
static LikenessFaceList
make_list (const char *const *paths, gsize n)
{
  LikenessFaceList list = {.n_faces = (guint)n, .faces = g_new0 (LikenessListedFace, n)};

  for (gsize i = 0; i < n; i++)
    list.faces[i].path = (char *)paths[i];
  return list;
}

static gboolean
embed_portion (const LikenessTorch *torch,
               LikenessNet *net,
               const char *const *paths,
               gsize n,
               int input,
               gboolean raw,
               float *embeddings,
               GCancellable *cancellable,
               GError **error)
{
  LikenessFaceList list = make_list (paths, n);
  g_autofree LikenessListedFace *faces = list.faces;
  g_autoptr (LikenessPixels) pixels
      = likeness_pixels_decode (&list, input, cancellable, error);
  g_autofree float *rows = NULL;

  if (pixels == NULL)
    return FALSE;
  rows = likeness_embeddings_compute (torch, net, pixels->probe, n, FALSE, !raw, NULL,
                                      cancellable, error);
  if (rows == NULL)
    return FALSE;
  memcpy (embeddings, rows, n * LIKENESS_EMBEDDING_SIZE * sizeof (float));
  return TRUE;
}

LikenessNet *
likeness_evaluator_open_net (const LikenessRunConfig *config,
                             const LikenessTorch **torch,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (LikenessWeights) weights = NULL;
  LikenessNetOptions options = {.seed = config->seed};

  *torch = likeness_torch_load (error);
  if (*torch == NULL
      || !likeness_device_resolve (config->device != NULL ? config->device : "auto",
                                   &options.cuda_device, NULL, error))
    return NULL;
  if (config->edgeface != NULL)
    {
      weights = likeness_weights_load (config->edgeface, cancellable, error);
      if (weights == NULL)
        return NULL;
    }
  options.weights = weights;
  options.variant = weights != NULL ? weights->variant
                                    : likeness_variant_get (config->from_scratch, error);
  if (options.variant == NULL)
    return NULL;
  options.threads
      = config->threads > 0 ? (int)config->threads : likeness_device_count_cores ();
  return (*torch)->net_new (&options, error);
}

gboolean
likeness_evaluator_embed (const char *weights,
                          const char *const *paths,
                          gsize n,
                          int input,
                          gboolean raw,
                          const char *device,
                          float *embeddings,
                          LikenessProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  const LikenessRunConfig config
      = {.edgeface = (char *)weights, .device = (char *)device};
  const LikenessTorch *torch;
  LikenessNet *net;
  gboolean done = TRUE;

  g_return_val_if_fail (weights != NULL && (paths != NULL || n == 0), FALSE);

  net = likeness_evaluator_open_net (&config, &torch, cancellable, error);
  if (net == NULL)
    return FALSE;
  likeness_progress_begin (progress, N_ ("Embedding faces"), n);
  for (gsize i = 0; i < n && done; i += PORTION)
    {
      gsize portion = MIN (PORTION, n - i);

      done = embed_portion (torch, net, paths + i, portion, input, raw,
                            embeddings + i * LIKENESS_EMBEDDING_SIZE, cancellable, error);
      likeness_progress_advance (progress, portion);
    }
  torch->net_free (net);
  return done;
}
