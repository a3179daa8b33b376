/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <stdlib.h>

#include "likeness-device.h"
#include "likeness-torch.h"
#include "likeness-types.h"

/* Prints how many images a second a training step of all layers and an inference reach:
 * "train N infer N". usage: network-step BATCH STEPS THREADS float32|bfloat16 [DEVICE] */

#define N_CLASSES 142
/* The first steps choose kernels, and on CUDA the fourth is recorded: they do not count.
 */
#define N_WARM 6

static void
fail_on (const GError *error)
{
  if (error == NULL)
    return;
  g_printerr ("%s\n", error->message);
  exit (1);
}

/* As the trainer does it, the result is asked for once, not after every step. */
static void
run_steps (const LikenessTorch *torch,
           LikenessNet *net,
           const guint32 *indexes,
           const LikenessAugmentation *augmentations,
           guint batch,
           guint n)
{
  g_autoptr (GError) error = NULL;
  LikenessStepResult result;

  for (guint i = 0; i < n && error == NULL; i++)
    torch->step (net, indexes, augmentations, batch, 1e-5f, 1e-5f,
                 i + 1 == n ? &result : NULL, &error);
  fail_on (error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  const LikenessTorch *torch;
  LikenessNet *net;
  LikenessNetOptions options = {likeness_variant_find ("xxs"), NULL, 42, -1, 1};
  LikenessStageOptions stage
      = {TRUE, LIKENESS_MARGIN_ARCFACE, 0.5f, 64, 0.1f, 0, 0.01f, 1.0f, FALSE};
  g_autofree guint8 *faces = NULL;
  g_autofree guint32 *labels = NULL;
  g_autofree guint32 *indexes = NULL;
  g_autofree LikenessAugmentation *augmentations = NULL;
  g_autofree float *embeddings = NULL;
  guint batch;
  guint steps;
  gint64 begin;
  double train;
  double infer;

  if (argc != 5 && argc != 6)
    {
      g_printerr ("usage: network-step BATCH STEPS THREADS float32|bfloat16 [DEVICE]\n");
      return 2;
    }
  batch = CLAMP (atoi (argv[1]), 1, 8192);
  steps = CLAMP (atoi (argv[2]), 1, 100000);
  options.threads = CLAMP (atoi (argv[3]), 1, 256);
  stage.bfloat16 = g_str_equal (argv[4], "bfloat16");

  faces = g_malloc_n (batch, LIKENESS_FACE_BYTES);
  for (gsize i = 0; i < (gsize)batch * LIKENESS_FACE_BYTES; i++)
    faces[i] = (i * 2654435761u) >> 24;
  labels = g_new (guint32, batch);
  indexes = g_new (guint32, batch);
  augmentations = g_new0 (LikenessAugmentation, batch);
  embeddings = g_new (float, (gsize)batch *LIKENESS_EMBEDDING_SIZE);
  for (guint i = 0; i < batch; i++)
    {
      labels[i] = i % N_CLASSES;
      indexes[i] = i;
      augmentations[i].brightness = 1;
      augmentations[i].contrast = 1;
      augmentations[i].saturation = 1;
    }

  torch = likeness_torch_load (&error);
  fail_on (error);
  likeness_device_resolve (argc == 6 ? argv[5] : "cpu", &options.cuda_device, NULL,
                           &error);
  fail_on (error);
  net = torch->net_new (&options, &error);
  fail_on (error);
  torch->head_new (net, N_CLASSES, NULL, 42, &error);
  fail_on (error);
  torch->data_load (net, faces, NULL, labels, NULL, batch, &error);
  fail_on (error);
  torch->stage_begin (net, &stage, &error);
  fail_on (error);

  run_steps (torch, net, indexes, augmentations, batch, N_WARM);
  begin = g_get_monotonic_time ();
  run_steps (torch, net, indexes, augmentations, batch, steps);
  train = steps * batch * 1e6 / (g_get_monotonic_time () - begin);

  torch->embed (net, faces, batch, FALSE, embeddings, &error);
  fail_on (error);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < 2 * steps && error == NULL; i++)
    torch->embed (net, faces, batch, FALSE, embeddings, &error);
  fail_on (error);
  infer = 2 * steps * batch * 1e6 / (g_get_monotonic_time () - begin);

  g_print ("train %.1f infer %.1f\n", train, infer);
  torch->net_free (net);
  return 0;
}
