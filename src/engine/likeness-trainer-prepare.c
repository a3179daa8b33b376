/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "likeness-device.h"
#include "likeness-error.h"
#include "likeness-subject-names.h"
#include "likeness-trainer-private.h"

static gboolean
open_device (LikenessTrainer *self, GError **error)
{
  LikenessRunConfig *config = self->job->config;

  if (!likeness_trainer_emit_stage (self, _ ("Opening libtorch"), error))
    return FALSE;
  self->torch = self->job->torch;
  if (self->torch == NULL)
    self->torch = likeness_torch_load (error);
  if (self->torch == NULL
      || !likeness_device_resolve (config->device, &self->cuda_device, &self->device,
                                   error))
    return FALSE;
  g_free (config->device);
  config->device = self->cuda_device < 0 ? g_strdup ("cpu")
                                         : g_strdup_printf ("cuda:%d", self->cuda_device);
  if (config->threads == 0)
    config->threads = (guint)likeness_device_count_cores ();
  return TRUE;
}

static gboolean
save_config (LikenessTrainer *self, GError **error)
{
  g_autofree char *path
      = g_build_filename (self->job->run, LIKENESS_RUN_CONFIG_NAME, NULL);

  return likeness_run_config_save (self->job->config, path, error);
}

static LikenessNet *
make_net (LikenessTrainer *self, const LikenessWeights *weights, GError **error)
{
  const LikenessRunConfig *config = self->job->config;
  LikenessNetOptions options = {
      .variant = self->variant,
      .weights = weights,
      .seed = config->seed,
      .cuda_device = self->cuda_device,
      .threads = (int)config->threads,
  };

  return self->torch->net_new (&options, error);
}

/* The network that the run began with, whatever has become of it since. */
static gboolean
open_untouched (LikenessTrainer *self, GError **error)
{
  const LikenessRunConfig *config = self->job->config;
  g_autoptr (LikenessWeights) weights = NULL;

  if (config->edgeface != NULL)
    {
      if (!likeness_trainer_emit_stage (self, _ ("Reading the weights"), error))
        return FALSE;
      weights = likeness_weights_load (config->edgeface, self->cancellable, error);
      if (weights == NULL)
        return FALSE;
      self->variant = weights->variant;
    }
  else
    self->variant = likeness_variant_find (config->from_scratch);
  self->net = make_net (self, weights, error);
  return self->net != NULL;
}

static gboolean
emit_start (LikenessTrainer *self, GError **error)
{
  LikenessEvent *event;

  if (self->job->n_left_out > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext (
              "%u person of the test split is in training too and is no stranger",
              "%u people of the test split are in training too and are no strangers",
              self->job->n_left_out),
          self->job->n_left_out);

      if (!likeness_trainer_emit_stage (self, text, error))
        return FALSE;
    }
  event = likeness_event_new (LIKENESS_EVENT_START);
  event->epoch = self->checkpoint != NULL ? (guint)self->checkpoint->epoch : 0;
  event->n_classes = self->job->train->n_subjects;
  event->n_train = self->job->train->n_faces;
  event->n_val = self->job->val->n_faces;
  event->n_parameters = likeness_variant_count_parameters (self->variant);
  event->lr_head = self->job->config->lr_head;
  event->lr_backbone = self->job->config->lr_backbone;
  event->text = g_strdup (self->device);
  event->run = g_strdup (self->job->run);
  return likeness_trainer_emit (self, event, error);
}

/* A run that goes on in stage 2 knows its baseline and needs no more of the network it
 * began with, but for the targets. */
static gboolean
is_untouched_needed (const LikenessTrainer *self)
{
  const LikenessRunConfig *config = self->job->config;

  return !self->has_baseline || config->similarity_weight > 0
         || (guint)self->checkpoint->epoch <= config->epochs_head;
}

static gboolean
measure_untouched (LikenessTrainer *self, GError **error)
{
  gint64 began = g_get_monotonic_time ();
  LikenessEvent *event;

  if (!is_untouched_needed (self))
    return TRUE;
  if (!likeness_trainer_emit_stage (self, _ ("Measuring the untouched network"), error))
    return FALSE;
  self->untouched = likeness_embeddings_new (self->measure, self->torch, self->net, NULL,
                                             self->cancellable, error);
  if (self->untouched == NULL
      || !likeness_measure_judge (self->measure, self->untouched, self->torch, NULL,
                                  &self->baseline, NULL, self->cancellable, error))
    return FALSE;
  self->measure_seconds = (double)(g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  if (self->has_baseline)
    return TRUE;
  self->has_baseline = TRUE;
  event = likeness_event_new (LIKENESS_EVENT_BASELINE);
  event->metrics = self->baseline;
  return likeness_trainer_emit (self, event, error);
}

/* The embeddings of the train faces @faces, row 2 * face + (mirrored ? 1 : 0). @plain are
 * those that are known already. (transfer full) */
static float *
add_mirrored (LikenessTrainer *self,
              const guint8 *faces,
              const float *plain,
              gboolean normalise,
              GError **error)
{
  const gsize n = self->measure->train_pixels->n;
  const gsize row = LIKENESS_EMBEDDING_SIZE;
  g_autofree float *mirrored = likeness_embeddings_compute (
      self->torch, self->net, faces, n, TRUE, normalise, NULL, self->cancellable, error);
  float *both;

  if (mirrored == NULL)
    return NULL;
  both = likeness_embeddings_allocate (2 * n, error);
  if (both == NULL)
    return NULL;
  for (gsize i = 0; i < n; i++)
    {
      memcpy (both + 2 * i * row, plain + i * row, sizeof (float) * row);
      memcpy (both + (2 * i + 1) * row, mirrored + i * row, sizeof (float) * row);
    }
  return both;
}

/* Train faces as training sees them, mirrored where it may: all that stage 1 learns from.
 */
static gboolean
freeze_faces (LikenessTrainer *self, GError **error)
{
  const LikenessPixels *pixels = self->measure->train_pixels;
  g_autofree float *plain = NULL;

  if (self->job->config->epochs_head == 0 || self->untouched == NULL)
    return TRUE;
  if (!likeness_trainer_emit_stage (self, _ ("Embedding the train faces once"), error))
    return FALSE;
  plain = likeness_embeddings_compute (self->torch, self->net, pixels->probe, pixels->n,
                                       FALSE, FALSE, NULL, self->cancellable, error);
  if (plain == NULL || !self->job->config->augment)
    self->frozen = g_steal_pointer (&plain);
  else
    self->frozen = add_mirrored (self, pixels->probe, plain, FALSE, error);
  return self->frozen != NULL;
}

/* What each train face's embedding shall stay near to: the untouched network's of the
 * best image, plain and mirrored. */
static gboolean
make_targets (LikenessTrainer *self, float **targets, GError **error)
{
  *targets = NULL;
  if (self->job->config->similarity_weight == 0)
    return TRUE;
  if (!likeness_trainer_emit_stage (self, _ ("Embedding the best images"), error))
    return FALSE;
  *targets = add_mirrored (self, self->measure->train_pixels->best,
                           self->untouched->train, TRUE, error);
  return *targets != NULL;
}

static gboolean
make_head (LikenessTrainer *self, GError **error)
{
  const LikenessFaceList *train = self->job->train;
  const LikenessRunConfig *config = self->job->config;
  g_autofree float *centroids = NULL;
  const float *weights = NULL;

  if (self->checkpoint != NULL)
    weights = self->checkpoint->head->data;
  else if (config->head_init == LIKENESS_HEAD_IMPRINTED)
    {
      centroids = likeness_measure_make_centroids (self->measure, self->untouched, error);
      if (centroids == NULL)
        return FALSE;
      weights = centroids;
    }
  return self->torch->head_new (self->net, train->n_subjects, weights, config->seed,
                                error);
}

static gboolean
load_faces (LikenessTrainer *self, const float *targets, GError **error)
{
  const LikenessPixels *pixels = self->measure->train_pixels;
  g_autofree guint32 *labels = g_new (guint32, pixels->n);

  for (gsize i = 0; i < pixels->n; i++)
    labels[i] = self->job->train->faces[i].label;
  return self->torch->data_load (self->net, pixels->probe,
                                 pixels->best == pixels->probe ? NULL : pixels->best,
                                 labels, targets, pixels->n, error);
}

static gboolean
check_checkpoint (LikenessTrainer *self, GError **error)
{
  const LikenessCheckpoint *checkpoint = self->checkpoint;
  const LikenessTensor *head = checkpoint->head;

  if (checkpoint->weights->variant == self->variant
      && g_strv_equal ((const char *const *)checkpoint->subjects,
                       (const char *const *)self->subject_names)
      && head != NULL
      && head->n == (gsize)self->job->train->n_subjects * LIKENESS_EMBEDDING_SIZE)
    return TRUE;
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_CHANGED,
                       _ ("The data or the weights are no longer those that this run "
                          "began with: its people or its network differ. Put them back, "
                          "or begin a new run."));
  return FALSE;
}

static gboolean
decode_faces (LikenessTrainer *self, GError **error)
{
  const LikenessTrainerJob *job = self->job;
  const LikenessRunConfig *config = job->config;
  g_autoptr (LikenessEnlarger) enlarger = NULL;

  if (config->super_resolution != NULL)
    {
      enlarger = likeness_enlarger_new (
          config->super_resolution, config->trust_super_resolution, self->torch,
          self->cuda_device, config->threads, self->cancellable, error);
      if (enlarger == NULL)
        return FALSE;
    }
  if (!likeness_trainer_emit_stage (self,
                                    enlarger != NULL
                                        ? _ ("Decoding and enlarging the faces")
                                        : _ ("Decoding the faces"),
                                    error))
    return FALSE;
  self->measure
      = likeness_measure_new (job->train, job->val, job->strangers, config->input,
                              enlarger, NULL, self->cancellable, error);
  return self->measure != NULL;
}

gboolean
likeness_trainer_prepare (LikenessTrainer *self, GError **error)
{
  LikenessTrainerJob *job = self->job;
  g_autofree float *targets = NULL;
  const LikenessPixels *pixels;

  if (!open_device (self, error) || !open_untouched (self, error)
      || !likeness_checkpoint_check_classes (self->variant, job->train->n_subjects,
                                             error))
    return FALSE;
  self->subject_names = likeness_subject_names_new (job->train);
  if (self->checkpoint != NULL && !check_checkpoint (self, error))
    return FALSE;
  if (!decode_faces (self, error))
    return FALSE;
  pixels = self->measure->train_pixels;
  likeness_trainer_resolve_config (job->config, pixels->probe != pixels->best,
                                   job->train->n_faces);
  if (!likeness_trainer_choose_precision (self, error) || !save_config (self, error)
      || !emit_start (self, error) || !measure_untouched (self, error)
      || !freeze_faces (self, error) || !make_targets (self, &targets, error))
    return FALSE;

  if (self->checkpoint != NULL)
    {
      self->torch->net_free (g_steal_pointer (&self->net));
      self->net = make_net (self, self->checkpoint->weights, error);
      if (self->net == NULL)
        return FALSE;
    }
  return make_head (self, error) && load_faces (self, targets, error);
}
