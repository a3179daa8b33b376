/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-evaluator-private.h"

static LikenessNet *
make_net (const LikenessRunConfig *config,
          const LikenessTorch *torch,
          int cuda_device,
          const LikenessWeights *weights,
          GError **error)
{
  LikenessNetOptions options = {
      .variant = weights != NULL ? weights->variant
                                 : likeness_variant_get (config->from_scratch, error),
      .weights = weights,
      .seed = config->seed,
      .cuda_device = cuda_device,
      .threads = (int)config->threads,
  };

  return options.variant != NULL ? torch->net_new (&options, error) : NULL;
}

LikenessNet *
likeness_evaluator_open_net (const LikenessRunConfig *config,
                             const LikenessTorch *torch,
                             int cuda_device,
                             LikenessWeights **weights,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (LikenessWeights) read = NULL;
  GError *own = NULL;
  LikenessNet *net;

  if (weights != NULL)
    *weights = NULL;
  if (config->edgeface != NULL)
    {
      read = likeness_weights_load (config->edgeface, cancellable, &own);
      if (config->trust_script
          && g_error_matches (own, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_SCRIPT))
        {
          g_clear_error (&own);
          return torch->net_open_script (config->edgeface, cuda_device,
                                         (int)config->threads, error);
        }
      if (read == NULL)
        {
          g_propagate_error (error, own);
          return NULL;
        }
    }
  net = make_net (config, torch, cuda_device, read, error);
  if (net != NULL && weights != NULL)
    *weights = g_steal_pointer (&read);
  return net;
}
