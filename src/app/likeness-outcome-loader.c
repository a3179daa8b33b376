/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-outcome-loader.h"

#include "likeness-run-log.h"
#include "likeness-run-results.h"
#include "likeness-torch.h"

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

static LikenessResults *
judge (const Load *load,
       const LikenessRunSummary *summary,
       const char *device,
       GCancellable *cancellable,
       GError **error)
{
  return likeness_run_results_load (load->run, summary, load->anew, device, FALSE,
                                    load->progress, cancellable, error);
}

/* A run of another computer's GPU is judged here all the same: only more slowly. */
static void
load_thread (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  Load *load = task_data;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (LikenessRunSummary) summary = NULL;
  GError *error = NULL;

  events = likeness_run_log_read (load->run, &error);
  if (events == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  summary = likeness_run_summary_new (events);
  load->results = judge (load, summary, NULL, cancellable, &error);
  if (g_error_matches (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_NO_DEVICE))
    {
      g_clear_error (&error);
      load->results = judge (load, summary, "cpu", cancellable, &error);
    }
  if (load->results == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  load->state = summary->verdict.state;
  load->verdict = g_steal_pointer (&summary->sentence);
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
