/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-training-request.h"

#include "likeness-run-log.h"

/* What the worker needs: no object crosses threads. */
typedef struct
{
  LikenessRunConfig *config;
  char *run;
  guint extend;
  char *device;
  LikenessProgress *progress;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->config, likeness_run_config_free);
  g_free (order->run);
  g_free (order->device);
  likeness_progress_unref (order->progress);
  g_free (order);
}

void
likeness_training_request_free (LikenessTrainingRequest *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->job, likeness_trainer_job_free);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_free (self);
}

static gboolean
fill (LikenessTrainingRequest *self,
      const Order *order,
      GCancellable *cancellable,
      GError **error)
{
  if (order->run == NULL)
    {
      self->job = likeness_trainer_job_new (order->config, NULL, order->progress,
                                            cancellable, error);
      return self->job != NULL;
    }
  self->job
      = likeness_trainer_job_new_resume (order->run, order->extend, order->device, FALSE,
                                         order->progress, cancellable, error);
  if (self->job == NULL)
    return FALSE;
  self->history = likeness_run_log_read (order->run, error);
  return self->history != NULL;
}

static void
request_thread (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  g_autoptr (LikenessTrainingRequest) self = g_new0 (LikenessTrainingRequest, 1);
  GError *error = NULL;

  if (fill (self, task_data, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&self),
                           (GDestroyNotify)likeness_training_request_free);
  else
    g_task_return_error (task, error);
}

void
likeness_training_request_new_async (const LikenessRunConfig *config,
                                     const char *run,
                                     guint extend,
                                     const char *device,
                                     LikenessProgress *progress,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Order *order = g_new0 (Order, 1);

  order->config = config != NULL ? likeness_run_config_copy (config) : NULL;
  order->run = g_strdup (run);
  order->extend = extend;
  order->device = g_strdup (device);
  order->progress = likeness_progress_ref (progress);
  g_task_set_source_tag (task, likeness_training_request_new_async);
  g_task_set_task_data (task, order, order_free);
  g_task_run_in_thread (task, request_thread);
}

LikenessTrainingRequest *
likeness_training_request_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
