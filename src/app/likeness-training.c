/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-training.h"

#include "likeness-device.h"
#include "likeness-training-request.h"

struct _LikenessTraining
{
  GObject parent_instance;

  /* Owned */
  LikenessTrainingState state;
  LikenessRunConfig *config;
  GCancellable *cancellable; /* of the request */
  LikenessProgress *progress;
  LikenessFeed *feed;
  LikenessTrainer *trainer;
  LikenessRunSummary *summary;
  LikenessRunChart *chart;
  LikenessEvent *event; /* the last BATCH or EPOCH */
  char *stage;
  char *run;
  guint extend; /* epochs more that are asked for, until the run has begun */
  GError *error;
};

enum
{
  PROP_STATE = 1,
  N_PROPERTIES
};

enum
{
  CHANGED,
  ENDED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LikenessTraining, likeness_training, G_TYPE_OBJECT)

static void
set_state (LikenessTraining *self, LikenessTrainingState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
forget (LikenessTraining *self)
{
  g_clear_pointer (&self->event, likeness_event_free);
  g_clear_pointer (&self->stage, g_free);
  g_clear_pointer (&self->run, g_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->summary, likeness_run_summary_free);
  self->summary = likeness_run_summary_new (NULL);
  g_clear_pointer (&self->chart, likeness_run_chart_free);
  self->chart = likeness_run_chart_new ();
}

/* What is drawn and told of the run, whether it happens now or stands in the log. */
static void
take_in (LikenessTraining *self, const LikenessEvent *event)
{
  double seconds_left = self->event != NULL ? self->event->seconds_left : -1;

  likeness_run_chart_add (self->chart, event);
  if (event->type != LIKENESS_EVENT_BATCH && event->type != LIKENESS_EVENT_EPOCH)
    return;
  g_clear_pointer (&self->event, likeness_event_free);
  self->event = likeness_event_copy (event);
  /* An epoch does not tell what its last batch told. */
  if (event->type == LIKENESS_EVENT_EPOCH && event->seconds_left < 0)
    self->event->seconds_left = seconds_left;
}

/* After the last event the trainer's thread only ends, so that joining it costs nothing.
 */
static void
end (LikenessTraining *self, LikenessTrainingState state)
{
  if (state == LIKENESS_TRAINING_FAILED && self->trainer != NULL)
    self->error = g_error_copy (likeness_trainer_get_error (self->trainer));
  g_clear_pointer (&self->trainer, likeness_trainer_free);
  if (self->feed != NULL)
    likeness_feed_close (self->feed);
  g_clear_pointer (&self->feed, likeness_feed_unref);
  g_clear_pointer (&self->stage, g_free);
  set_state (self, state);
  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[ENDED], 0);
  g_object_unref (self);
}

static void
event_cb (const LikenessEvent *event, gpointer user_data)
{
  LikenessTraining *self = user_data;

  take_in (self, event);
  likeness_run_summary_add (self->summary, event);
  /* The last event names no folder where there was nothing to keep. */
  if (event->type == LIKENESS_EVENT_START || event->type == LIKENESS_EVENT_STOPPED
      || event->type == LIKENESS_EVENT_FAILED)
    {
      g_free (self->run);
      self->run = g_strdup (event->run);
    }
  switch (event->type)
    {
    case LIKENESS_EVENT_STAGE:
      g_free (self->stage);
      self->stage = g_strdup (event->text);
      break;
    case LIKENESS_EVENT_BATCH:
      if (self->state == LIKENESS_TRAINING_PREPARING)
        set_state (self, LIKENESS_TRAINING_RUNNING);
      break;
    case LIKENESS_EVENT_PAUSED:
      if (self->state == LIKENESS_TRAINING_PAUSING)
        set_state (self, LIKENESS_TRAINING_PAUSED);
      break;
    case LIKENESS_EVENT_DONE:
      end (self, LIKENESS_TRAINING_FINISHED);
      return;
    case LIKENESS_EVENT_STOPPED:
      end (self, LIKENESS_TRAINING_STOPPED);
      return;
    case LIKENESS_EVENT_FAILED:
      end (self, LIKENESS_TRAINING_FAILED);
      return;
    case LIKENESS_EVENT_START:
      self->extend = 0; /* it is in the run's config by now */
      break;
    case LIKENESS_EVENT_BASELINE:
    case LIKENESS_EVENT_EPOCH:
    case LIKENESS_EVENT_RESUMED:
      break;
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
request_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LikenessTraining *self = user_data; /* with the reference of an active run */
  g_autoptr (GError) error = NULL;
  g_autoptr (LikenessTrainingRequest) request
      = likeness_training_request_new_finish (result, &error);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, likeness_progress_unref);
  if (request == NULL)
    {
      gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      if (!cancelled)
        self->error = g_steal_pointer (&error);
      end (self, cancelled ? LIKENESS_TRAINING_STOPPED : LIKENESS_TRAINING_FAILED);
      return;
    }

  if (request->history != NULL)
    {
      for (guint i = 0; i < request->history->len; i++)
        take_in (self, g_ptr_array_index (request->history, i));
      likeness_run_summary_free (self->summary);
      self->summary = likeness_run_summary_new (request->history);
    }
  g_clear_pointer (&self->config, likeness_run_config_free);
  self->config = likeness_run_config_copy (request->job->config);
  self->feed = likeness_feed_new (event_cb, self);
  self->trainer = likeness_trainer_start (g_steal_pointer (&request->job), self->feed);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin (LikenessTraining *self,
       const LikenessRunConfig *config,
       const char *run,
       const char *device)
{
  self->cancellable = g_cancellable_new ();
  self->progress = likeness_progress_new ();
  set_state (self, LIKENESS_TRAINING_PREPARING);
  g_signal_emit (self, signals[CHANGED], 0);
  likeness_training_request_new_async (config, run, self->extend, device, self->progress,
                                       self->cancellable, request_cb,
                                       g_object_ref (self));
}

static void
likeness_training_finalize (GObject *object)
{
  LikenessTraining *self = LIKENESS_TRAINING (object);

  forget (self);
  g_clear_pointer (&self->summary, likeness_run_summary_free);
  g_clear_pointer (&self->chart, likeness_run_chart_free);
  g_clear_pointer (&self->config, likeness_run_config_free);

  G_OBJECT_CLASS (likeness_training_parent_class)->finalize (object);
}

static void
likeness_training_get_property (GObject *object,
                                guint property_id,
                                GValue *value,
                                GParamSpec *pspec)
{
  if (property_id == PROP_STATE)
    g_value_set_enum (value, likeness_training_get_state (LIKENESS_TRAINING (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
likeness_training_class_init (LikenessTrainingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = likeness_training_finalize;
  object_class->get_property = likeness_training_get_property;

  properties[PROP_STATE] = g_param_spec_enum (
      "state", NULL, NULL, LIKENESS_TYPE_TRAINING_STATE, LIKENESS_TRAINING_IDLE,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[CHANGED] = g_signal_new ("changed", LIKENESS_TYPE_TRAINING, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended", LIKENESS_TYPE_TRAINING, G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
likeness_training_init (LikenessTraining *self)
{
  forget (self);
}

LikenessTraining *
likeness_training_new (void)
{
  return g_object_new (LIKENESS_TYPE_TRAINING, NULL);
}

LikenessTrainingState
likeness_training_get_state (LikenessTraining *self)
{
  return self->state;
}

gboolean
likeness_training_get_active (LikenessTraining *self)
{
  return self->state >= LIKENESS_TRAINING_PREPARING
         && self->state <= LIKENESS_TRAINING_STOPPING;
}

const char *
likeness_training_get_stage (LikenessTraining *self)
{
  return self->stage;
}

LikenessProgress *
likeness_training_get_progress (LikenessTraining *self)
{
  return self->progress;
}

const LikenessEvent *
likeness_training_get_event (LikenessTraining *self)
{
  return self->event;
}

const LikenessRunSummary *
likeness_training_get_summary (LikenessTraining *self)
{
  return self->summary;
}

const GError *
likeness_training_get_error (LikenessTraining *self)
{
  return self->error;
}

const LikenessRunConfig *
likeness_training_get_config (LikenessTraining *self)
{
  return self->config;
}

const char *
likeness_training_get_run (LikenessTraining *self)
{
  return self->run;
}

LikenessRunChart *
likeness_training_get_chart (LikenessTraining *self)
{
  return self->chart;
}

void
likeness_training_start (LikenessTraining *self, const LikenessRunConfig *config)
{
  /* @config may be that of the run which is forgotten. */
  g_autoptr (LikenessRunConfig) copy = likeness_run_config_copy (config);
  int cores = likeness_device_count_cores ();

  g_return_if_fail (!likeness_training_get_active (self));

  /* One core is for the window; of two, half the speed is too much to give. */
  if (copy->threads == 0)
    copy->threads = (guint)(cores > 2 ? cores - 1 : cores);
  forget (self);
  g_clear_pointer (&self->config, likeness_run_config_free);
  self->config = g_steal_pointer (&copy);
  self->extend = 0;
  begin (self, self->config, NULL, NULL);
}

static void
resume (LikenessTraining *self, char *run, guint extend, const char *device)
{
  forget (self);
  self->run = run;
  self->extend = extend;
  begin (self, NULL, run, device);
}

void
likeness_training_resume (LikenessTraining *self, const char *run, guint extend)
{
  g_return_if_fail (!likeness_training_get_active (self));

  resume (self, g_strdup (run), extend, NULL);
}

void
likeness_training_resume_on_cpu (LikenessTraining *self)
{
  g_return_if_fail (!likeness_training_get_active (self) && self->run != NULL);

  resume (self, g_strdup (self->run), self->extend, "cpu");
}

void
likeness_training_pause (LikenessTraining *self)
{
  if (self->state != LIKENESS_TRAINING_RUNNING)
    return;
  likeness_trainer_pause (self->trainer);
  set_state (self, LIKENESS_TRAINING_PAUSING);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
likeness_training_continue (LikenessTraining *self)
{
  if (self->state != LIKENESS_TRAINING_PAUSING && self->state != LIKENESS_TRAINING_PAUSED)
    return;
  likeness_trainer_continue (self->trainer);
  set_state (self, LIKENESS_TRAINING_RUNNING);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
likeness_training_stop (LikenessTraining *self)
{
  if (!likeness_training_get_active (self) || self->state == LIKENESS_TRAINING_STOPPING)
    return;
  g_cancellable_cancel (self->cancellable);
  if (self->trainer != NULL)
    likeness_trainer_stop (self->trainer);
  set_state (self, LIKENESS_TRAINING_STOPPING);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
likeness_training_clear (LikenessTraining *self)
{
  if (likeness_training_get_active (self))
    return;
  forget (self);
  set_state (self, LIKENESS_TRAINING_IDLE);
  g_signal_emit (self, signals[CHANGED], 0);
}
