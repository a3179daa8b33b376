/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "likeness-test-fake.h"
#include "likeness-test-run.h"
#include "likeness-test-spy.h"
#include "likeness-test-tree.h"
#include "likeness-test-weights.h"
#include "likeness-types.h"

/* What the config says arrives where the work is done: seen by a spy, in runs of a
 * network that costs nothing. */

#define N_FACES 24
#define N_SUBJECTS 4
#define N_VAL 8
#define N_STRANGERS 6
#define ROW LIKENESS_EMBEDDING_SIZE

typedef struct
{
  LikenessTestRun base;
  LikenessTestSpy *spy;
  LikenessRunConfig *config; /* one epoch of the head, two of all layers, batches of 8 */
  guint n_runs;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  likeness_test_run_set_up (&self->base, NULL);
  self->spy = likeness_test_spy_new (likeness_test_get_fake ());
  self->config = likeness_test_run_make_config (self->base.data, 2);
  self->config->epochs_head = 1;
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  likeness_run_config_free (self->config);
  likeness_test_spy_free (self->spy);
  likeness_test_run_tear_down (&self->base, NULL);
}

static void
set (LikenessRunConfig *config, const char *key, const char *value)
{
  g_autoptr (GError) error = NULL;

  likeness_run_config_set (config, key, value, &error);
  g_assert_no_error (error);
}

static void
run (Fixture *self, const LikenessRunConfig *config)
{
  g_autofree char *folder = g_strdup_printf ("%s-%u", self->base.run, self->n_runs++);
  g_autoptr (GPtrArray) events = NULL;

  likeness_test_spy_reset (self->spy);
  events = likeness_test_run_train_by (likeness_test_spy_get_table (), config, folder);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
}

/* A run of the usual config but for one key. */
static void
run_with (Fixture *self, const char *key, const char *value)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_copy (self->config);

  set (config, key, value);
  run (self, config);
}

/* Options of a stage as words. */
static char **
describe (const LikenessTestSpy *spy, guint stage)
{
  const LikenessStageOptions *options
      = &g_array_index (spy->stages, LikenessStageOptions, stage - 1);
  g_autofree char *text = g_strdup_printf (
      "all=%d kind=%d margin=%g scale=%g smoothing=%g similarity=%g decay=%g clip=%g "
      "bfloat16=%d by_libtorch=%d",
      options->all_layers, options->margin_kind, (double)options->margin,
      (double)options->scale, (double)options->label_smoothing,
      (double)options->similarity_weight, (double)options->weight_decay,
      (double)options->clip_norm, options->bfloat16, options->by_libtorch);

  return g_strsplit (text, " ", -1);
}

static void
assert_words (char **words, const char *expected)
{
  g_autofree char *text = g_strjoinv (" ", words);

  g_assert_cmpstr (text, ==, expected);
}

/* That one word alone has changed; @expected: NULL: none has. */
static void
assert_changed (char **before, char **after, const char *expected)
{
  for (guint i = 0; before[i] != NULL; i++)
    {
      gsize length = strcspn (before[i], "=") + 1;
      gboolean is_it = expected != NULL && strncmp (before[i], expected, length) == 0;

      g_assert_cmpstr (after[i], ==, is_it ? expected : before[i]);
      if (is_it)
        g_assert_cmpstr (after[i], !=, before[i]);
    }
}

static void
test_stages (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *key;
    const char *value;
    const char *changed;  /* in stage 2 */
    gboolean not_in_head; /* not in stage 1 */
  } cases[] = {
      {"loss", "arcface", "kind=0", FALSE},
      {"loss", "cosface", "kind=1", FALSE},
      {"margin", "0.25", "margin=0.25", FALSE},
      {"scale", "40", "scale=40", FALSE},
      {"label_smoothing", "0.125", "smoothing=0.125", FALSE},
      {"similarity_weight", "100", "similarity=100", TRUE},
      {"weight_decay", "0.5", "decay=0.5", FALSE},
      {"clip_norm", "2.5", "clip=2.5", FALSE},
      {"clip_norm", "0", "clip=0", FALSE},
      {"precision", "bfloat16", "bfloat16=1", FALSE},
  };
  g_auto (GStrv) head = NULL;
  g_auto (GStrv) all = NULL;

  run_with (self, "loss", "softmax");
  g_assert_cmpuint (self->spy->stages->len, ==, 2);
  head = describe (self->spy, 1);
  all = describe (self->spy, 2);
  assert_words (head, "all=0 kind=2 margin=0 scale=16 smoothing=0 similarity=0 "
                      "decay=0.05 clip=1 bfloat16=0 by_libtorch=0");
  assert_words (all, "all=1 kind=2 margin=0 scale=16 smoothing=0 similarity=0 "
                     "decay=0.05 clip=1 bfloat16=0 by_libtorch=0");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) head_after = NULL;
      g_auto (GStrv) all_after = NULL;

      g_test_message ("%s %s", cases[i].key, cases[i].value);
      run_with (self, cases[i].key, cases[i].value);
      g_assert_cmpuint (self->spy->stages->len, ==, 2);
      head_after = describe (self->spy, 1);
      all_after = describe (self->spy, 2);
      assert_changed (head, head_after, cases[i].not_in_head ? NULL : cases[i].changed);
      assert_changed (all, all_after, cases[i].changed);
    }
}

static void
test_net (Fixture *self, gconstpointer data)
{
  const LikenessNetOptions *net;

  set (self->config, "seed", "7");
  set (self->config, "threads", "3");
  run (self, self->config);
  g_assert_cmpuint (self->spy->nets->len, ==, 1);
  net = &g_array_index (self->spy->nets, LikenessNetOptions, 0);
  g_assert_true (net->variant == likeness_variant_find ("xxs"));
  g_assert_cmpuint (net->seed, ==, 7);
  g_assert_cmpint (net->threads, ==, 3);
  g_assert_cmpint (net->cuda_device, ==, -1);
  g_assert_cmpuint (self->spy->head_seed, ==, 7);
}

static void
test_batch (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *value;
    gsize sizes[4]; /* of an epoch's steps; 0: no more */
  } cases[] = {{"8", {8, 8, 8}}, {"9", {9, 9, 6}}, {"16", {16, 8}}, {"100", {24}}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GArray *steps = self->spy->steps;
      guint k = 0;

      run_with (self, "batch", cases[i].value);
      for (guint epoch = 0; epoch < 3; epoch++)
        for (const gsize *size = cases[i].sizes; *size > 0; size++, k++)
          {
            g_assert_cmpuint (k, <, steps->len);
            g_assert_cmpuint (g_array_index (steps, LikenessTestStep, k).n, ==, *size);
            g_assert_cmpint (g_array_index (steps, LikenessTestStep, k).all_layers, ==,
                             epoch > 0);
          }
      g_assert_cmpuint (k, ==, steps->len);
    }
}

/* Three steps of the head at the full rate, then six by the schedule. */
static void
check_rates (Fixture *self, LikenessRunConfig *config, const double *factors)
{
  set (config, "lr_head", "0.5");
  set (config, "lr_backbone", "0.25");
  run (self, config);
  g_assert_cmpuint (self->spy->steps->len, ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      const LikenessTestStep *step
          = &g_array_index (self->spy->steps, LikenessTestStep, i);
      double factor = i < 3 ? 1 : factors[i - 3];

      g_assert_cmpint (step->all_layers, ==, i >= 3);
      g_assert_cmpfloat_with_epsilon (step->lr_head, 0.5 * factor, 1e-6);
      g_assert_cmpfloat_with_epsilon (step->lr_backbone, i < 3 ? 0 : 0.25 * factor, 1e-6);
    }
}

/* From scratch the rates rise for an epoch; what knows faces already goes down at once.
 */
static void
test_schedule (Fixture *self, gconstpointer data)
{
  static const double warm_cosine[] = {1 / 3.0, 2 / 3.0, 1, 1, 0.75, 0.25};
  static const double warm_constant[] = {1 / 3.0, 2 / 3.0, 1, 1, 1, 1};
  static const double cosine[] = {1, 0.9330127, 0.75, 0.5, 0.25, 0.0669873};
  static const double constant[] = {1, 1, 1, 1, 1, 1};
  g_autofree char *weights
      = g_build_filename (self->base.root, "edgeface.safetensors", NULL);
  g_autoptr (GPtrArray) tensors
      = likeness_test_make_tensors (likeness_variant_find ("xxs"), 1);

  set (self->config, "schedule", "cosine");
  check_rates (self, self->config, warm_cosine);
  set (self->config, "schedule", "constant");
  check_rates (self, self->config, warm_constant);

  likeness_test_write_safetensors (weights, tensors);
  set (self->config, "edgeface", weights);
  set (self->config, "epochs_head", "1");
  set (self->config, "epochs_all", "2");
  set (self->config, "batch", "8");
  check_rates (self, self->config, constant);
  set (self->config, "schedule", "cosine");
  check_rates (self, self->config, cosine);
}

/* How many of the faces shown are so. */
typedef struct
{
  guint best;
  guint flipped;
  guint recoloured;
  guint turned;
} Shown;

/* Every face once an epoch, in another order and drawn anew each time. */
static Shown
look_at_shown (const LikenessTestSpy *spy, gboolean augment)
{
  const LikenessTestShown *faces = (const LikenessTestShown *)spy->shown->data;
  const LikenessAugmentation *drawn[2][N_FACES] = {{NULL}};
  Shown shown = {0};
  guint moved = 0;
  guint redrawn = 0;

  g_assert_cmpuint (spy->shown->len, ==, 2 * N_FACES);
  for (guint i = 0; i < 2 * N_FACES; i++)
    {
      const LikenessAugmentation *one = &faces[i].augmentation;

      g_assert_cmpuint (faces[i].index, <, N_FACES);
      g_assert_null (drawn[i / N_FACES][faces[i].index]);
      drawn[i / N_FACES][faces[i].index] = one;
      shown.best += one->use_best ? 1 : 0;
      shown.flipped += one->flip ? 1 : 0;
      shown.recoloured += one->brightness != 1 && one->contrast != 1
                          && one->saturation != 1 && one->hue != 0;
      shown.turned += one->angle != 0;
    }
  for (guint i = 0; i < N_FACES; i++)
    {
      moved += faces[i].index != faces[N_FACES + i].index;
      redrawn += drawn[0][i]->brightness != drawn[1][i]->brightness;
    }
  g_assert_cmpuint (moved, >, 0);
  g_assert_cmpuint (redrawn, ==, augment ? N_FACES : 0);
  return shown;
}

static void
test_augment (Fixture *self, gconstpointer data)
{
  Shown shown;

  run_with (self, "augment", "true");
  shown = look_at_shown (self->spy, TRUE);
  g_assert_cmpuint (shown.flipped, >, 0);
  g_assert_cmpuint (shown.flipped, <, 2 * N_FACES);
  g_assert_cmpuint (shown.recoloured, ==, 2 * N_FACES);
  g_assert_cmpuint (shown.turned, ==, 2 * N_FACES);

  run_with (self, "augment", "false");
  shown = look_at_shown (self->spy, FALSE);
  g_assert_cmpuint (shown.flipped + shown.recoloured + shown.turned, ==, 0);
}

static void
test_mix_high (Fixture *self, gconstpointer data)
{
  guint usual;

  run (self, self->config);
  usual = look_at_shown (self->spy, TRUE).best;
  g_assert_cmpuint (usual, >, 0);
  g_assert_cmpuint (usual, <, 2 * N_FACES);
  run_with (self, "mix_high", "0");
  g_assert_cmpuint (look_at_shown (self->spy, TRUE).best, ==, 0);
  run_with (self, "mix_high", "1");
  g_assert_cmpuint (look_at_shown (self->spy, TRUE).best, ==, 2 * N_FACES);
}

/* What the network of these runs makes of a best image, at length 1. */
static void
embed_best (const LikenessTestSpy *spy, gsize face, gboolean flip, double *row)
{
  float numbers[ROW];
  double squares = 0;

  spy->next.embed (NULL, spy->best + face * LIKENESS_FACE_BYTES, 1, flip, numbers, NULL);
  for (guint k = 0; k < ROW; k++)
    squares += (double)numbers[k] * numbers[k];
  for (guint k = 0; k < ROW; k++)
    row[k] = numbers[k] / sqrt (squares);
}

static void
assert_row (const float *row, const double *expected)
{
  for (guint k = 0; k < ROW; k++)
    g_assert_cmpfloat_with_epsilon (row[k], expected[k], 1e-5);
}

/* Each face is drawn to what the untouched network made of its best image, as it is and
 * mirrored; where that weighs nothing, there is no target. */
static void
test_targets (Fixture *self, gconstpointer data)
{
  double expected[ROW];

  run_with (self, "similarity_weight", "0");
  g_assert_null (self->spy->targets);
  run_with (self, "similarity_weight", "100");
  g_assert_cmpuint (self->spy->n_faces, ==, N_FACES);
  g_assert_nonnull (self->spy->best);
  g_assert_nonnull (self->spy->targets);
  for (guint i = 0; i < 2 * N_FACES; i++)
    {
      embed_best (self->spy, i / 2, i % 2 == 1, expected);
      assert_row (self->spy->targets + (gsize)i * ROW, expected);
    }
}

static void
test_head_init (Fixture *self, gconstpointer data)
{
  run_with (self, "head_init", "random");
  g_assert_cmpuint (self->spy->n_classes, ==, N_SUBJECTS);
  g_assert_null (self->spy->head);

  run_with (self, "head_init", "imprinted");
  g_assert_cmpuint (self->spy->n_classes, ==, N_SUBJECTS);
  g_assert_nonnull (self->spy->head);
  for (guint subject = 0; subject < N_SUBJECTS; subject++)
    {
      double sum[ROW] = {0};
      double squares = 0;

      for (gsize i = 0; i < N_FACES; i++)
        {
          double row[ROW];

          if (self->spy->labels[i] != subject)
            continue;
          embed_best (self->spy, i, FALSE, row);
          for (guint k = 0; k < ROW; k++)
            sum[k] += row[k];
        }
      for (guint k = 0; k < ROW; k++)
        squares += sum[k] * sum[k];
      for (guint k = 0; k < ROW; k++)
        sum[k] /= sqrt (squares);
      assert_row (self->spy->head + (gsize)subject * ROW, sum);
    }
}

/* Stage 1 learns from embeddings that are made once, plain and, where faces may be
 * mirrored, mirrored, however long it lasts. */
static void
test_embeds_once (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint epochs_head;
    gboolean augment;
    guint embedded; /* for stage 1 */
  } cases[] = {{1, TRUE, 2 * N_FACES},
               {5, TRUE, 2 * N_FACES},
               {1, FALSE, N_FACES},
               {5, FALSE, N_FACES}};
  /* The untouched network is measured: train, its probe, val and strangers. */
  const guint measured = 2 * N_FACES + 2 * N_VAL + 2 * N_STRANGERS;

  self->config->epochs_all = 0;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      self->config->epochs_head = cases[i].epochs_head;
      self->config->augment = cases[i].augment;
      run (self, self->config);
      g_assert_cmpuint (self->spy->steps->len, ==, 3 * cases[i].epochs_head);
      g_assert_cmpuint (self->spy->n_embedded, ==, measured + cases[i].embedded);
    }
}

static void
assert_checkpoint (Fixture *self, const char *name, const char *expected)
{
  g_autofree char *path
      = g_strdup_printf ("%s-%u/%s", self->base.run, self->n_runs - 1, name);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, expected);
}

/* The latest epochs' own are kept, whatever becomes of them the best and the last one. */
static void
test_keep_checkpoints (Fixture *self, gconstpointer data)
{
  self->config->epochs_all = 3;
  self->config->keep_checkpoints = 2;
  run (self, self->config);
  assert_checkpoint (self, "epoch-0.pt", NULL);
  assert_checkpoint (self, "epoch-1.pt", NULL);
  assert_checkpoint (self, "epoch-2.pt", NULL);
  assert_checkpoint (self, "epoch-3.pt", "epoch 3");
  assert_checkpoint (self, "epoch-4.pt", "epoch 4");
  assert_checkpoint (self, "best.pt", "epoch 1");
  assert_checkpoint (self, "last.pt", "epoch 4");

  self->config->keep_checkpoints = 0;
  run (self, self->config);
  for (guint i = 0; i <= 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("epoch-%u.pt", i);

      assert_checkpoint (self, name, NULL);
    }
  assert_checkpoint (self, "best.pt", "epoch 1");
  assert_checkpoint (self, "last.pt", "epoch 4");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/trainer-options/stages", test_stages);
  ADD ("/trainer-options/net", test_net);
  ADD ("/trainer-options/batch", test_batch);
  ADD ("/trainer-options/schedule", test_schedule);
  ADD ("/trainer-options/augment", test_augment);
  ADD ("/trainer-options/mix-high", test_mix_high);
  ADD ("/trainer-options/targets", test_targets);
  ADD ("/trainer-options/head-init", test_head_init);
  ADD ("/trainer-options/embeds-once", test_embeds_once);
  ADD ("/trainer-options/keep-checkpoints", test_keep_checkpoints);
#undef ADD
  return g_test_run ();
}
