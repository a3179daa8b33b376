/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-kernels.h"
#include "likeness-test-fake.h"
#include "likeness-test-net.h"
#include "likeness-test-run.h"
#include "likeness-test-spy.h"

/* Which way the steps go, and that it is said. */

#define N_FACES 4
#define N_STEPS 8 /* more than come before a graph is recorded */

static LikenessPath
take_steps (LikenessStageOptions options)
{
  g_autofree guint8 *faces = likeness_test_make_faces (N_FACES);
  const guint32 indexes[N_FACES] = {0, 1, 2, 3};
  const guint32 labels[N_FACES] = {0, 1, 0, 1};
  const LikenessTorch *torch = likeness_test_open_torch ();
  LikenessNet *net = likeness_test_make_net (torch, "xxs");
  LikenessStepResult result = {0};
  g_autoptr (GError) error = NULL;

  options.all_layers = TRUE;
  options.margin_kind = LIKENESS_MARGIN_NONE;
  options.scale = 16;
  torch->head_new (net, 2, NULL, 1, &error);
  g_assert_no_error (error);
  torch->data_load (net, faces, NULL, labels, NULL, N_FACES, &error);
  g_assert_no_error (error);
  torch->stage_begin (net, &options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_STEPS; i++)
    {
      torch->step (net, indexes, NULL, N_FACES, 1e-3f, 1e-4f, &result, &error);
      g_assert_no_error (error);
    }
  torch->net_free (net);
  return result.path;
}

static void
test_kernels (void)
{
  g_assert_cmpint (take_steps ((LikenessStageOptions){0}), ==, LIKENESS_PATH_KERNELS);
  if (likeness_kernels_get_bfloat16 () != NULL)
    g_assert_cmpint (take_steps ((LikenessStageOptions){.bfloat16 = TRUE}), ==,
                     LIKENESS_PATH_KERNELS);
}

/* Where libtorch is asked for, and where the processor has no instructions. */
static void
test_libtorch (void)
{
  g_assert_cmpint (take_steps ((LikenessStageOptions){.by_libtorch = TRUE}), ==,
                   LIKENESS_PATH_LAUNCHES);
  g_assert_cmpint (
      take_steps ((LikenessStageOptions){.by_libtorch = TRUE, .bfloat16 = TRUE}), ==,
      LIKENESS_PATH_LAUNCHES);
  if (likeness_kernels_get_bfloat16 () == NULL)
    g_assert_cmpint (take_steps ((LikenessStageOptions){.bfloat16 = TRUE}), ==,
                     LIKENESS_PATH_LAUNCHES);
}

static void
test_graph (void)
{
  g_assert_cmpint (take_steps ((LikenessStageOptions){0}), ==, LIKENESS_PATH_GRAPH);
  g_assert_cmpint (take_steps ((LikenessStageOptions){.bfloat16 = TRUE}), ==,
                   LIKENESS_PATH_GRAPH);
}

/* Somebody who looks for an error sees each launch by itself. */
static void
test_blocking (void)
{
  g_setenv ("CUDA_LAUNCH_BLOCKING", "1", TRUE);
  g_assert_cmpint (take_steps ((LikenessStageOptions){0}), ==, LIKENESS_PATH_LAUNCHES);
  g_unsetenv ("CUDA_LAUNCH_BLOCKING");
}

#define IN_BFLOAT16                                                                      \
  "Training with libtorch: own kernels cannot compute in bfloat16 on this processor. A " \
  "new run in float32 is likely to be faster.\n"

/* The sentences about the way that a run tells, in order. */
static char *
list_told (GPtrArray *events)
{
  g_autoptr (GString) told = g_string_new (NULL);
  const LikenessEvent *event;

  for (guint i = 0;
       (event = likeness_test_run_find (events, LIKENESS_EVENT_STAGE, i)) != NULL; i++)
    if (g_str_has_prefix (event->text, "Training with "))
      g_string_append_printf (told, "%s\n", event->text);
  return g_string_free (g_steal_pointer (&told), FALSE);
}

static void
test_told (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autofree char *second = g_build_filename (self->root, "second", NULL);
  g_autoptr (GPtrArray) events = likeness_test_run_train (config, self->run, NULL, NULL);
  g_autoptr (GPtrArray) second_events = NULL;
  g_autofree char *told = list_told (events);
  g_autofree char *second_told = NULL;

  g_assert_cmpstr (told, ==, "Training with own kernels\n");
  config->precision = LIKENESS_PRECISION_BFLOAT16;
  second_events = likeness_test_run_train (config, second, NULL, NULL);
  second_told = list_told (second_events);
  g_assert_cmpstr (second_told, ==,
                   likeness_kernels_get_bfloat16 () != NULL
                       ? "Training with own kernels\n"
                       : IN_BFLOAT16);
}

/* What a run by the spy tells. */
static char *
train (const LikenessRunConfig *config, const char *run)
{
  g_autoptr (GPtrArray) events
      = likeness_test_run_train_by (likeness_test_spy_get_table (), config, run);

  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  return list_told (events);
}

/* Steps as a processor without instructions for it takes them. */
static gboolean
launch (LikenessNet *net,
        const guint32 *indexes,
        const LikenessAugmentation *augmentations,
        gsize n,
        float lr_head,
        float lr_backbone,
        LikenessStepResult *result,
        GError **error)
{
  if (result != NULL)
    *result = (LikenessStepResult){
        .loss = 1,
        .faces = (guint)n,
        .path = LIKENESS_PATH_LAUNCHES,
    };
  return TRUE;
}

/* A run whose precision was decided elsewhere. */
static void
test_without_bfloat16 (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (LikenessTestSpy) spy = likeness_test_spy_new (likeness_test_get_fake ());
  g_autofree char *told = NULL;

  spy->next.step = launch;
  config->precision = LIKENESS_PRECISION_BFLOAT16;
  told = train (config, self->run);
  g_assert_cmpstr (told, ==, IN_BFLOAT16);
}

/* Steps as a GPU takes them: some are launched, then one is recorded. */
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
  static guint n_steps;

  n_steps++;
  if (result != NULL)
    *result = (LikenessStepResult){
        .loss = 1,
        .faces = (guint)n,
        .path = n_steps > 3 ? LIKENESS_PATH_GRAPH : LIKENESS_PATH_LAUNCHES,
    };
  return TRUE;
}

/* Whenever it changes, and no oftener. */
static void
test_change_told (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 3);
  g_autoptr (LikenessTestSpy) spy = likeness_test_spy_new (likeness_test_get_fake ());
  g_autofree char *told = NULL;

  spy->next.step = step;
  told = train (config, self->run);
  g_assert_cmpstr (told, ==,
                   "Training with libtorch, operation by operation\n"
                   "Training with a CUDA graph: one launch a step\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (likeness_test_get_device () < 0)
    {
      g_test_add_func ("/training-path/kernels", test_kernels);
      g_test_add_func ("/training-path/libtorch", test_libtorch);
    }
  else
    {
      g_test_add_func ("/training-path/graph", test_graph);
      g_test_add_func ("/training-path/launch-blocking", test_blocking);
    }
#define ADD(path, func)                                                                  \
  g_test_add (path, LikenessTestRun, NULL, likeness_test_run_set_up, func,               \
              likeness_test_run_tear_down)
  ADD ("/training-path/told", test_told);
  ADD ("/training-path/change-told", test_change_told);
  ADD ("/training-path/without-bfloat16", test_without_bfloat16);
#undef ADD
  return g_test_run ();
}
