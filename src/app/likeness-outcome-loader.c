/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-outcome-loader.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-evaluator.h"
#include "likeness-run-log.h"

/* What the worker needs and what it found: no object crosses threads. */
typedef struct
{
  char *run;
  gboolean anew;
  LikenessProgress *progress;
  LikenessResults *results;
  LikenessVerdictState state;
  char *verdict;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->run);
  g_clear_pointer (&load->progress, likeness_progress_unref);
  g_clear_pointer (&load->results, likeness_results_free);
  g_free (load->verdict);
  g_free (load);
}

/* The verdict over the whole run. A resumed run may tell an epoch twice: the later one
 * counts. */
static void
read_verdict (Load *load, GPtrArray *events)
{
  const LikenessMetrics *baseline = NULL;
  g_autoptr (GArray) epochs = g_array_new (FALSE, FALSE, sizeof (LikenessMetrics));
  LikenessVerdict verdict;

  for (guint i = 0; i < events->len; i++)
    {
      const LikenessEvent *event = g_ptr_array_index (events, i);

      if (event->type == LIKENESS_EVENT_BASELINE)
        baseline = &event->metrics;
      else if (event->type == LIKENESS_EVENT_EPOCH && event->epoch >= 1
               && event->epoch <= epochs->len + 1)
        {
          g_array_set_size (epochs, event->epoch - 1);
          g_array_append_val (epochs, event->metrics);
        }
    }
  if (baseline == NULL)
    return;
  verdict = likeness_verdict_decide (baseline, (const LikenessMetrics *)epochs->data,
                                     epochs->len);
  load->state = verdict.state;
  load->verdict = likeness_verdict_describe (
      &verdict, baseline, (const LikenessMetrics *)epochs->data, epochs->len);
}

static guint
find_best_epoch (GPtrArray *events)
{
  guint best = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const LikenessEvent *event = g_ptr_array_index (events, i);

      if (event->type == LIKENESS_EVENT_EPOCH || event->type == LIKENESS_EVENT_DONE
          || event->type == LIKENESS_EVENT_STOPPED)
        best = event->best_epoch;
    }
  return best;
}

static LikenessResults *
judge (Load *load, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_build_filename (load->run, LIKENESS_RUN_RESULTS_NAME, NULL);
  g_autofree char *weights = g_build_filename (load->run, LIKENESS_RUN_BEST_NAME, NULL);
  g_autoptr (LikenessResults) results = NULL;

  if (!g_file_test (weights, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                           _ ("The run ended before its first epoch did, so there are no "
                              "weights to judge. Train for at least one epoch."));
      return NULL;
    }
  results = likeness_evaluator_run (load->run, NULL, load->progress, cancellable, error);
  /* Kept for the next time; a folder that cannot be written to costs only time. */
  if (results != NULL)
    likeness_results_save (results, path, NULL);
  return g_steal_pointer (&results);
}

static void
load_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Load *load = task_data;
  g_autofree char *path = g_build_filename (load->run, LIKENESS_RUN_RESULTS_NAME, NULL);
  g_autoptr (GPtrArray) events = NULL;
  GError *error = NULL;

  events = likeness_run_log_read (load->run, &error);
  if (events == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (!load->anew && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      guint best = find_best_epoch (events);

      load->results = likeness_results_load (path, &error);
      if (load->results == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      /* The run went on since. */
      if (best != 0 && load->results->epoch != best)
        g_clear_pointer (&load->results, likeness_results_free);
    }
  if (load->results == NULL)
    load->results = judge (load, cancellable, &error);
  if (load->results == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  read_verdict (load, events);
  g_task_return_boolean (task, TRUE);
}

void
likeness_outcome_loader_load_async (const char *run,
                                    gboolean anew,
                                    LikenessProgress *progress,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  load->run = g_strdup (run);
  load->anew = anew;
  load->progress = progress != NULL ? likeness_progress_ref (progress) : NULL;
  g_task_set_source_tag (task, likeness_outcome_loader_load_async);
  g_task_set_task_data (task, load, load_free);
  g_task_run_in_thread (task, load_thread);
}

LikenessOutcome *
likeness_outcome_loader_load_finish (GAsyncResult *result, GError **error)
{
  Load *load = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return likeness_outcome_new (load->run, g_steal_pointer (&load->results), load->state,
                               load->verdict);
}
