/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-test-net.h"
#include "likeness-types.h"

#include <math.h>
#include <string.h>

/* Every expected value here was computed with PyTorch (timm's EdgeNeXt, its AdamW and
 * clip_grad_norm_, the head written out): see reference-values.py. */

#define N_FACES 12
#define N_CLASSES 5
#define N_BATCH 6

static const LikenessTorch *torch;
static guint8 *faces; /* N_FACES; networks borrow them */

static const float gradient_norms[] = {
    6.16844f,   5.8468f,    1.25893f,  3.49243f,   1.37774f,   1.15008f,    0.978706f,
    0.423059f,  0.841023f,  2.20295f,  0.931121f,  6.08108f,   1.73165f,    0.937436f,
    1.00506f,   0.817902f,  0.384576f, 0.7814f,    1.94079f,   0.728316f,   5.46932f,
    1.55504f,   1.06652f,   3.33032f,  10.8018f,   2.92122f,   0.800976f,   1.69536f,
    0.702328f,  0.310928f,  0.670806f, 2.54928f,   0.777751f,  7.12801f,    1.40379f,
    0.143142f,  1.08273f,   0.61342f,  0.467736f,  3.0224f,    0.566542f,   0.0704066f,
    0.0801739f, 0.0215305f, 0.48091f,  0.0762619f, 0.446697f,  0.279595f,   0.550782f,
    0.750087f,  3.70051f,   0.828268f, 9.20289f,   1.50337f,   1.20077f,    3.18594f,
    18.4361f,   3.1582f,    1.14801f,  2.69227f,   1.0951f,    0.38935f,    0.819779f,
    3.70063f,   0.810757f,  10.8258f,  1.53183f,   0.903878f,  2.55671f,    1.08722f,
    0.420335f,  0.909345f,  4.25849f,  0.900801f,  11.2561f,   1.52105f,    1.09138f,
    2.40181f,   0.772115f,  0.307533f, 0.633639f,  3.05331f,   0.67739f,    9.2316f,
    1.4005f,    0.929182f,  2.14709f,  0.742821f,  0.301251f,  0.667809f,   2.94132f,
    0.597677f,  8.15728f,   1.21167f,  0.782807f,  2.2239f,    0.730468f,   0.281635f,
    0.643753f,  3.10206f,   0.678246f, 8.69387f,   1.32783f,   0.0555231f,  0.910548f,
    1.24248f,   0.454867f,  0.893267f, 0.294301f,  0.0401817f, 0.102109f,   0.0109918f,
    0.43401f,   0.0957485f, 0.252167f, 0.279487f,  0.43016f,   0.759688f,   3.80283f,
    0.709272f,  9.97025f,   1.31779f,  1.68748f,   3.4214f,    31.7519f,    3.25976f,
    1.17926f,   3.47325f,   2.58113f,  0.429824f,  0.857752f,  5.58104f,    0.896856f,
    15.918f,    1.64188f,   0.085128f, 1.00428f,   0.716447f,  0.571547f,   0.795757f,
    0.493556f,  0.648854f,  0.471992f, 0.0343542f, 0.056723f,  0.00861831f, 0.457625f,
    0.0639616f, 0.609757f,  0.451113f, 0.385636f,  0.862257f,  5.10583f,    0.834619f,
    15.0317f,   1.62796f,   1.54842f,  1.68593f,   20.5409f,   1.58608f,    53.4462f,
};

typedef struct
{
  float loss;
  float norm;
  guint correct;
} Expected;

static const Expected arcface_steps[] = {
    {34.24899f, 101.6395f, 1}, {30.29911f, 54.0803f, 3}, {30.26903f, 58.6566f, 2},
    {29.31961f, 51.2606f, 4},  {29.50468f, 79.2691f, 4}, {29.14701f, 79.1498f, 3},
    {29.22658f, 53.3588f, 3},  {27.45863f, 39.4453f, 5}, {27.54533f, 76.9355f, 5},
    {25.86098f, 49.7407f, 4},
};

static const Expected cosface_steps[] = {
    {26.71441f, 104.498f, 1},
    {22.64905f, 56.2136f, 3},
    {22.5855f, 62.4729f, 3},
};

static const Expected softmax_steps[] = {
    {7.00668f, 121.5199f, 1},
    {3.33009f, 61.3679f, 2},
    {2.4449f, 62.4803f, 3},
};

static const Expected head_steps[] = {
    {32.94798f, 44.7095f, 0}, {18.99207f, 41.9374f, 6}, {7.14379f, 34.532f, 6},
    {1.20643f, 14.4654f, 6},  {1.05865f, 2.2465f, 6},
};

static float *
make_targets (void)
{
  float *targets = g_new (float, N_FACES * 2 * LIKENESS_EMBEDDING_SIZE);

  for (guint32 i = 0; i < N_FACES * 2; i++)
    {
      double squares = 0.0;

      for (guint32 k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        squares += pow (likeness_test_number (i * LIKENESS_EMBEDDING_SIZE + k, 3000), 2);
      for (guint32 k = 0; k < LIKENESS_EMBEDDING_SIZE; k++)
        targets[i * LIKENESS_EMBEDDING_SIZE + k]
            = (float)(likeness_test_number (i * LIKENESS_EMBEDDING_SIZE + k, 3000)
                      / sqrt (squares));
    }
  return targets;
}

/* What a test is told: which way the steps shall go. */
#define BY_LIBTORCH GINT_TO_POINTER (TRUE)

static LikenessStageOptions
make_options (LikenessMargin kind, float margin, gconstpointer way)
{
  return (LikenessStageOptions){
      .all_layers = TRUE,
      .margin_kind = kind,
      .margin = margin,
      .scale = 64.0f,
      .label_smoothing = 0.1f,
      .similarity_weight = 0.3f,
      .weight_decay = 0.01f,
      .clip_norm = 1.0f,
      .by_libtorch = way == BY_LIBTORCH,
  };
}

/* A net by formula with its head and train set, in a stage. */
static LikenessNet *
make_learner (const char *variant, const LikenessStageOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree float *targets = make_targets ();
  g_autofree float *head
      = likeness_test_make_numbers (N_CLASSES * LIKENESS_EMBEDDING_SIZE, 2000, 0.1);
  guint32 labels[N_FACES];
  LikenessNet *net = likeness_test_make_net (torch, variant);

  for (guint32 i = 0; i < N_FACES; i++)
    labels[i] = i % N_CLASSES;
  torch->head_new (net, N_CLASSES, head, 0, &error);
  g_assert_no_error (error);
  torch->data_load (net, faces, NULL, labels, targets, N_FACES, &error);
  g_assert_no_error (error);
  torch->stage_begin (net, options, &error);
  g_assert_no_error (error);
  return net;
}

/* The batch of step @k: some faces mirrored. */
static void
make_batch (guint k, guint32 *indexes, LikenessAugmentation *augmentations)
{
  for (guint i = 0; i < N_BATCH; i++)
    {
      indexes[i] = (k * 5 + i) % N_FACES;
      augmentations[i] = (LikenessAugmentation){
          .flip = (k + i) % 3 == 0, .brightness = 1, .contrast = 1, .saturation = 1};
    }
}

static void
assert_near (double value, double expected, double relative)
{
  g_assert_cmpfloat_with_epsilon (value, expected, relative * fabs (expected) + 1e-7);
}

static void
assert_same (GPtrArray *before, GPtrArray *after)
{
  for (guint i = 0; i < before->len; i++)
    {
      const LikenessTensor *a = before->pdata[i];
      const LikenessTensor *b = after->pdata[i];

      g_assert_cmpmem (a->data, a->n * sizeof (float), b->data, b->n * sizeof (float));
    }
}

static void
check_steps (const LikenessStageOptions *options, const Expected *expected, guint n)
{
  LikenessNet *net = make_learner ("xxs", options);

  for (guint k = 0; k < n; k++)
    {
      g_autoptr (GError) error = NULL;
      guint32 indexes[N_BATCH];
      LikenessAugmentation augmentations[N_BATCH];
      LikenessStepResult result;

      make_batch (k, indexes, augmentations);
      torch->step (net, indexes, augmentations, N_BATCH, 1e-3f, 1e-4f, &result, &error);
      g_assert_no_error (error);
      g_test_message ("step %u: loss %g (%g), norm %g (%g), %u (%u) correct", k,
                      result.loss, expected[k].loss, result.gradient_norm,
                      expected[k].norm, result.correct, expected[k].correct);
      assert_near (result.loss, expected[k].loss, 1e-3);
      assert_near (result.gradient_norm, expected[k].norm, 5e-3);
      g_assert_cmpuint (result.correct, ==, expected[k].correct);
    }
  torch->net_free (net);
}

static void
test_gradients (gconstpointer way)
{
  static const guint32 indexes[] = {0, 1, 2, 3, 4, 5, 6, 7};
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_ARCFACE, 0.5f, way);
  LikenessNet *net = make_learner ("xxs", &options);
  g_autoptr (GError) error = NULL;
  float norms[G_N_ELEMENTS (gradient_norms)];
  float loss;

  for (int round = 0; round < 2; round++)
    {
      torch->gradient_norms (net, indexes, 8, &loss, norms, &error);
      g_assert_no_error (error);
      assert_near (loss, 33.992218, 1e-4);
      for (gsize i = 0; i < G_N_ELEMENTS (gradient_norms); i++)
        assert_near (norms[i], gradient_norms[i], 1e-3);
    }
  torch->net_free (net);
}

static void
test_gradients_low_rank (void)
{
  static const guint32 indexes[] = {0, 1, 2, 3, 4, 5, 6, 7};
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_ARCFACE, 0.5f, NULL);
  LikenessNet *net = make_learner ("xs_gamma_06", &options);
  g_autoptr (GError) error = NULL;
  float norms[258];
  float loss;
  double squares = 0.0;

  torch->gradient_norms (net, indexes, 8, &loss, norms, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (norms); i++)
    squares += (double)norms[i] * norms[i];
  assert_near (loss, 32.458408, 1e-4);
  assert_near (sqrt (squares), 92.962562, 1e-3);
  torch->net_free (net);
}

static void
test_golden_arcface (gconstpointer way)
{
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_ARCFACE, 0.5f, way);

  check_steps (&options, arcface_steps, G_N_ELEMENTS (arcface_steps));
}

static void
test_golden_cosface (gconstpointer way)
{
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_COSFACE, 0.35f, way);

  check_steps (&options, cosface_steps, G_N_ELEMENTS (cosface_steps));
}

static void
test_golden_softmax (gconstpointer way)
{
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_NONE, 0.0f, way);

  check_steps (&options, softmax_steps, G_N_ELEMENTS (softmax_steps));
}

/* In bfloat16 the same within its three digits. */
static void
test_bfloat16 (gconstpointer way)
{
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_ARCFACE, 0.5f, way);
  guint32 indexes[N_BATCH];
  LikenessAugmentation augmentations[N_BATCH];
  LikenessStepResult result;
  g_autoptr (GError) error = NULL;

  options.bfloat16 = TRUE;
  LikenessNet *net = make_learner ("xxs", &options);
  for (guint k = 0; k < 3; k++)
    {
      make_batch (k, indexes, augmentations);
      torch->step (net, indexes, augmentations, N_BATCH, 1e-3f, 1e-4f, &result, &error);
      g_assert_no_error (error);
      assert_near (result.loss, arcface_steps[k].loss, 0.03);
      assert_near (result.gradient_norm, arcface_steps[k].norm, 0.2);
    }
  torch->net_free (net);
}

static void
test_head (void)
{
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_ARCFACE, 0.5f, NULL);
  guint32 labels[N_BATCH];
  g_autofree float *e
      = likeness_test_make_numbers (N_BATCH * LIKENESS_EMBEDDING_SIZE, 4000, 1.0);
  g_autoptr (GError) error = NULL;
  LikenessStepResult result;

  options.all_layers = FALSE;
  LikenessNet *net = make_learner ("xxs", &options);
  g_autoptr (GPtrArray) before = torch->parameters (net, NULL);
  for (guint32 i = 0; i < N_BATCH; i++)
    labels[i] = i % N_CLASSES;
  for (guint k = 0; k < G_N_ELEMENTS (head_steps); k++)
    {
      torch->step_head (net, e, labels, N_BATCH, 1e-2f, &result, &error);
      g_assert_no_error (error);
      assert_near (result.loss, head_steps[k].loss, 1e-3);
      assert_near (result.gradient_norm, head_steps[k].norm, 1e-3);
      g_assert_cmpuint (result.correct, ==, head_steps[k].correct);
    }

  /* A step through the frozen net changes nothing in it either. */
  LikenessAugmentation augmentations[N_BATCH];
  guint32 indexes[N_BATCH];
  make_batch (0, indexes, augmentations);
  torch->step (net, indexes, augmentations, N_BATCH, 1e-2f, 1e-2f, &result, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) after = torch->parameters (net, NULL);
  assert_same (before, after);
  torch->net_free (net);
}

/*
 * The margin by hand, in the plane: subjects at 0 and 90 degrees, scale 10, no smoothing,
 * an embedding of subject 0 at @degrees. Loss = log (1 + exp (10 (other - own))).
 */
static double
measure_margin (LikenessMargin kind, float margin, double degrees)
{
  float head[2 * LIKENESS_EMBEDDING_SIZE] = {0};
  float e[LIKENESS_EMBEDDING_SIZE] = {0};
  guint32 label = 0;
  LikenessStageOptions options
      = {.margin_kind = kind, .margin = margin, .scale = 10.0f, .clip_norm = 0.0f};
  LikenessStepResult result;
  LikenessNet *net = likeness_test_make_net (torch, "xxs");

  head[0] = 2.0f; /* lengths do not count */
  head[LIKENESS_EMBEDDING_SIZE + 1] = 0.5f;
  e[0] = (float)(3.0 * cos (degrees * G_PI / 180.0));
  e[1] = (float)(3.0 * sin (degrees * G_PI / 180.0));
  g_assert_true (torch->head_new (net, 2, head, 0, NULL));
  g_assert_true (torch->stage_begin (net, &options, NULL));
  g_assert_true (torch->step_head (net, e, &label, 1, 0.0f, &result, NULL));
  torch->net_free (net);
  return result.loss;
}

static void
test_margin (void)
{
  /* ArcFace 0.5 at 30 degrees: cos (30 deg + 0.5 rad) = 0.520295 against cos 60 deg. */
  assert_near (measure_margin (LIKENESS_MARGIN_ARCFACE, 0.5f, 30.0),
               log1p (exp (10.0 * (0.5 - 0.520295))), 1e-4);
  /* At 170 degrees the angle would wrap: cos 170 deg - 0.5 sin 0.5 instead. */
  assert_near (measure_margin (LIKENESS_MARGIN_ARCFACE, 0.5f, 170.0),
               10.0 * (0.173648 + 0.984808 + 0.239713), 1e-4);
  assert_near (measure_margin (LIKENESS_MARGIN_COSFACE, 0.35f, 30.0),
               log1p (exp (10.0 * (0.5 - (0.866025 - 0.35)))), 1e-4);
  assert_near (measure_margin (LIKENESS_MARGIN_NONE, 0.35f, 30.0),
               log1p (exp (10.0 * (0.5 - 0.866025))), 1e-4);
}

static void
test_scores (void)
{
  float head[2 * LIKENESS_EMBEDDING_SIZE] = {0};
  float e[2 * LIKENESS_EMBEDDING_SIZE] = {0};
  float cosines[4];
  LikenessNet *net = likeness_test_make_net (torch, "xxs");

  head[0] = 2.0f;
  head[LIKENESS_EMBEDDING_SIZE + 1] = -0.5f;
  e[0] = 3.0f;
  e[1] = 4.0f;
  e[LIKENESS_EMBEDDING_SIZE + 1] = -1.0f;
  g_assert_true (torch->head_new (net, 2, head, 0, NULL));
  g_assert_true (torch->head_scores (net, e, 2, cosines, NULL));
  g_assert_cmpfloat_with_epsilon (cosines[0], 0.6, 1e-6);
  g_assert_cmpfloat_with_epsilon (cosines[1], -0.8, 1e-6);
  g_assert_cmpfloat_with_epsilon (cosines[2], 0.0, 1e-6);
  g_assert_cmpfloat_with_epsilon (cosines[3], 1.0, 1e-6);
  torch->net_free (net);
}

/* A loss that is not a number is told, and nothing is changed by it. */
/* What libtorch does by itself it may do without being watched: it is told later. */
static void
test_not_finite (gconstpointer way)
{
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_ARCFACE, 0.5f, way);
  LikenessNet *net;
  g_autoptr (GError) error = NULL;
  guint32 indexes[N_BATCH];
  LikenessAugmentation augmentations[N_BATCH];
  LikenessStepResult result;

  options.scale = INFINITY;
  net = make_learner ("xxs", &options);
  g_autoptr (GPtrArray) before = torch->parameters (net, NULL);
  make_batch (0, indexes, augmentations);
  g_assert_false (
      torch->step (net, indexes, augmentations, N_BATCH, 1e-3f, 1e-4f, &result, &error));
  g_assert_error (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NOT_FINITE);
  g_autoptr (GPtrArray) after = torch->parameters (net, NULL);
  assert_same (before, after);

  /* The same net goes on in a stage that makes sense. */
  g_clear_error (&error);
  options.scale = 64.0f;
  g_assert_true (torch->stage_begin (net, &options, NULL));
  g_assert_true (
      torch->step (net, indexes, augmentations, N_BATCH, 1e-3f, 1e-4f, &result, &error));
  g_assert_no_error (error);
  assert_near (result.loss, arcface_steps[0].loss, 1e-4);
  torch->net_free (net);
}

/* Steps that nobody asks about: the same weights, and the next answer tells of them all.
 */
static void
test_unseen (gconstpointer way)
{
  LikenessStageOptions options = make_options (LIKENESS_MARGIN_ARCFACE, 0.5f, way);
  LikenessNet *nets[2];
  LikenessStepResult result;
  double loss = 0;
  guint correct = 0;

  for (guint asked = 0; asked < 2; asked++)
    {
      nets[asked] = make_learner ("xxs", &options);
      for (guint k = 0; k < 3; k++)
        {
          gboolean ask = asked == 1 || k == 2;
          guint32 indexes[N_BATCH];
          LikenessAugmentation augmentations[N_BATCH];

          make_batch (k, indexes, augmentations);
          g_assert_true (torch->step (nets[asked], indexes, augmentations, N_BATCH, 1e-3f,
                                      1e-4f, ask ? &result : NULL, NULL));
          loss += (ask ? result.loss * result.faces : 0) * (asked == 1 ? -1 : 1);
          correct += (ask ? result.correct : 0) * (asked == 1 ? -1 : 1);
        }
    }
  g_assert_cmpuint (result.faces, ==, N_BATCH);
  g_assert_cmpfloat_with_epsilon (loss, 0, 1e-3);
  g_assert_cmpuint (correct, ==, 0);
  g_autoptr (GPtrArray) unseen = torch->parameters (nets[0], NULL);
  g_autoptr (GPtrArray) seen = torch->parameters (nets[1], NULL);
  assert_same (unseen, seen);
  torch->net_free (nets[0]);
  torch->net_free (nets[1]);
}

/* The steps by own kernels and by libtorch. */
static void
add_both (const char *name, GTestDataFunc test)
{
  g_autofree char *kernels = g_strdup_printf ("/training/%s/kernels", name);
  g_autofree char *libtorch = g_strdup_printf ("/training/%s/libtorch", name);

  g_test_add_data_func (kernels, NULL, test);
  g_test_add_data_func (libtorch, BY_LIBTORCH, test);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  torch = likeness_test_open_torch ();
  faces = likeness_test_make_faces (N_FACES);
  add_both ("gradients", test_gradients);
  g_test_add_func ("/training/gradients/low-rank", test_gradients_low_rank);
  add_both ("golden/arcface", test_golden_arcface);
  add_both ("golden/cosface", test_golden_cosface);
  add_both ("golden/softmax", test_golden_softmax);
  g_test_add_func ("/training/golden/head", test_head);
  add_both ("bfloat16", test_bfloat16);
  g_test_add_func ("/training/margin/by-hand", test_margin);
  g_test_add_func ("/training/scores", test_scores);
  add_both ("not-finite", test_not_finite);
  add_both ("unseen", test_unseen);
  result = g_test_run ();
  g_free (faces);
  return result;
}
