/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-trainer.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-trainer-private.h"

guint
likeness_trainer_count_epochs (const LikenessTrainer *self)
{
  return self->job->config->epochs_head + self->job->config->epochs_all;
}

double
likeness_trainer_get_time (LikenessTrainer *self)
{
  return self->time_before
         + (double)(g_get_monotonic_time () - self->started - self->paused)
               / G_USEC_PER_SEC;
}

gboolean
likeness_trainer_emit (LikenessTrainer *self, LikenessEvent *event, GError **error)
{
  gboolean logged;

  event->time = likeness_trainer_get_time (self);
  event->epochs = likeness_trainer_count_epochs (self);
  event->best_epoch = self->best_epoch;
  logged = self->log == NULL || likeness_run_log_append (self->log, event, error);
  likeness_feed_push (self->feed, event);
  return logged;
}

gboolean
likeness_trainer_emit_stage (LikenessTrainer *self, const char *text, GError **error)
{
  LikenessEvent *event;

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  event = likeness_event_new (LIKENESS_EVENT_STAGE);
  event->text = g_strdup (text);
  return likeness_trainer_emit (self, event, error);
}

static gboolean
is_asked_to_pause (LikenessTrainer *self)
{
  gboolean pause;

  pthread_mutex_lock (&self->mutex);
  pause = self->pause && !self->stop;
  pthread_mutex_unlock (&self->mutex);
  return pause;
}

gboolean
likeness_trainer_check (LikenessTrainer *self, guint epoch, GError **error)
{
  LikenessEvent *event;
  gint64 began;

  if (is_asked_to_pause (self))
    {
      event = likeness_event_new (LIKENESS_EVENT_PAUSED);
      event->epoch = epoch;
      if (!likeness_trainer_emit (self, event, error))
        return FALSE;
      began = g_get_monotonic_time ();
      pthread_mutex_lock (&self->mutex);
      while (self->pause && !self->stop)
        pthread_cond_wait (&self->condition, &self->mutex);
      pthread_mutex_unlock (&self->mutex);
      self->paused += g_get_monotonic_time () - began;
      event = likeness_event_new (LIKENESS_EVENT_RESUMED);
      event->epoch = epoch;
      if (!likeness_trainer_emit (self, event, error))
        return FALSE;
    }
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
make_folder (const char *run, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (run);
  g_autofree char *name = g_filename_display_name (run);
  int code;

  if (g_mkdir_with_parents (parent, 0777) == 0 && g_mkdir (run, 0777) == 0)
    return TRUE;
  code = errno;
  if (code == EEXIST)
    g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_EXISTS,
                 _ ("“%s” exists already. Choose another folder for the run, or resume "
                    "the one that is there."),
                 name);
  else
    g_set_error (
        error, LIKENESS_ERROR,
        code == ENOSPC ? LIKENESS_ERROR_NO_SPACE : LIKENESS_ERROR_NOT_WRITABLE,
        _ ("The folder “%s” for the run cannot be made: %s. Choose another one."), name,
        g_strerror (code));
  return FALSE;
}

/* A run that cannot be resumed stays as it is: nothing is written here. */
static gboolean
open_resumed (LikenessTrainer *self, GError **error)
{
  const LikenessRunConfig *config = self->job->config;

  return likeness_run_log_lock (self->job->run, &self->lock, error)
         && likeness_enlarger_check_trust (config->super_resolution,
                                           config->trust_super_resolution,
                                           self->cancellable, error)
         && likeness_trainer_restore (self, error);
}

static gboolean
make_run (LikenessTrainer *self, GError **error)
{
  const char *run = self->job->run;
  g_autofree char *config = g_build_filename (run, LIKENESS_RUN_CONFIG_NAME, NULL);

  if (!make_folder (run, error))
    return FALSE;
  self->made_folder = TRUE;
  return likeness_run_log_lock (run, &self->lock, error)
         && likeness_run_config_save (self->job->config, config, error);
}

static gboolean
run (LikenessTrainer *self, GError **error)
{
  guint epoch = 0;

  if (!(self->job->resume ? open_resumed (self, error) : make_run (self, error)))
    return FALSE;
  if (self->checkpoint != NULL)
    epoch = (guint)self->checkpoint->epoch;
  self->log = likeness_run_log_open (self->job->run, error);
  return self->log != NULL && likeness_trainer_prepare (self, error)
         && likeness_trainer_learn (self, epoch, error);
}

/* What ended before it had weights to keep is no run: its folder goes again. */
static gboolean
is_kept (LikenessTrainer *self)
{
  static const char *const names[] = {LIKENESS_RUN_CONFIG_NAME, LIKENESS_RUN_EVENTS_NAME};
  g_autofree char *last = g_build_filename (self->job->run, LIKENESS_RUN_LAST_NAME, NULL);

  if (self->job->resume || !self->made_folder || g_file_test (last, G_FILE_TEST_EXISTS))
    return self->job->resume || self->made_folder;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (self->job->run, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (self->job->run);
  return FALSE;
}

static LikenessEvent *
make_last_event (LikenessTrainer *self, GError *error)
{
  LikenessEvent *event;

  if (error == NULL)
    {
      event = likeness_event_new (LIKENESS_EVENT_DONE);
      event->text = likeness_verdict_describe (
          &self->verdict, &self->baseline, (const LikenessMetrics *)self->epochs->data,
          self->epochs->len);
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    event = likeness_event_new (LIKENESS_EVENT_STOPPED);
  else
    {
      event = likeness_event_new (LIKENESS_EVENT_FAILED);
      event->text = g_strdup (error->message);
      self->error = g_error_copy (error);
    }
  event->epoch = self->epochs->len;
  event->verdict = self->verdict;
  return event;
}

/* Here and not in free: the network belongs to this thread. It goes first, as it borrows
 * the faces of the measure. */
static void
let_go (LikenessTrainer *self)
{
  if (self->net != NULL)
    self->torch->net_free (self->net);
  g_clear_pointer (&self->measure, likeness_measure_free);
  g_clear_pointer (&self->untouched, likeness_embeddings_free);
  g_clear_pointer (&self->frozen, g_free);
  g_clear_pointer (&self->checkpoint, likeness_checkpoint_free);
  g_clear_pointer (&self->log, likeness_run_log_close);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
  g_clear_pointer (&self->subject_names, g_strfreev);
  g_clear_pointer (&self->device, g_free);
}

static gpointer
run_cb (gpointer user_data)
{
  LikenessTrainer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) log_error = NULL;
  LikenessEvent *event;

  self->started = g_get_monotonic_time ();
  run (self, &error);
  event = make_last_event (self, error);
  event->time = likeness_trainer_get_time (self);
  event->epochs = likeness_trainer_count_epochs (self);
  event->best_epoch = self->best_epoch;
  if (is_kept (self))
    {
      event->run = g_strdup (self->job->run);
      /* A full disk may be what ended the run: then there is nothing more to tell it. */
      if (self->log != NULL && !likeness_run_log_append (self->log, event, &log_error))
        g_debug ("The last event is not in the log: %s", log_error->message);
    }
  let_go (self);
  likeness_feed_push (self->feed, event);
  return NULL;
}

LikenessTrainer *
likeness_trainer_start (LikenessTrainerJob *job, LikenessFeed *feed)
{
  LikenessTrainer *self;

  g_return_val_if_fail (job != NULL && feed != NULL, NULL);

  self = g_new0 (LikenessTrainer, 1);
  self->job = job;
  self->feed = likeness_feed_ref (feed);
  self->cancellable = g_cancellable_new ();
  self->epochs = g_array_new (FALSE, FALSE, sizeof (LikenessMetrics));
  likeness_metrics_clear (&self->baseline);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->condition, NULL);
  self->lock = -1;
  self->told = -1;
  self->path = -1;
  self->thread = g_thread_new ("trainer", run_cb, self);
  return self;
}

static void
set_pause (LikenessTrainer *self, gboolean pause)
{
  pthread_mutex_lock (&self->mutex);
  self->pause = pause;
  pthread_cond_signal (&self->condition);
  pthread_mutex_unlock (&self->mutex);
}

void
likeness_trainer_pause (LikenessTrainer *self)
{
  set_pause (self, TRUE);
}

void
likeness_trainer_continue (LikenessTrainer *self)
{
  set_pause (self, FALSE);
}

gboolean
likeness_trainer_get_paused (LikenessTrainer *self)
{
  gboolean pause;

  pthread_mutex_lock (&self->mutex);
  pause = self->pause;
  pthread_mutex_unlock (&self->mutex);
  return pause;
}

void
likeness_trainer_stop (LikenessTrainer *self)
{
  pthread_mutex_lock (&self->mutex);
  self->stop = TRUE;
  pthread_cond_signal (&self->condition);
  pthread_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->cancellable);
}

const GError *
likeness_trainer_get_error (LikenessTrainer *self)
{
  return self->error;
}

void
likeness_trainer_free (LikenessTrainer *self)
{
  if (self == NULL)
    return;
  likeness_trainer_stop (self);
  g_thread_join (self->thread);
  likeness_trainer_job_free (self->job);
  likeness_feed_unref (self->feed);
  g_object_unref (self->cancellable);
  g_array_unref (self->epochs);
  g_clear_error (&self->error);
  pthread_mutex_destroy (&self->mutex);
  pthread_cond_destroy (&self->condition);
  g_free (self);
}
