/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-train-log.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>

#include "likeness-cli-progress.h"
#include "likeness-count.h"
#include "likeness-display-name.h"

/* Names of people that a sentence can bear. */
#define MOST_NAMES 5

struct _LikenessCliTrainLog
{
  LikenessCli *cli;
  LikenessProgress *progress;
  LikenessCliProgress *shown; /* NULL: not while nothing is learnt, or quiet */
  char *not_classes;          /* who of val is no class, a sentence; NULL: everybody is */
  guint n_train;
  guint64 done; /* faces of the run that were learnt in this sitting */
  guint first;  /* epoch */
};

LikenessCliTrainLog *
likeness_cli_train_log_new (LikenessCli *cli)
{
  LikenessCliTrainLog *self = g_new0 (LikenessCliTrainLog, 1);

  self->cli = cli;
  self->progress = likeness_progress_new ();
  return self;
}

static char *
describe_not_classes (const LikenessFaceList *train, const LikenessFaceList *val)
{
  GString *names = g_string_new (NULL);
  char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < val->n_subjects; i++)
    if (likeness_face_list_find_subject (train, val->subjects[i]) < 0)
      {
        g_autofree char *name = likeness_display_name (val->subjects[i]);

        if (n < MOST_NAMES)
          g_string_append_printf (names, "%s%s", n > 0 ? ", " : "", name);
        else if (n == MOST_NAMES)
          g_string_append (names, ", …");
        n++;
      }
  if (n > 0)
    text = g_strdup_printf (
        _ ("%u of %u validation people are not among the %u people of training (%s)"), n,
        val->n_subjects, train->n_subjects, names->str);
  g_string_free (names, TRUE);
  return text;
}

void
likeness_cli_train_log_begin (LikenessCliTrainLog *self, const LikenessTrainerJob *job)
{
  self->not_classes = describe_not_classes (job->train, job->val);
}

static void
say (const LikenessCliTrainLog *self, const char *text)
{
  if (!self->cli->quiet)
    g_printerr ("%s\n", text);
}

static void
print_start (const LikenessEvent *event)
{
  g_autofree char *classes = likeness_count_format (event->n_classes);
  g_autofree char *train = likeness_count_format (event->n_train);
  g_autofree char *val = likeness_count_format (event->n_val);
  g_autofree char *parameters = likeness_count_format (event->n_parameters);
  g_autofree char *run = likeness_display_name (event->run);

  g_print (_ ("%s people, %s train and %s val faces; %s parameters on %s\nRun: %s\n"),
           classes, train, val, parameters, event->text, run);
}

static void
append_rate (GString *line, const char *name, const LikenessRate *rate)
{
  if (isfinite (rate->value))
    g_string_append_printf (line, "%s: %.4f  ", name, rate->value);
}

static void
append_number (GString *line, const char *name, double value)
{
  if (isfinite (value))
    g_string_append_printf (line, "%s: %.4f  ", name, value);
}

static void
print_baseline (const LikenessEvent *event)
{
  const LikenessMetrics *metrics = &event->metrics;
  g_autoptr (GString) line = g_string_new (_ ("Untouched network | "));

  append_rate (line, _ ("Rank-1"), &metrics->rank1);
  append_number (line, _ ("Sim"), metrics->sim);
  append_number (line, _ ("Impostor mean"), metrics->val.impostor_mean);
  if (metrics->has_strangers)
    append_number (line, _ ("Strangers TAR@FAR=0.01"),
                   metrics->strangers_low_high.tar_1e2.tar);
  g_print ("%s\n", g_strchomp (line->str));
}

static void
print_epoch (LikenessCliTrainLog *self, const LikenessEvent *event)
{
  g_autofree char *line = likeness_event_to_epoch_line (event);

  g_print ("%s\n", line);
  if (event->epoch != self->first)
    return;
  if (event->metrics.top1_undefined != LIKENESS_DEFINED)
    g_print (_ ("Accuracy is n/a: %s. Similarity is what to watch here; “likeness-cli "
                "split” makes a training set of the same people.\n"),
             self->not_classes != NULL
                 ? self->not_classes
                 : likeness_undefined_describe (event->metrics.top1_undefined));
  if (event->metrics.sim_undefined != LIKENESS_DEFINED)
    g_print (_ ("Sim is n/a: %s.\n"),
             likeness_undefined_describe (event->metrics.sim_undefined));
}

static void
print_done (const LikenessEvent *event)
{
  g_autofree char *run = likeness_display_name (event->run);

  if (event->text != NULL)
    g_print ("%s\n", event->text);
  g_print (_ ("Best epoch: %u\nNext: likeness-cli evaluate --run %s\n"),
           event->best_epoch, run);
}

static void
show_progress (LikenessCliTrainLog *self, const LikenessEvent *event)
{
  guint64 before = (guint64)(event->epoch - self->first) * self->n_train;
  guint64 done = before;

  if (self->cli->quiet || event->epoch < self->first || event->batches == 0)
    return;
  if (self->shown == NULL)
    {
      likeness_progress_begin (self->progress, N_ ("Training"),
                               (guint64)(event->epochs + 1 - self->first)
                                   * self->n_train);
      self->shown = likeness_cli_progress_new (self->progress);
    }
  done += (guint64)self->n_train * event->batch / event->batches;
  if (done > self->done)
    {
      likeness_progress_advance (self->progress, done - self->done);
      self->done = done;
    }
}

static void
print_text (LikenessCliTrainLog *self, const LikenessEvent *event)
{
  switch (event->type)
    {
    case LIKENESS_EVENT_STAGE:
      say (self, event->text);
      break;
    case LIKENESS_EVENT_START:
      print_start (event);
      break;
    case LIKENESS_EVENT_BASELINE:
      print_baseline (event);
      break;
    case LIKENESS_EVENT_EPOCH:
      print_epoch (self, event);
      break;
    case LIKENESS_EVENT_DONE:
      print_done (event);
      break;
    case LIKENESS_EVENT_STOPPED:
    case LIKENESS_EVENT_BATCH:
    case LIKENESS_EVENT_PAUSED:
    case LIKENESS_EVENT_RESUMED:
    case LIKENESS_EVENT_FAILED:
    default:
      break;
    }
}

void
likeness_cli_train_log_add (LikenessCliTrainLog *self, const LikenessEvent *event)
{
  g_autofree char *line = NULL;

  likeness_cli_progress_hide (self->shown);
  if (event->type == LIKENESS_EVENT_START)
    {
      self->n_train = event->n_train;
      self->first = event->epoch + 1;
    }
  if (event->type == LIKENESS_EVENT_BATCH || event->type == LIKENESS_EVENT_EPOCH)
    show_progress (self, event);
  if (event->type == LIKENESS_EVENT_DONE || event->type == LIKENESS_EVENT_STOPPED
      || event->type == LIKENESS_EVENT_FAILED)
    g_clear_pointer (&self->shown, likeness_cli_progress_free);
  if (!self->cli->json)
    print_text (self, event);
  else if (event->type != LIKENESS_EVENT_BATCH)
    {
      line = likeness_event_to_json (event);
      g_print ("%s\n", line);
    }
  /* Somebody may read along through a pipe. */
  fflush (stdout);
}

void
likeness_cli_train_log_free (LikenessCliTrainLog *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->shown, likeness_cli_progress_free);
  likeness_progress_unref (self->progress);
  g_free (self->not_classes);
  g_free (self);
}
