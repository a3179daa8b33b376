/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-device.h"
#include "likeness-embeddings.h"
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
  g_autoptr (LikenessWeights) read = NULL;
  const LikenessTorch *torch;
  LikenessNetOptions options = {.threads = likeness_device_count_cores ()};
  LikenessNet *net;
  gboolean done = TRUE;

  g_return_val_if_fail (weights != NULL && (paths != NULL || n == 0), FALSE);

  torch = likeness_torch_load (error);
  if (torch == NULL
      || !likeness_device_resolve (device != NULL ? device : "auto", &options.cuda_device,
                                   NULL, error))
    return FALSE;
  read = likeness_weights_load (weights, cancellable, error);
  if (read == NULL)
    return FALSE;
  options.variant = read->variant;
  options.weights = read;
  net = torch->net_new (&options, error);
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
