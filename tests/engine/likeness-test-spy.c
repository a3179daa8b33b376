/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-spy.h"

#include "likeness-types.h"

static LikenessTestSpy *spy;

static gboolean
probe (LikenessTorchProbe *found, GError **error)
{
  return spy->next.probe (found, error);
}

static LikenessNet *
net_new (const LikenessNetOptions *options, GError **error)
{
  g_array_append_val (spy->nets, *options);
  return spy->next.net_new (options, error);
}

static void
net_free (LikenessNet *net)
{
  spy->next.net_free (net);
}

static gboolean
embed (LikenessNet *net,
       const guint8 *faces,
       gsize n,
       gboolean flip,
       float *embeddings,
       GError **error)
{
  spy->n_embedded += n;
  return spy->next.embed (net, faces, n, flip, embeddings, error);
}

static gsize
get_embed_chunk (const LikenessNet *net)
{
  return spy->next.get_embed_chunk (net);
}

static gboolean
head_new (
    LikenessNet *net, guint n_classes, const float *weights, guint64 seed, GError **error)
{
  g_free (spy->head);
  spy->head = g_memdup2 (weights, sizeof (float) * n_classes * LIKENESS_EMBEDDING_SIZE);
  spy->n_classes = n_classes;
  spy->head_seed = seed;
  return spy->next.head_new (net, n_classes, weights, seed, error);
}

static gboolean
head_scores (
    LikenessNet *net, const float *embeddings, gsize n, float *cosines, GError **error)
{
  return spy->next.head_scores (net, embeddings, n, cosines, error);
}

static void
forget_faces (void)
{
  g_clear_pointer (&spy->best, g_free);
  g_clear_pointer (&spy->labels, g_free);
  g_clear_pointer (&spy->targets, g_free);
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
  forget_faces ();
  spy->n_faces = n;
  spy->best = g_memdup2 (best, n * LIKENESS_FACE_BYTES);
  spy->labels = g_memdup2 (labels, n * sizeof *labels);
  spy->targets = g_memdup2 (targets, n * 2 * LIKENESS_EMBEDDING_SIZE * sizeof *targets);
  return spy->next.data_load (net, faces, best, labels, targets, n, error);
}

static gboolean
stage_begin (LikenessNet *net, const LikenessStageOptions *options, GError **error)
{
  g_array_append_val (spy->stages, *options);
  return spy->next.stage_begin (net, options, error);
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
  LikenessTestStep asked = {.n = n, .lr_head = lr_head};

  g_array_append_val (spy->steps, asked);
  return spy->next.step_head (net, embeddings, labels, n, lr_head, result, error);
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
  LikenessTestStep asked
      = {.all_layers = TRUE, .n = n, .lr_head = lr_head, .lr_backbone = lr_backbone};

  g_array_append_val (spy->steps, asked);
  for (gsize i = 0; i < n; i++)
    {
      LikenessTestShown face = {indexes[i], augmentations[i]};

      g_array_append_val (spy->shown, face);
    }
  return spy->next.step (net, indexes, augmentations, n, lr_head, lr_backbone, result,
                         error);
}

static gboolean
checkpoint_save (LikenessNet *net,
                 const char *path,
                 const LikenessCheckpointInfo *info,
                 GError **error)
{
  return spy->next.checkpoint_save (net, path, info, error);
}

static gboolean
optimizer_restore (LikenessNet *net, GPtrArray *tensors, GError **error)
{
  return spy->next.optimizer_restore (net, tensors, error);
}

/* The verbs of a training run. */
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
    .optimizer_restore = optimizer_restore,
};

const LikenessTorch *
likeness_test_spy_get_table (void)
{
  return &table;
}

LikenessTestSpy *
likeness_test_spy_new (const LikenessTorch *next)
{
  LikenessTestSpy *self = g_new0 (LikenessTestSpy, 1);

  g_assert_null (spy);
  spy = self;
  self->next = *next;
  self->nets = g_array_new (FALSE, FALSE, sizeof (LikenessNetOptions));
  self->stages = g_array_new (FALSE, FALSE, sizeof (LikenessStageOptions));
  self->steps = g_array_new (FALSE, FALSE, sizeof (LikenessTestStep));
  self->shown = g_array_new (FALSE, FALSE, sizeof (LikenessTestShown));
  return self;
}

void
likeness_test_spy_reset (LikenessTestSpy *self)
{
  g_array_set_size (self->nets, 0);
  g_array_set_size (self->stages, 0);
  g_array_set_size (self->steps, 0);
  g_array_set_size (self->shown, 0);
  self->n_embedded = 0;
  self->n_faces = 0;
  forget_faces ();
  g_clear_pointer (&self->head, g_free);
  self->n_classes = 0;
  self->head_seed = 0;
}

void
likeness_test_spy_free (LikenessTestSpy *self)
{
  likeness_test_spy_reset (self);
  g_array_unref (self->nets);
  g_array_unref (self->stages);
  g_array_unref (self->steps);
  g_array_unref (self->shown);
  g_free (self);
  spy = NULL;
}
