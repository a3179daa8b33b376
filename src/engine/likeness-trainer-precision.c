/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-augmentation.h"
#include "likeness-trainer-private.h"

/* A shorter run is over before a trial pays. */
#define MIN_STEPS 200
/* So many that another run on this machine chooses the same, whatever else it does. */
#define ROUNDS 5
/* Of one round; a GPU's first ones are launched one operation after the other, and only
 * then comes what the run will be like. */
#define STEPS_ON_CPU 2
#define STEPS_ON_GPU 8
/* bfloat16 rounds: a gain that the next busy moment could have made is not worth it. */
#define MIN_GAIN 1.1

/* A network that nobody needs afterwards, with one batch of the train set. */
static LikenessNet *
make_trial (LikenessTrainer *self, guint n, GError **error)
{
  const LikenessPixels *pixels = self->measure->train_pixels;
  const LikenessRunConfig *config = self->job->config;
  LikenessNetOptions options = {
      .variant = self->variant,
      .seed = config->seed,
      .cuda_device = self->cuda_device,
      .threads = (int)config->threads,
  };
  g_autofree guint32 *labels = g_new (guint32, n);
  LikenessNet *net = self->torch->net_new (&options, error);

  if (net == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    labels[i] = self->job->train->faces[i].label;
  if (self->torch->head_new (net, self->job->train->n_subjects, NULL, config->seed, error)
      && self->torch->data_load (net, pixels->probe, NULL, labels, NULL, n, error))
    return net;
  self->torch->net_free (net);
  return NULL;
}

/* Seconds of a step after one that warms up; the fewest of several, since whatever else
 * the machine does only adds. */
static gboolean
time_steps (LikenessTrainer *self,
            LikenessNet *net,
            guint n,
            gboolean bfloat16,
            double *seconds,
            GError **error)
{
  const LikenessRunConfig *config = self->job->config;
  LikenessStageOptions options = {
      .all_layers = TRUE,
      .margin_kind = LIKENESS_MARGIN_NONE,
      .scale = 1,
      .clip_norm = 1,
      .bfloat16 = bfloat16,
  };
  g_autofree guint32 *faces = g_new (guint32, n);
  g_autofree LikenessAugmentation *augmentations = g_new (LikenessAugmentation, n);
  LikenessStepResult result;

  for (guint i = 0; i < n; i++)
    {
      faces[i] = i;
      augmentations[i]
          = likeness_augmentation_draw (config->seed, 0, i, config->augment, 0);
    }
  if (!self->torch->stage_begin (net, &options, error))
    return FALSE;
  for (guint i = 0; i < (self->cuda_device < 0 ? STEPS_ON_CPU : STEPS_ON_GPU); i++)
    {
      gint64 began = g_get_monotonic_time ();
      double spent;

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error)
          || !self->torch->step (net, faces, augmentations, n, 0, 0, &result, error))
        return FALSE;
      spent = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
      if (i > 0)
        *seconds = MIN (*seconds, spent);
    }
  return TRUE;
}

/* A processor without instructions for it has it computed in float32 behind the scenes;
 * what a GPU makes of it, only a trial tells. */
static gboolean
may_gain (LikenessTrainer *self)
{
  g_autofree LikenessTorchProbe *probe = g_new0 (LikenessTorchProbe, 1);

  return self->cuda_device >= 0
         || (self->torch->probe (probe, NULL) && probe->processor_bfloat16);
}

/* Seconds of a step in float32 and in bfloat16, in turns. */
static gboolean
try_both (LikenessTrainer *self, double seconds[2], GError **error)
{
  guint n = MIN (self->job->config->batch, self->job->train->n_faces);
  LikenessNet *net = make_trial (self, n, error);
  gboolean done = TRUE;

  if (net == NULL)
    return FALSE;
  for (guint i = 0; i < 2 * ROUNDS && done; i++)
    done = time_steps (self, net, n, i % 2 == 1, &seconds[i % 2], error);
  self->torch->net_free (net);
  return done;
}

gboolean
likeness_trainer_is_bfloat16_worth_it (double float32_seconds, double bfloat16_seconds)
{
  return float32_seconds >= MIN_GAIN * bfloat16_seconds;
}

gboolean
likeness_trainer_choose_precision (LikenessTrainer *self, GError **error)
{
  LikenessRunConfig *config = self->job->config;
  guint64 steps = (guint64)config->epochs_all * self->job->train->n_faces / config->batch;
  double seconds[2] = {G_MAXDOUBLE, G_MAXDOUBLE};
  GError *failure = NULL;

  if (config->precision != LIKENESS_PRECISION_AUTO)
    return TRUE;
  config->precision = LIKENESS_PRECISION_FLOAT32;
  if (steps < MIN_STEPS || !may_gain (self))
    return TRUE;
  if (try_both (self, seconds, &failure))
    {
      if (likeness_trainer_is_bfloat16_worth_it (seconds[0], seconds[1]))
        config->precision = LIKENESS_PRECISION_BFLOAT16;
      return TRUE;
    }
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  /* It needs room beside the network, and nobody has asked for it. */
  g_debug ("No trial of bfloat16: %s", failure->message);
  g_error_free (failure);
  return TRUE;
}
