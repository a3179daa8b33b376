/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-pairs.h"

#include "likeness-cli-pairs-result.h"
#include "likeness-evaluator.h"
#include "likeness-verification.h"

typedef struct
{
  const LikenessRunConfig *config;
  const char *pairs;
  const char *images;
  const char *csv;
  LikenessCliPairsResult result;
} Job;

static gboolean
judge_scores (LikenessCliPairsResult *result, GCancellable *cancellable, GError **error)
{
  const LikenessPairs *pairs = result->pairs;
  g_autofree float *genuine = g_new (float, pairs->n);
  g_autofree float *impostor = g_new (float, pairs->n);
  gsize n_genuine = 0, n_impostor = 0;

  result->lfw = likeness_lfw_new (result->scores, pairs->genuine, pairs->fold, pairs->n,
                                  pairs->n_folds);
  for (gsize i = 0; i < pairs->n; i++)
    if (pairs->genuine[i])
      genuine[n_genuine++] = result->scores[i];
    else
      impostor[n_impostor++] = result->scores[i];
  return likeness_verification_compute (genuine, n_genuine, impostor, n_impostor,
                                        &result->verification, cancellable, error);
}

static gboolean
judge (gpointer data,
       LikenessProgress *progress,
       GCancellable *cancellable,
       GError **error)
{
  Job *job = data;
  LikenessCliPairsResult *result = &job->result;
  g_auto (GStrv) paths = NULL;

  result->pairs = likeness_pairs_load (job->pairs, error);
  if (result->pairs == NULL)
    return FALSE;
  paths = likeness_pairs_find_images (result->pairs, job->images, progress, cancellable,
                                      error);
  if (paths == NULL)
    return FALSE;
  result->scores = g_new (float, result->pairs->n);
  if (!likeness_evaluator_score_pairs (job->config, result->pairs,
                                       (const char *const *)paths, result->scores,
                                       progress, cancellable, error)
      || !judge_scores (result, cancellable, error))
    return FALSE;
  return job->csv == NULL || likeness_cli_pairs_result_save (result, job->csv, error);
}

int
likeness_cli_pairs (LikenessCli *cli,
                    const LikenessRunConfig *config,
                    const char *pairs,
                    const char *images,
                    const char *csv)
{
  Job job = {config, pairs, images, csv, {.input = config->input}};
  g_autoptr (GError) error = NULL;
  gboolean done = likeness_cli_work (cli, judge, &job, &error);

  if (done && cli->json)
    likeness_cli_pairs_result_print_json (&job.result);
  else if (done)
    likeness_cli_pairs_result_print (&job.result);
  likeness_cli_pairs_result_clear (&job.result);
  return done ? LIKENESS_CLI_DONE : likeness_cli_fail (error);
}
