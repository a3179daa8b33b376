/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-fake.h"

#include "likeness-types.h"

/* Between two bytes of a face that are looked at. */
#define STRIDE 73

struct _LikenessNet
{
  guint n_classes;
};

static gboolean
probe (LikenessTorchProbe *found, GError **error)
{
  *found = (LikenessTorchProbe){.n_devices = 1, .processor_bfloat16 = TRUE};
  g_strlcpy (found->devices[0].kind, "cpu", sizeof found->devices[0].kind);
  found->devices[0].index = -1;
  return TRUE;
}

static LikenessNet *
net_new (const LikenessNetOptions *options, GError **error)
{
  return g_new0 (LikenessNet, 1);
}

static void
net_free (LikenessNet *net)
{
  g_free (net);
}

static gboolean
embed (LikenessNet *net,
       const guint8 *faces,
       gsize n,
       gboolean flip,
       float *embeddings,
       GError **error)
{
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
      *embeddings++ = faces[i * LIKENESS_FACE_BYTES + k * STRIDE + (flip ? 1 : 0)] + 1.0f;
  return TRUE;
}

static gsize
get_embed_chunk (const LikenessNet *net)
{
  return 256;
}

static gboolean
head_new (
    LikenessNet *net, guint n_classes, const float *weights, guint64 seed, GError **error)
{
  net->n_classes = n_classes;
  return TRUE;
}

static gboolean
head_scores (
    LikenessNet *net, const float *embeddings, gsize n, float *cosines, GError **error)
{
  for (gsize i = 0; i < n * net->n_classes; i++)
    cosines[i] = 0;
  return TRUE;
}

static gboolean
data_load (LikenessNet *net,
           const guint8 *faces,
           const guint8 *best,
           const guint32 *labels,
           const float *targets,
           gsize n,
           GError **error)
{
  return TRUE;
}

static gboolean
stage_begin (LikenessNet *net, const LikenessStageOptions *options, GError **error)
{
  return TRUE;
}

static gboolean
step_head (LikenessNet *net,
           const float *embeddings,
           const guint32 *labels,
           gsize n,
           float lr_head,
           LikenessStepResult *result,
           GError **error)
{
  *result = (LikenessStepResult){.loss = 1, .faces = (guint)n};
  return TRUE;
}

static gboolean
step (LikenessNet *net,
      const guint32 *indexes,
      const LikenessAugmentation *augmentations,
      gsize n,
      float lr_head,
      float lr_backbone,
      LikenessStepResult *result,
      GError **error)
{
  if (result != NULL)
    *result = (LikenessStepResult){.loss = 1, .faces = (guint)n};
  return TRUE;
}

static gboolean
checkpoint_save (LikenessNet *net,
                 const char *path,
                 const LikenessCheckpointInfo *info,
                 GError **error)
{
  g_autofree char *text = g_strdup_printf ("epoch %d", info->epoch);

  return g_file_set_contents (path, text, -1, error);
}

static const LikenessTorch table = {
    .probe = probe,
    .net_new = net_new,
    .net_free = net_free,
    .embed = embed,
    .get_embed_chunk = get_embed_chunk,
    .head_new = head_new,
    .head_scores = head_scores,
    .data_load = data_load,
    .stage_begin = stage_begin,
    .step_head = step_head,
    .step = step,
    .checkpoint_save = checkpoint_save,
};

const LikenessTorch *
likeness_test_get_fake (void)
{
  return &table;
}
