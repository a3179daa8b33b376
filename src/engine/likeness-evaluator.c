/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-evaluator-private.h"

#include <glib/gi18n.h>

#include "likeness-checkpoint.h"
#include "likeness-device.h"
#include "likeness-embeddings.h"
#include "likeness-error.h"
#include "likeness-measure-results.h"
#include "likeness-run-data.h"
#include "likeness-run-log.h"
#include "likeness-subject-names.h"

/* What one judgement needs; the network goes with it. */
typedef struct
{
  LikenessRunConfig *config;
  const LikenessTorch *torch;
  int cuda_device;
  LikenessEnlarger *enlarger; /* nullable */
  LikenessMeasure *measure;
  LikenessProgress *progress;
  GCancellable *cancellable;
} Judge;

static void
judge_clear (Judge *judge)
{
  g_clear_pointer (&judge->config, likeness_run_config_free);
  g_clear_pointer (&judge->enlarger, likeness_enlarger_free);
  g_clear_pointer (&judge->measure, likeness_measure_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Judge, judge_clear)

static gboolean
open_device (Judge *judge, GError **error)
{
  judge->torch = likeness_torch_load (error);
  if (judge->torch == NULL
      || !likeness_device_resolve (judge->config->device, &judge->cuda_device, NULL,
                                   error))
    return FALSE;
  if (judge->config->threads == 0)
    judge->config->threads = (guint)likeness_device_count_cores ();
  return TRUE;
}

static LikenessNet *
make_net (const Judge *judge,
          const LikenessVariant *variant,
          const LikenessWeights *weights,
          GError **error)
{
  LikenessNetOptions options = {
      .variant = variant,
      .weights = weights,
      .seed = judge->config->seed,
      .cuda_device = judge->cuda_device,
      .threads = (int)judge->config->threads,
  };

  return judge->torch->net_new (&options, error);
}

/* Judges @net (transfer full). */
static LikenessResults *
judge_net (Judge *judge, LikenessNet *net, gboolean has_head, GError **error)
{
  g_autoptr (LikenessEmbeddings) embeddings = NULL;
  LikenessMetrics metrics;
  LikenessResults *results = NULL;

  embeddings = likeness_embeddings_new (judge->measure, judge->torch, net,
                                        judge->progress, judge->cancellable, error);
  if (embeddings != NULL)
    likeness_measure_judge (judge->measure, embeddings, judge->torch,
                            has_head ? net : NULL, &metrics, &results, judge->cancellable,
                            error);
  judge->torch->net_free (net);
  return results;
}

/* Whether the checkpoint's head has the train subjects of this data as its classes. */
static gboolean
fits (const Judge *judge, const LikenessCheckpoint *checkpoint)
{
  const LikenessFaceList *train = judge->measure->train;
  g_auto (GStrv) names = likeness_subject_names_new (train);

  return checkpoint->head != NULL && checkpoint->subjects != NULL
         && g_strv_equal ((const char *const *)checkpoint->subjects,
                          (const char *const *)names)
         && checkpoint->head->n == (gsize)train->n_subjects * LIKENESS_EMBEDDING_SIZE;
}

static LikenessResults *
judge_checkpoint (Judge *judge,
                  const LikenessCheckpoint *checkpoint,
                  gboolean has_head,
                  GError **error)
{
  LikenessNet *net
      = make_net (judge, checkpoint->weights->variant, checkpoint->weights, error);
  LikenessResults *results;

  if (net == NULL)
    return NULL;
  if (has_head
      && !judge->torch->head_new (net, judge->measure->train->n_subjects,
                                  checkpoint->head->data, judge->config->seed, error))
    {
      judge->torch->net_free (net);
      return NULL;
    }
  results = judge_net (judge, net, has_head, error);
  if (results != NULL)
    results->epoch = (guint)MAX (checkpoint->epoch, 0);
  return results;
}

/* The weights that the config names; @with_head: with the head of a checkpoint where it
 * fits. */
static LikenessResults *
judge_weights (Judge *judge, gboolean with_head, GError **error)
{
  const LikenessRunConfig *config = judge->config;
  g_autoptr (LikenessWeights) weights = NULL;
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  LikenessNet *net = likeness_evaluator_open_net (
      config, judge->torch, judge->cuda_device, &weights, judge->cancellable, error);

  if (net == NULL)
    return NULL;
  if (with_head && weights != NULL && weights->kind == LIKENESS_WEIGHTS_CHECKPOINT)
    checkpoint = likeness_checkpoint_load (config->edgeface, judge->cancellable, NULL);
  if (checkpoint == NULL || !fits (judge, checkpoint))
    return judge_net (judge, net, FALSE, error);
  judge->torch->net_free (net);
  return judge_checkpoint (judge, checkpoint, TRUE, error);
}

static gboolean
open_enlarger (Judge *judge, GError **error)
{
  const LikenessRunConfig *config = judge->config;

  if (config->super_resolution == NULL)
    return TRUE;
  judge->enlarger = likeness_enlarger_new (
      config->super_resolution, config->trust_super_resolution, judge->torch,
      judge->cuda_device, config->threads, judge->cancellable, error);
  return judge->enlarger != NULL;
}

static gboolean
load_faces (Judge *judge, gboolean for_training, GError **error)
{
  g_autoptr (LikenessRunData) data = likeness_run_data_new (
      judge->config, for_training, judge->progress, judge->cancellable, error);

  if (data == NULL || !open_enlarger (judge, error))
    return FALSE;
  judge->measure = likeness_measure_new (data->train, data->val, data->strangers,
                                         judge->config->input, judge->enlarger,
                                         judge->progress, judge->cancellable, error);
  return judge->measure != NULL;
}

static LikenessResults *
judge_run (Judge *judge,
           const char *run,
           const LikenessRunConfig *config,
           const char *device,
           gboolean trust_script,
           GError **error)
{
  g_autofree char *config_path = g_build_filename (run, LIKENESS_RUN_CONFIG_NAME, NULL);
  g_autofree char *best_path = g_build_filename (run, LIKENESS_RUN_BEST_NAME, NULL);
  g_autoptr (LikenessCheckpoint) checkpoint = NULL;
  g_autoptr (LikenessResults) untouched = NULL;
  g_autoptr (LikenessResults) results = NULL;
  gboolean has_head;

  judge->config = config != NULL ? likeness_run_config_copy (config)
                                 : likeness_run_config_load (config_path, error);
  if (judge->config == NULL
      || (device != NULL
          && !likeness_run_config_set (judge->config, "device", device, error)))
    return NULL;
  judge->config->trust_super_resolution |= trust_script;
  checkpoint = likeness_checkpoint_load (best_path, judge->cancellable, error);
  if (checkpoint == NULL || !open_device (judge, error)
      || !load_faces (judge, config == NULL, error))
    return NULL;
  has_head = fits (judge, checkpoint);
  if (!has_head && config == NULL)
    {
      g_autofree char *name = g_filename_display_name (run);

      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_CHANGED,
                   _ ("The people of “%s” are no longer those of its data. Put the data "
                      "back, or judge its best.pt as weights."),
                   name);
      return NULL;
    }
  results = judge_checkpoint (judge, checkpoint, has_head, error);
  if (results == NULL)
    return NULL;
  untouched = judge_weights (judge, FALSE, error);
  if (untouched == NULL)
    return NULL;
  likeness_measure_add_baseline (results, untouched);
  return g_steal_pointer (&results);
}

LikenessResults *
likeness_evaluator_run (const char *run,
                        const LikenessRunConfig *config,
                        const char *device,
                        gboolean trust_script,
                        LikenessProgress *progress,
                        GCancellable *cancellable,
                        GError **error)
{
  g_auto (Judge) judge = {.progress = progress, .cancellable = cancellable};

  g_return_val_if_fail (run != NULL || config != NULL, NULL);

  if (run != NULL)
    return judge_run (&judge, run, config, device, trust_script, error);
  judge.config = likeness_run_config_copy (config);
  if (!open_device (&judge, error) || !load_faces (&judge, FALSE, error))
    return NULL;
  return judge_weights (&judge, TRUE, error);
}
