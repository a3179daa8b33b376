/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-run-data.h"
#include "likeness-run-log.h"
#include "likeness-trainer.h"
#include "likeness-variant.h"

static gboolean
check_weights (const LikenessRunConfig *config, GError **error)
{
  if (config->edgeface != NULL)
    return TRUE;
  if (config->from_scratch == NULL)
    {
      g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                           _ ("Choose the weights to start from, or a size of EdgeFace "
                              "to train from scratch."));
      return FALSE;
    }
  return likeness_variant_get (config->from_scratch, error) != NULL;
}

static LikenessTrainerJob *
freeze (const LikenessRunConfig *config,
        const char *run,
        LikenessProgress *progress,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (LikenessTrainerJob) self = g_new0 (LikenessTrainerJob, 1);
  g_autoptr (LikenessRunData) data = NULL;

  self->config = likeness_run_config_copy (config);
  if (!check_weights (self->config, error))
    return NULL;
  data = likeness_run_data_new (self->config, TRUE, progress, cancellable, error);
  if (data == NULL)
    return NULL;
  self->train = g_steal_pointer (&data->train);
  self->val = g_steal_pointer (&data->val);
  self->strangers = g_steal_pointer (&data->strangers);
  self->n_left_out = data->n_left_out;
  self->run = run != NULL ? g_canonicalize_filename (run, NULL)
                          : likeness_run_log_make_name (data->name);
  return g_steal_pointer (&self);
}

LikenessTrainerJob *
likeness_trainer_job_new (const LikenessRunConfig *config,
                          const char *run,
                          LikenessProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_return_val_if_fail (config != NULL, NULL);

  return freeze (config, run, progress, cancellable, error);
}

LikenessTrainerJob *
likeness_trainer_job_new_resume (const char *run,
                                 guint extend,
                                 const char *device,
                                 gboolean trust_script,
                                 LikenessProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (LikenessRunConfig) config = NULL;
  LikenessTrainerJob *self;

  g_return_val_if_fail (run != NULL, NULL);

  path = g_build_filename (run, LIKENESS_RUN_CONFIG_NAME, NULL);
  config = likeness_run_config_load (path, error);
  if (config == NULL
      || (device != NULL && !likeness_run_config_set (config, "device", device, error)))
    return NULL;
  self = freeze (config, run, progress, cancellable, error);
  if (self == NULL)
    return NULL;
  self->config->trust_super_resolution = trust_script;
  self->resume = TRUE;
  self->extend = extend;
  self->config->epochs_all += extend;
  return self;
}

void
likeness_trainer_job_free (LikenessTrainerJob *self)
{
  if (self == NULL)
    return;
  likeness_run_config_free (self->config);
  g_clear_pointer (&self->train, likeness_face_list_unref);
  g_clear_pointer (&self->val, likeness_face_list_unref);
  g_clear_pointer (&self->strangers, likeness_face_list_unref);
  g_free (self->run);
  g_free (self);
}
