/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-net.h"
#include "likeness-test-tree.h"
#include "likeness-types.h"

#include <math.h>
#include <string.h>

/* Which of the loaded faces a step is shown, and where they lie. */

#define N_FACES 12
#define N_CLASSES 5
#define N_BATCH 6

static const LikenessTorch *torch;
static guint32 labels[N_FACES];

/* What a test is told: which way the steps shall go. */
#define BY_LIBTORCH GINT_TO_POINTER (TRUE)

/* A net by formula with its head, in a stage. */
static LikenessNet *
make_learner (gconstpointer way)
{
  const LikenessStageOptions options = {
      .all_layers = TRUE,
      .margin_kind = LIKENESS_MARGIN_ARCFACE,
      .margin = 0.5f,
      .scale = 64.0f,
      .by_libtorch = way == BY_LIBTORCH,
  };
  g_autofree float *head
      = likeness_test_make_numbers (N_CLASSES * LIKENESS_EMBEDDING_SIZE, 2000, 0.1);
  LikenessNet *net = likeness_test_make_net (torch, "xxs");

  g_assert_true (torch->head_new (net, N_CLASSES, head, 0, NULL));
  g_assert_true (torch->stage_begin (net, &options, NULL));
  return net;
}

/* mix_high: the best image is shown, with its own numbers. */
static void
test_use_best (gconstpointer way)
{
  g_autofree guint8 *both = likeness_test_make_faces (2 * N_FACES);
  guint32 index = 3;
  LikenessAugmentation augmentation = {.brightness = 1, .contrast = 1, .saturation = 1};
  LikenessStepResult probe;
  LikenessStepResult best;
  LikenessStepResult swapped;
  LikenessNet *net;

  net = make_learner (way);
  g_assert_true (torch->data_load (net, both, both + N_FACES * LIKENESS_FACE_BYTES,
                                   labels, NULL, N_FACES, NULL));
  g_assert_true (torch->step (net, &index, &augmentation, 1, 0.0f, 0.0f, &probe, NULL));
  augmentation.use_best = TRUE;
  g_assert_true (torch->step (net, &index, &augmentation, 1, 0.0f, 0.0f, &best, NULL));
  g_assert_true (torch->data_load (net, both + N_FACES * LIKENESS_FACE_BYTES, NULL,
                                   labels, NULL, N_FACES, NULL));
  augmentation.use_best = FALSE;
  g_assert_true (torch->step (net, &index, &augmentation, 1, 0.0f, 0.0f, &swapped, NULL));
  g_assert_cmpfloat (fabs (probe.loss - best.loss), >, 1e-3);
  g_assert_cmpfloat (best.loss, ==, swapped.loss);
  torch->net_free (net);
}

/* A batch of both kinds is what a set of just these faces gives. */
static void
test_use_best_for_some (gconstpointer way)
{
  g_autofree guint8 *both = likeness_test_make_faces (2 * N_FACES);
  g_autofree guint8 *mixed = g_memdup2 (both, N_FACES * LIKENESS_FACE_BYTES);
  guint32 indexes[N_BATCH];
  LikenessAugmentation augmentations[N_BATCH];
  LikenessStepResult apart;
  LikenessStepResult together;
  LikenessNet *net;

  net = make_learner (way);
  for (guint i = 0; i < N_BATCH; i++)
    {
      indexes[i] = (5 + i) % N_FACES;
      augmentations[i] = (LikenessAugmentation){.use_best = i % 4 != 1,
                                                .flip = i % 3 == 0,
                                                .brightness = 1,
                                                .contrast = 1,
                                                .saturation = 1};
      if (augmentations[i].use_best)
        memcpy (mixed + indexes[i] * LIKENESS_FACE_BYTES,
                both + (N_FACES + indexes[i]) * LIKENESS_FACE_BYTES, LIKENESS_FACE_BYTES);
    }
  g_assert_true (torch->data_load (net, both, both + N_FACES * LIKENESS_FACE_BYTES,
                                   labels, NULL, N_FACES, NULL));
  g_assert_true (
      torch->step (net, indexes, augmentations, N_BATCH, 0, 0, &together, NULL));
  g_assert_true (torch->data_load (net, mixed, NULL, labels, NULL, N_FACES, NULL));
  g_assert_true (torch->step (net, indexes, augmentations, N_BATCH, 0, 0, &apart, NULL));
  g_assert_cmpfloat (together.loss, ==, apart.loss);
  torch->net_free (net);
}

/* On the processor faces are not copied: a step reads them where they lie, which may be
 * memory that cannot be written. */
static void
test_borrowed (gconstpointer way)
{
  g_autofree char *root = likeness_test_tree_new ();
  g_autofree char *path = g_build_filename (root, "faces", NULL);
  g_autofree guint8 *own = likeness_test_make_faces (N_FACES);
  g_autoptr (GMappedFile) mapped = NULL;
  guint32 index = 3;
  float losses[3];
  LikenessNet *net;

  if (likeness_test_get_device () >= 0)
    {
      g_test_skip ("A GPU has its own copy of the faces.");
      return;
    }
  likeness_test_tree_write (root, "faces", own, N_FACES * LIKENESS_FACE_BYTES);
  mapped = g_mapped_file_new (path, FALSE, NULL);
  g_assert_nonnull (mapped);
  net = make_learner (way);
  for (int i = 0; i < 3; i++)
    {
      LikenessStepResult result;

      if (i < 2)
        g_assert_true (torch->data_load (
            net, i == 0 ? (const guint8 *)g_mapped_file_get_contents (mapped) : own, NULL,
            labels, NULL, N_FACES, NULL));
      else
        memset (own + index * LIKENESS_FACE_BYTES, 0, LIKENESS_FACE_BYTES);
      g_assert_true (torch->step (net, &index, NULL, 1, 0, 0, &result, NULL));
      losses[i] = result.loss;
    }
  g_assert_cmpfloat (losses[0], ==, losses[1]);
  g_assert_cmpfloat (losses[1], !=, losses[2]);
  torch->net_free (net);
  likeness_test_tree_remove (root);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  torch = likeness_test_open_torch ();
  for (guint32 i = 0; i < N_FACES; i++)
    labels[i] = i % N_CLASSES;
  g_test_add_data_func ("/training-data/use-best/alone", NULL, test_use_best);
  g_test_add_data_func ("/training-data/use-best/alone/by-libtorch", BY_LIBTORCH,
                        test_use_best);
  g_test_add_data_func ("/training-data/use-best/some-of-a-batch", NULL,
                        test_use_best_for_some);
  g_test_add_data_func ("/training-data/use-best/some-of-a-batch/by-libtorch",
                        BY_LIBTORCH, test_use_best_for_some);
  g_test_add_data_func ("/training-data/faces-are-borrowed", NULL, test_borrowed);
  g_test_add_data_func ("/training-data/faces-are-borrowed/by-libtorch", BY_LIBTORCH,
                        test_borrowed);
  return g_test_run ();
}
