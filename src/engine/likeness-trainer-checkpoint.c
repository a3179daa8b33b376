/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "likeness-error.h"
#include "likeness-trainer-private.h"

static gboolean
fail (const char *path, GError **error)
{
  int code = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, LIKENESS_ERROR,
               code == ENOSPC ? LIKENESS_ERROR_NO_SPACE : LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” could not be written: %s. Make room, then resume the run."), name,
               g_strerror (code));
  return FALSE;
}

/* A rename may reach the disk before the bytes do. */
static gboolean
flush (const char *path)
{
  int file = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
  gboolean done;

  if (file < 0)
    return FALSE;
  done = fsync (file) == 0;
  return close (file) == 0 && done;
}

static gboolean
write_file (LikenessTrainer *self,
            const char *name,
            const LikenessCheckpointInfo *info,
            GError **error)
{
  g_autofree char *path = g_build_filename (self->job->run, name, NULL);
  g_autofree char *partial = g_strconcat (path, ".partial", NULL);

  /* What a kill left behind, or a stranger put there: it is not written to. */
  g_unlink (partial);
  if (!self->torch->checkpoint_save (self->net, partial, info, error))
    {
      g_unlink (partial);
      return FALSE;
    }
  if (flush (partial) && g_rename (partial, path) == 0)
    return TRUE;
  fail (path, error);
  g_unlink (partial);
  return FALSE;
}

/* The latest epochs' own checkpoints; what is older than the config keeps goes. */
static gboolean
keep (LikenessTrainer *self, const LikenessCheckpointInfo *info, GError **error)
{
  const guint n = self->job->config->keep_checkpoints;
  const guint epoch = (guint)info->epoch;
  g_autofree char *name = g_strdup_printf ("epoch-%u.pt", epoch);

  if (n == 0 || epoch == 0)
    return TRUE;
  if (!write_file (self, name, info, error))
    return FALSE;
  if (epoch > n)
    {
      g_autofree char *old
          = g_strdup_printf ("%s/epoch-%u.pt", self->job->run, epoch - n);

      g_unlink (old);
    }
  return TRUE;
}

gboolean
likeness_trainer_save (LikenessTrainer *self,
                       guint stage,
                       guint epoch,
                       const LikenessMetrics *metrics,
                       gboolean best,
                       GError **error)
{
  g_autoptr (JsonNode) node = likeness_run_config_to_json (self->job->config);
  g_autofree char *json = json_to_string (node, FALSE);
  LikenessCheckpointInfo info = {
      .stage = (int)stage,
      .epoch = (int)epoch,
      .val_similarity = metrics->sim,
      .val_accuracy
      = isnan (metrics->top1.value) ? metrics->rank1.value : metrics->top1.value,
      .config_json = json,
      .subjects = (const char *const *)self->subject_names,
      .n_classes = self->job->train->n_subjects,
  };

  if (best && !write_file (self, LIKENESS_RUN_BEST_NAME, &info, error))
    return FALSE;
  if (!keep (self, &info, error))
    return FALSE;
  return write_file (self, LIKENESS_RUN_LAST_NAME, &info, error);
}

/* What the log says about epochs up to the checkpoint's. */
static void
recall (LikenessTrainer *self, GPtrArray *events)
{
  gboolean over = FALSE;

  for (guint i = 0; i < events->len; i++)
    {
      const LikenessEvent *event = events->pdata[i];

      self->time_before = MAX (self->time_before, event->time);
      if (event->type == LIKENESS_EVENT_BASELINE)
        {
          self->baseline = event->metrics;
          self->has_baseline = TRUE;
        }
      else if (event->type == LIKENESS_EVENT_EPOCH
               && event->epoch <= (guint)self->checkpoint->epoch
               && event->epoch == self->epochs->len + 1)
        {
          g_array_append_val (self->epochs, event->metrics);
          self->best_epoch = MIN (event->best_epoch, self->epochs->len);
          self->verdict = event->verdict;
        }
      if (over && event->type == LIKENESS_EVENT_START)
        self->rested = self->epochs->len;
      over = event->type == LIKENESS_EVENT_DONE
             || (over && event->type != LIKENESS_EVENT_START);
    }
}

/* So many epochs more than it was to have or, where it ended early, than it has. */
static gboolean
extend (LikenessTrainer *self, gboolean early, GError **error)
{
  LikenessRunConfig *config = self->job->config;
  const guint epoch = (guint)self->checkpoint->epoch;
  g_autofree char *epochs = NULL;

  self->rested = MIN (epoch, self->epochs->len);
  if (early)
    config->epochs_all = epoch - config->epochs_head + self->job->extend;
  /* Whatever is beyond the range could not be read back. */
  epochs = g_strdup_printf ("%u", config->epochs_all);
  return likeness_run_config_set (config, "epochs_all", epochs, error);
}

gboolean
likeness_trainer_restore (LikenessTrainer *self, GError **error)
{
  const char *run = self->job->run;
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_LAST_NAME, NULL);
  g_autofree char *name = g_filename_display_name (run);
  g_autoptr (GPtrArray) events = NULL;
  gboolean early;

  self->checkpoint = likeness_checkpoint_load (path, self->cancellable, error);
  if (self->checkpoint == NULL)
    return FALSE;
  if (self->checkpoint->epoch < 0)
    self->checkpoint->epoch = 0;
  events = likeness_run_log_read (run, error);
  if (events == NULL)
    return FALSE;
  recall (self, events);
  /* A kill between checkpoint and log costs the log its last epoch, never more. */
  if (self->epochs->len + 1 < (guint)self->checkpoint->epoch)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_BAD_FORMAT,
                   _ ("The log of “%s” lacks epochs that its last.pt has learnt. Begin a "
                      "new run from its weights."),
                   name);
      return FALSE;
    }
  early = self->epochs->len == (guint)self->checkpoint->epoch
          && likeness_trainer_is_to_stop_early (self);
  if (self->job->extend > 0)
    return extend (self, early, error);
  if (((guint)self->checkpoint->epoch < likeness_trainer_count_epochs (self) && !early)
      || self->epochs->len < (guint)self->checkpoint->epoch)
    return TRUE;
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
               _ ("“%s” has learnt all its epochs. Extend it by some more."), name);
  return FALSE;
}
