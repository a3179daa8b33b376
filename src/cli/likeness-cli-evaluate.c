/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-config.h"
#include "likeness-cli-evaluate-result.h"
#include "likeness-cli-options.h"
#include "likeness-cli-pairs.h"
#include "likeness-evaluator.h"
#include "likeness-run-log.h"
#include "likeness-run-results.h"

typedef struct
{
  LikenessCliConfig options;
  char *run;
  char *pairs;
  char *images;
  char *csv;
  LikenessRunConfig *config; /* NULL: a run on its own data */
  LikenessResults *results;
  GError *not_kept; /* why a run has no new results in its folder */
} Evaluate;

static void
evaluate_clear (Evaluate *self)
{
  likeness_cli_config_clear (&self->options);
  g_free (self->run);
  g_free (self->pairs);
  g_free (self->images);
  g_free (self->csv);
  g_clear_pointer (&self->config, likeness_run_config_free);
  g_clear_pointer (&self->results, likeness_results_free);
  g_clear_error (&self->not_kept);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Evaluate, evaluate_clear)

static gboolean
parse (LikenessCli *cli, int argc, char **argv, Evaluate *evaluate, GError **error)
{
  LikenessCliConfig *options = &evaluate->options;
  g_auto (GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
      {"run", 0, 0, G_OPTION_ARG_FILENAME, &evaluate->run,
       N_ ("A run: its best.pt, beside the weights that it began with"), "RUN"},
      {"edgeface", 0, 0, G_OPTION_ARG_FILENAME, &options->edgeface,
       N_ ("Weights: .pt or .safetensors"), "FILE"},
      {"from-scratch", 0, 0, G_OPTION_ARG_STRING, &options->from_scratch,
       N_ ("A network that has learnt nothing"), "SIZE"},
      {"data", 0, 0, G_OPTION_ARG_FILENAME, &options->data,
       N_ ("The faces (with --run: the run's own)"), "DIR"},
      {"strangers", 0, 0, G_OPTION_ARG_FILENAME, &options->strangers,
       N_ ("People who were kept out of training"), "DIR"},
      {"trust-script", 0, 0, G_OPTION_ARG_NONE, &options->trust_script,
       N_ ("Run weights, or a run's super-resolution model, that are a TorchScript "
           "program: only those that you trust"),
       NULL},
      {"device", 0, 0, G_OPTION_ARG_STRING, &options->device,
       N_ ("auto, cpu, cuda or cuda:N"), "DEVICE"},
      {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->set,
       N_ ("input=low, high or pixels: what the network is shown; super_resolution=FILE: "
           "the TorchScript program that enlarges it"),
       "KEY=VALUE"},
      {"pairs", 0, 0, G_OPTION_ARG_FILENAME, &evaluate->pairs,
       N_ ("Instead of --data: the LFW protocol on a pairs.txt"), "FILE"},
      {"images", 0, 0, G_OPTION_ARG_FILENAME, &evaluate->images,
       N_ ("The aligned faces of --pairs: Name/Name_0001.jpg or .png"), "DIR"},
      {"csv", 0, 0, G_OPTION_ARG_FILENAME, &evaluate->csv,
       N_ ("Write results.csv and faces.csv there, with --pairs pairs.csv"), "DIR"},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = "",
      .summary = N_ ("Judges a run or weights: accuracy without margin, rank-1, "
                     "similarity, verification, and people kept out of training. A run's "
                     "results are kept in its folder. With --pairs: the accuracy of "
                     "telling whether two photos show one person, by ten-fold "
                     "cross-validation as for Labeled Faces in the Wild; input is high, "
                     "or pixels that the second photo of each pair is reduced to."),
      .entries = entries,
  };

  return likeness_cli_parse (cli, &usage, argc, argv, &arguments, error);
}

static gboolean
refuse_nothing (GError **error)
{
  return likeness_cli_refuse (_ ("name what to judge: --run RUN, or --edgeface FILE"),
                              error);
}

static gboolean
understand_run (Evaluate *evaluate, GError **error)
{
  const LikenessCliConfig *options = &evaluate->options;
  g_autofree char *path = NULL;

  if (options->data == NULL && options->strangers == NULL && options->set == NULL)
    return TRUE;
  path = g_build_filename (evaluate->run, LIKENESS_RUN_CONFIG_NAME, NULL);
  evaluate->config = likeness_run_config_load (path, error);
  if (evaluate->config == NULL)
    return FALSE;
  /* The strangers of other data are its own. */
  if (options->data != NULL)
    g_clear_pointer (&evaluate->config->strangers, g_free);
  if (!likeness_cli_config_apply (options, evaluate->config, error))
    return FALSE;
  /* The weights that a run began with are no program, whatever its folder says. */
  evaluate->config->trust_script = FALSE;
  return TRUE;
}

static gboolean
understand_pairs (Evaluate *evaluate, GError **error)
{
  const LikenessCliConfig *options = &evaluate->options;
  const char *sentence = NULL;
  LikenessRunConfig *config;

  if (evaluate->pairs == NULL || evaluate->images == NULL)
    sentence = _ ("--pairs FILE and --images DIR belong together: give both");
  else if (options->data != NULL || options->strangers != NULL)
    sentence = _ ("--pairs names its own faces: give it, or --data and --strangers");
  if (sentence != NULL)
    return likeness_cli_refuse (sentence, error);
  config = evaluate->config = likeness_cli_config_build (options, error);
  if (config == NULL)
    return FALSE;
  if (evaluate->run != NULL)
    {
      g_free (config->edgeface);
      config->edgeface = g_build_filename (evaluate->run, LIKENESS_RUN_BEST_NAME, NULL);
    }
  if (config->edgeface == NULL && config->from_scratch == NULL)
    return refuse_nothing (error);
  if (config->input == LIKENESS_INPUT_LOW)
    return likeness_cli_refuse (_ ("photos of pairs have no low-resolution partner: "
                                   "input is high or a number of pixels"),
                                error);
  if (config->super_resolution != NULL)
    return likeness_cli_refuse (_ ("--pairs enlarges reduced photos bilinearly: leave "
                                   "super_resolution out"),
                                error);
  return TRUE;
}

static gboolean
understand (Evaluate *evaluate, GError **error)
{
  const LikenessCliConfig *options = &evaluate->options;
  const LikenessRunConfig *config;

  if (evaluate->run != NULL
      && (options->edgeface != NULL || options->from_scratch != NULL))
    return likeness_cli_refuse (
        _ ("--run has weights of its own: give it, or --edgeface"), error);
  if (evaluate->run != NULL && evaluate->pairs != NULL && options->trust_script)
    return likeness_cli_refuse (
        _ ("--trust-script has no meaning for --run with --pairs: "
           "a run's weights are no program"),
        error);
  if (evaluate->pairs != NULL || evaluate->images != NULL)
    return understand_pairs (evaluate, error);
  if (evaluate->run != NULL)
    return understand_run (evaluate, error);
  config = evaluate->config = likeness_cli_config_build (options, error);
  if (config == NULL)
    return FALSE;
  if (config->edgeface == NULL && config->from_scratch == NULL)
    return refuse_nothing (error);
  if (config->data == NULL)
    return likeness_cli_refuse (_ ("name the faces to judge it on: --data DIR"), error);
  return TRUE;
}

/* A run keeps what it was judged to be on its own data, and only that. */
static gboolean
is_to_be_kept (const Evaluate *evaluate)
{
  const LikenessCliConfig *options = &evaluate->options;

  return evaluate->run != NULL && options->data == NULL && options->strangers == NULL
         && options->set == NULL;
}

static gboolean
judge (gpointer data,
       LikenessProgress *progress,
       GCancellable *cancellable,
       GError **error)
{
  Evaluate *evaluate = data;

  evaluate->results = likeness_evaluator_run (
      evaluate->run, evaluate->config, evaluate->options.device,
      evaluate->options.trust_script, progress, cancellable, error);
  if (evaluate->results == NULL)
    return FALSE;
  /* A folder that cannot be written to costs only the time of the next report. */
  if (is_to_be_kept (evaluate))
    likeness_run_results_keep (evaluate->run, evaluate->results, &evaluate->not_kept);
  return evaluate->csv == NULL
         || likeness_results_save_csv (evaluate->results, evaluate->csv, error);
}

int
likeness_cli_evaluate (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Evaluate) evaluate = {{NULL}};
  g_autoptr (GError) error = NULL;

  if (!parse (cli, argc, argv, &evaluate, &error) || !understand (&evaluate, &error))
    return likeness_cli_config_fail (error, evaluate.run == NULL);
  if (evaluate.pairs != NULL)
    return likeness_cli_pairs (cli, evaluate.config, evaluate.pairs, evaluate.images,
                               evaluate.csv);
  if (!likeness_cli_work (cli, judge, &evaluate, &error))
    return likeness_cli_config_fail (error, evaluate.run == NULL);
  if (cli->json)
    {
      g_autofree char *text = likeness_results_to_json (evaluate.results);

      g_print ("%s\n", text);
    }
  else
    likeness_cli_evaluate_result_print (evaluate.results);
  if (evaluate.not_kept != NULL)
    g_printerr (_ ("likeness-cli: the run's folder does not have these results. %s\n"),
                evaluate.not_kept->message);
  return LIKENESS_CLI_DONE;
}
