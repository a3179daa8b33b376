/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-device.h"
#include "likeness-embeddings.h"
#include "likeness-evaluator-private.h"

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
               LikenessEnlarger *enlarger,
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
      = enlarger != NULL
            ? likeness_enlarger_load (enlarger, &list, input, NULL, cancellable, error)
            : likeness_pixels_decode (&list, input, cancellable, error);
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
likeness_evaluator_embed (const LikenessRunConfig *config,
                          const char *const *paths,
                          gsize n,
                          gboolean raw,
                          float *embeddings,
                          LikenessProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (LikenessRunConfig) own = NULL;
  g_autoptr (LikenessEnlarger) enlarger = NULL;
  const LikenessTorch *torch;
  int cuda_device;
  LikenessNet *net;
  gboolean done = TRUE;

  g_return_val_if_fail (config != NULL && (paths != NULL || n == 0), FALSE);

  own = likeness_run_config_copy (config);
  if (own->input == LIKENESS_INPUT_AUTO)
    own->input = LIKENESS_INPUT_HIGH;
  if (!likeness_enlarger_check_input (own->super_resolution, own->input, error))
    return FALSE;
  if (own->threads == 0)
    own->threads = (guint)likeness_device_count_cores ();
  torch = likeness_torch_load (error);
  if (torch == NULL || !likeness_device_resolve (own->device, &cuda_device, NULL, error))
    return FALSE;
  if (own->super_resolution != NULL)
    {
      enlarger
          = likeness_enlarger_new (own->super_resolution, own->trust_super_resolution,
                                   torch, cuda_device, own->threads, cancellable, error);
      if (enlarger == NULL)
        return FALSE;
    }
  net = likeness_evaluator_open_net (own, torch, cuda_device, NULL, cancellable, error);
  if (net == NULL)
    return FALSE;
  likeness_progress_begin (progress, N_ ("Embedding faces"), n);
  for (gsize i = 0; i < n && done; i += PORTION)
    {
      gsize portion = MIN (PORTION, n - i);

      done = embed_portion (torch, net, enlarger, paths + i, portion, own->input, raw,
                            embeddings + i * LIKENESS_EMBEDDING_SIZE, cancellable, error);
      likeness_progress_advance (progress, portion);
    }
  torch->net_free (net);
  return done;
}
