/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-config.h"
#include "likeness-cli-options.h"
#include "likeness-cli-train-log.h"
#include "likeness-error.h"
#include "likeness-torch.h"

/* What the original scripts trained on when nothing was named. */
#define USUAL_FOLDER "frontal_only"

typedef struct
{
  LikenessCliConfig options;
  char *output;
  char *resume;
  char *extend;
  guint64 n_extend;
  LikenessRunConfig *config; /* NULL: that of the run that goes on */
  LikenessTrainerJob *job;
} Train;

static void
train_clear (Train *self)
{
  likeness_cli_config_clear (&self->options);
  g_free (self->output);
  g_free (self->resume);
  g_free (self->extend);
  g_clear_pointer (&self->config, likeness_run_config_free);
  g_clear_pointer (&self->job, likeness_trainer_job_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Train, train_clear)

static gboolean
parse (LikenessCli *cli, int argc, char **argv, Train *train, GError **error)
{
  LikenessCliConfig *options = &train->options;
  g_auto (GStrv) arguments = NULL;
  g_autofree char *keys = likeness_cli_config_describe_keys ();
  const GOptionEntry entries[] = {
      {"data", 0, 0, G_OPTION_ARG_FILENAME, &options->data,
       N_ ("A folder with train and val in it"), "DIR"},
      {"train-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->train_dir,
       N_ ("Train faces (instead of --data)"), "DIR"},
      {"val-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->val_dir,
       N_ ("Val faces (instead of --data)"), "DIR"},
      {"strangers", 0, 0, G_OPTION_ARG_FILENAME, &options->strangers,
       N_ ("People to be kept out of training (the test split)"), "DIR"},
      {"edgeface", 0, 0, G_OPTION_ARG_FILENAME, &options->edgeface,
       N_ ("EdgeFace weights: .pt or .safetensors"), "FILE"},
      {"from-scratch", 0, 0, G_OPTION_ARG_STRING, &options->from_scratch,
       N_ ("Train from nothing: xxs, xs, xs_gamma_06, s_gamma_05, base"), "SIZE"},
      {"device", 0, 0, G_OPTION_ARG_STRING, &options->device,
       N_ ("auto, cpu, cuda or cuda:N"), "DEVICE"},
      {"preset", 0, 0, G_OPTION_ARG_STRING, &options->preset, N_ ("proper or quick"),
       "NAME"},
      {"config", 0, 0, G_OPTION_ARG_FILENAME, &options->config,
       N_ ("A config.json, as a run's folder has one"), "FILE"},
      {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->set,
       N_ ("Turn a knob (see below); may be given again"), "KEY=VALUE"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &train->output,
       N_ ("The folder to make for the run"), "RUN"},
      {"resume", 0, 0, G_OPTION_ARG_FILENAME, &train->resume,
       N_ ("Go on with a run that was stopped"), "RUN"},
      {"extend", 0, 0, G_OPTION_ARG_STRING, &train->extend,
       N_ ("With --resume: epochs more"), "N"},
      {"trust-script", 0, 0, G_OPTION_ARG_NONE, &options->trust_script,
       N_ ("With --resume or --config: run the super-resolution model that is named "
           "there, a TorchScript program: only one that you trust"),
       NULL},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = "",
      .summary
      = N_ ("Fine-tunes a network on the people of a data set, measures it after "
            "each epoch, and keeps the best one."),
      .entries = entries,
      .description = keys,
  };

  return likeness_cli_parse (cli, &usage, argc, argv, &arguments, error);
}

static gboolean
understand_resume (Train *train, GError **error)
{
  const LikenessCliConfig *options = &train->options;

  if (options->config != NULL || options->preset != NULL || options->set != NULL
      || options->data != NULL || options->train_dir != NULL || options->val_dir != NULL
      || options->strangers != NULL || options->edgeface != NULL
      || options->from_scratch != NULL || train->output != NULL)
    return likeness_cli_refuse (
        _ ("--resume goes on with a run as it was begun: give it alone, or "
           "with --extend N, --device DEVICE and --trust-script"),
        error);
  return likeness_cli_parse_whole ("extend", train->extend, 1, 1000, &train->n_extend,
                                   error);
}

static gboolean
understand (Train *train, GError **error)
{
  LikenessRunConfig *config;

  if (train->resume != NULL)
    return understand_resume (train, error);
  if (train->extend != NULL)
    return likeness_cli_refuse (
        _ ("--extend needs --resume RUN: the run that is to go on"), error);
  if (train->options.trust_script && train->options.config == NULL)
    return likeness_cli_refuse (_ ("--trust-script is for the program that the run of "
                                   "--resume RUN or the file of --config FILE names: "
                                   "weights to train are none"),
                                error);
  config = train->config = likeness_cli_config_build (&train->options, error);
  if (config == NULL)
    return FALSE;
  config->trust_super_resolution |= train->options.trust_script;
  config->trust_script = FALSE;
  if (config->data == NULL && config->train_dir == NULL && config->val_dir == NULL)
    {
      if (!g_file_test (USUAL_FOLDER, G_FILE_TEST_IS_DIR))
        return likeness_cli_refuse (
            _ ("name the faces: --data DIR, or --train-dir and --val-dir"), error);
      config->data = g_strdup (USUAL_FOLDER);
    }
  if (config->data == NULL && (config->train_dir == NULL || config->val_dir == NULL))
    return likeness_cli_refuse (
        _ ("--train-dir and --val-dir belong together: give both"), error);
  if (config->edgeface == NULL && config->from_scratch == NULL)
    return likeness_cli_refuse (_ ("name the weights to begin with: --edgeface FILE, or "
                                   "--from-scratch xxs for none"),
                                error);
  return TRUE;
}

static gboolean
freeze (gpointer data,
        LikenessProgress *progress,
        GCancellable *cancellable,
        GError **error)
{
  Train *train = data;

  train->job = train->config != NULL
                   ? likeness_trainer_job_new (train->config, train->output, progress,
                                               cancellable, error)
                   : likeness_trainer_job_new_resume (
                         train->resume, (guint)train->n_extend, train->options.device,
                         train->options.trust_script, progress, cancellable, error);
  return train->job != NULL;
}

typedef struct
{
  LikenessCliTrainLog *log;
  GMainLoop *loop;
  LikenessEventType last;
  char *run; /* that there is something of; NULL: nothing is kept */
} Listener;

static void
listener_clear (Listener *self)
{
  g_free (self->run);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Listener, listener_clear)

static void
event_cb (const LikenessEvent *event, gpointer user_data)
{
  Listener *listener = user_data;

  likeness_cli_train_log_add (listener->log, event);
  listener->last = event->type;
  if (event->type == LIKENESS_EVENT_DONE || event->type == LIKENESS_EVENT_STOPPED
      || event->type == LIKENESS_EVENT_FAILED)
    {
      listener->run = g_strdup (event->run);
      g_main_loop_quit (listener->loop);
    }
}

static void
cancelled_cb (GCancellable *cancellable, gpointer trainer)
{
  likeness_trainer_stop (trainer);
}

static int
describe_stop (const char *run)
{
  g_autofree char *name = NULL;

  if (run != NULL)
    {
      name = g_filename_display_name (run);
      g_printerr (_ ("likeness-cli: stopped; what was learnt is kept: likeness-cli train "
                     "--resume %s goes on with it.\n"),
                  name);
    }
  else
    g_printerr ("%s", _ ("likeness-cli: stopped before anything was learnt; nothing is "
                         "left of the run.\n"));
  return LIKENESS_CLI_INTERRUPTED;
}

static int
learn (LikenessCli *cli, Train *train)
{
  g_autoptr (LikenessCliTrainLog) log = likeness_cli_train_log_new (cli);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_auto (Listener) listener = {log, loop, LIKENESS_EVENT_STAGE, NULL};
  g_autoptr (LikenessFeed) feed = likeness_feed_new (event_cb, &listener);
  g_autoptr (LikenessTrainer) trainer = NULL;
  gulong handler;
  int status = LIKENESS_CLI_DONE;

  likeness_cli_train_log_begin (log, train->job);
  trainer = likeness_trainer_start (g_steal_pointer (&train->job), feed);
  handler = g_cancellable_connect (cli->cancellable, G_CALLBACK (cancelled_cb), trainer,
                                   NULL);
  g_main_loop_run (loop);
  g_cancellable_disconnect (cli->cancellable, handler);
  if (listener.last == LIKENESS_EVENT_FAILED)
    status = likeness_cli_config_fail (likeness_trainer_get_error (trainer), FALSE);
  else if (listener.last == LIKENESS_EVENT_STOPPED)
    status = describe_stop (listener.run);
  likeness_feed_close (feed);
  return status;
}

int
likeness_cli_train (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Train) train = {{NULL}};
  g_autoptr (GError) error = NULL;

  if (!parse (cli, argc, argv, &train, &error) || !understand (&train, &error)
      || !likeness_cli_work (cli, freeze, &train, &error))
    return likeness_cli_fail (error);
  return learn (cli, &train);
}
