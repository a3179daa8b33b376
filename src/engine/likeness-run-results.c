/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-results.h"

#include <glib/gi18n.h>

#include "likeness-error.h"
#include "likeness-evaluator.h"
#include "likeness-run-log.h"

gboolean
likeness_run_results_keep (const char *run,
                           const LikenessResults *results,
                           GError **error)
{
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_RESULTS_NAME, NULL);

  return likeness_results_save (results, path, error)
         && likeness_results_save_csv (results, run, error);
}

static LikenessResults *
judge (const char *run,
       const char *device,
       gboolean trust_script,
       LikenessProgress *progress,
       GCancellable *cancellable,
       GError **error)
{
  g_autofree char *weights = g_build_filename (run, LIKENESS_RUN_BEST_NAME, NULL);
  g_autoptr (LikenessResults) results = NULL;

  if (!g_file_test (weights, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_FOUND,
                           _ ("The run ended before its first epoch did, so there are no "
                              "weights to judge. Train for at least one epoch."));
      return NULL;
    }
  results = likeness_evaluator_run (run, NULL, device, trust_script, progress,
                                    cancellable, error);
  /* Kept for the next time; a folder that cannot be written to costs only time. */
  if (results != NULL)
    likeness_run_results_keep (run, results, NULL);
  return g_steal_pointer (&results);
}

LikenessResults *
likeness_run_results_load (const char *run,
                           const LikenessRunSummary *summary,
                           gboolean anew,
                           const char *device,
                           gboolean trust_script,
                           LikenessProgress *progress,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autofree char *path = g_build_filename (run, LIKENESS_RUN_RESULTS_NAME, NULL);
  g_autoptr (LikenessResults) results = NULL;

  if (!anew && g_file_test (path, G_FILE_TEST_EXISTS))
    {
      results = likeness_results_load (path, error);
      if (results == NULL)
        return NULL;
      if (likeness_run_summary_is_current (summary, results))
        return g_steal_pointer (&results);
    }
  return judge (run, device, trust_script, progress, cancellable, error);
}
