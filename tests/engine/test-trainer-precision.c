/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-device.h"
#include "likeness-test-fake.h"
#include "likeness-test-run.h"
#include "likeness-test-spy.h"
#include "likeness-trainer-private.h"

/* Which precision, and how many threads, a run takes where the config leaves it open. */

/* Stages of the trial: both precisions in turns. */
#define N_TRIALS 10

/* What a step of a trial, whose rates are 0, comes to. */
typedef struct
{
  gulong float32; /* microseconds */
  gulong bfloat16;
  LikenessPrecision fails; /* for want of memory; AUTO: none */
  gboolean chip;           /* has instructions for bfloat16 */
} Machine;

static LikenessTestSpy *spy;
static Machine machine;

static gboolean
probe (LikenessTorchProbe *found, GError **error)
{
  likeness_test_get_fake ()->probe (found, error);
  found->processor_bfloat16 = machine.chip;
  return TRUE;
}

static gboolean
is_bfloat16 (guint stage)
{
  return g_array_index (spy->stages, LikenessStageOptions, stage).bfloat16;
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
  gboolean bfloat16 = is_bfloat16 (spy->stages->len - 1);

  if (lr_head == 0 && lr_backbone == 0)
    {
      if (machine.fails
          == (bfloat16 ? LIKENESS_PRECISION_BFLOAT16 : LIKENESS_PRECISION_FLOAT32))
        {
          g_set_error_literal (error, LIKENESS_TORCH_ERROR,
                               LIKENESS_TORCH_ERROR_OUT_OF_MEMORY, "No room.");
          return FALSE;
        }
      g_usleep (bfloat16 ? machine.bfloat16 : machine.float32);
    }
  return likeness_test_get_fake ()->step (net, indexes, augmentations, n, lr_head,
                                          lr_backbone, result, error);
}

static LikenessPrecision
load_precision (const char *run)
{
  g_autofree char *path = g_build_filename (run, "config.json", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessRunConfig) config = likeness_run_config_load (path, &error);

  g_assert_no_error (error);
  return config->precision;
}

static void
test_trial (LikenessTestRun *self, gconstpointer disjoint)
{
  static const struct
  {
    Machine machine;
    guint epochs; /* of 24 steps */
    guint trials; /* stages that were tried */
    LikenessPrecision taken;
  } cases[] = {
      {{20000, 5000, LIKENESS_PRECISION_AUTO, TRUE},
       9,
       N_TRIALS,
       LIKENESS_PRECISION_BFLOAT16},
      {{5000, 20000, LIKENESS_PRECISION_AUTO, TRUE},
       9,
       N_TRIALS,
       LIKENESS_PRECISION_FLOAT32},
      {{20000, 5000, LIKENESS_PRECISION_AUTO, FALSE}, 9, 0, LIKENESS_PRECISION_FLOAT32},
      /* Too short a run. */
      {{20000, 5000, LIKENESS_PRECISION_AUTO, TRUE}, 8, 0, LIKENESS_PRECISION_FLOAT32},
      {{20000, 5000, LIKENESS_PRECISION_BFLOAT16, TRUE},
       9,
       2,
       LIKENESS_PRECISION_FLOAT32},
      {{20000, 5000, LIKENESS_PRECISION_FLOAT32, TRUE}, 9, 1, LIKENESS_PRECISION_FLOAT32},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LikenessRunConfig) config
          = likeness_test_run_make_config (self->data, cases[i].epochs);
      g_autofree char *run = g_strdup_printf ("%s-%u", self->run, i);
      g_autoptr (GPtrArray) events = NULL;

      g_test_message ("case %u", i);
      spy = likeness_test_spy_new (likeness_test_get_fake ());
      spy->next.probe = probe;
      spy->next.step = step;
      machine = cases[i].machine;
      config->batch = 1;
      config->precision = LIKENESS_PRECISION_AUTO;
      events = likeness_test_run_train_by (likeness_test_spy_get_table (), config, run);
      likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);

      g_assert_cmpuint (spy->stages->len, ==, cases[i].trials + 1);
      for (guint k = 0; k < cases[i].trials; k++)
        g_assert_cmpint (is_bfloat16 (k), ==, k % 2 == 1);
      g_assert_cmpint (is_bfloat16 (cases[i].trials), ==,
                       cases[i].taken == LIKENESS_PRECISION_BFLOAT16);
      g_assert_cmpint (load_precision (run), ==, cases[i].taken);
      g_clear_pointer (&spy, likeness_test_spy_free);
    }
}

/* Rounding is paid for by a tenth of the time, no less. */
static void
test_worth (void)
{
  g_assert_true (likeness_trainer_is_bfloat16_worth_it (2, 1));
  g_assert_true (likeness_trainer_is_bfloat16_worth_it (1.11, 1));
  g_assert_false (likeness_trainer_is_bfloat16_worth_it (1.09, 1));
  g_assert_false (likeness_trainer_is_bfloat16_worth_it (1, 1));
  g_assert_false (likeness_trainer_is_bfloat16_worth_it (1, 2));
}

/* The chip itself is asked: the kernel knows it too. */
static void
test_chip (void)
{
  g_autoptr (GError) error = NULL;
  const LikenessTorch *torch = likeness_torch_load (&error);
  g_autofree LikenessTorchProbe *found = g_new0 (LikenessTorchProbe, 1);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_true (torch->probe (found, &error));
  g_assert_true (g_file_get_contents ("/proc/cpuinfo", &text, NULL, NULL));
#ifdef __x86_64__
  g_assert_cmpint (
      found->processor_bfloat16, ==,
      g_regex_match_simple ("^flags.*\\bavx512_bf16\\b", text, G_REGEX_MULTILINE, 0));
#else
  g_test_skip ("Only a trial tells here.");
#endif
}

/* What was left open is written down as it was used, and a run that is taken up again
 * keeps to it, whatever the machine that it lies on now would choose. */
static void
test_resume (LikenessTestRun *self, gconstpointer disjoint)
{
  g_autoptr (LikenessRunConfig) config = likeness_test_run_make_config (self->data, 1);
  g_autoptr (LikenessRunConfig) used = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autofree char *path = g_build_filename (self->run, "config.json", NULL);
  g_autoptr (GError) error = NULL;
  const LikenessNetOptions *net;
  guint cores = (guint)likeness_device_count_cores ();

  spy = likeness_test_spy_new (likeness_torch_load (NULL));
  config->threads = 0;
  config->precision = LIKENESS_PRECISION_AUTO;
  events = likeness_test_run_train_by (likeness_test_spy_get_table (), config, self->run);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  net = &g_array_index (spy->nets, LikenessNetOptions, 0);
  g_assert_cmpint (net->threads, ==, (int)cores);
  used = likeness_run_config_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (used->threads, ==, cores);
  g_assert_cmpint (used->precision, ==, LIKENESS_PRECISION_FLOAT32);
  g_assert_cmpstr (used->device, ==, "cpu");

  /* As if it had begun on a machine with one core more, where bfloat16 was faster. */
  used->threads = cores + 1;
  used->precision = LIKENESS_PRECISION_BFLOAT16;
  likeness_run_config_save (used, path, &error);
  g_assert_no_error (error);
  g_clear_pointer (&events, g_ptr_array_unref);
  g_clear_pointer (&used, likeness_run_config_free);
  likeness_test_spy_reset (spy);
  events = likeness_test_run_resume_by (likeness_test_spy_get_table (), self->run, 1);
  likeness_test_run_assert_ended (events, LIKENESS_EVENT_DONE);
  g_assert_cmpuint (spy->nets->len, >, 0);
  for (guint i = 0; i < spy->nets->len; i++)
    {
      net = &g_array_index (spy->nets, LikenessNetOptions, i);
      g_assert_cmpint (net->threads, ==, (int)cores + 1);
    }
  g_assert_cmpuint (spy->stages->len, ==, 1);
  g_assert_true (is_bfloat16 (0));
  used = likeness_run_config_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (used->threads, ==, cores + 1);
  g_assert_cmpint (used->precision, ==, LIKENESS_PRECISION_BFLOAT16);
  g_clear_pointer (&spy, likeness_test_spy_free);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/trainer-precision/trial", LikenessTestRun, NULL, likeness_test_run_set_up,
              test_trial, likeness_test_run_tear_down);
  g_test_add ("/trainer-precision/resume", LikenessTestRun, NULL,
              likeness_test_run_set_up, test_resume, likeness_test_run_tear_down);
  g_test_add_func ("/trainer-precision/worth", test_worth);
  g_test_add_func ("/trainer-precision/chip", test_chip);
  return g_test_run ();
}
