/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "likeness-cli-progress.h"
#include "likeness-error.h"

typedef struct
{
  const char *name;
  const char *summary;
  int (*run) (LikenessCli *cli, int argc, char **argv);
} Command;

static const Command commands[] = {
    {"sample", N_ ("draw a data set of faces to try things on"), likeness_cli_sample},
    {"scan", N_ ("look at a folder of faces"), likeness_cli_scan},
    {"split", N_ ("give each person's images to train and val"), likeness_cli_split},
    {"verify", N_ ("check a split against its record"), likeness_cli_verify},
    {"undo", N_ ("remove exactly what a split wrote"), likeness_cli_undo},
    {"train", N_ ("fine-tune a network on a data set"), likeness_cli_train},
    {"evaluate", N_ ("judge a run or weights on a data set"), likeness_cli_evaluate},
    {"embed", N_ ("write the embeddings of pictures"), likeness_cli_embed},
    {"quality", N_ ("measure enlarged low-resolution faces: PSNR, SSIM"),
     likeness_cli_quality},
    {"report", N_ ("write the evidence of a run into one file"), likeness_cli_report},
    {"doctor", N_ ("say what is installed and what is missing"), likeness_cli_doctor},
};

typedef struct
{
  LikenessCliWork work;
  gpointer data;
  LikenessProgress *progress;
  GCancellable *cancellable;
  gboolean result;
  GError *error;
  GMainLoop *loop;
} Job;

static gboolean
finished_cb (gpointer data)
{
  g_main_loop_quit (((Job *)data)->loop);
  return G_SOURCE_REMOVE;
}

static gpointer
work_thread (gpointer data)
{
  Job *job = data;

  job->result = job->work (job->data, job->progress, job->cancellable, &job->error);
  g_idle_add (finished_cb, job);
  return NULL;
}

gboolean
likeness_cli_work (LikenessCli *cli, LikenessCliWork work, gpointer data, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LikenessProgress) progress = likeness_progress_new ();
  g_autoptr (LikenessCliProgress) shown = NULL;
  Job job = {work, data, progress, cli->cancellable, FALSE, NULL, loop};
  GThread *thread;

  if (!cli->quiet)
    shown = likeness_cli_progress_new (progress);
  thread = g_thread_new ("work", work_thread, &job);
  g_main_loop_run (loop);
  g_thread_join (thread);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.result;
}

int
likeness_cli_fail (const GError *error)
{
  gsize length = strlen (error->message);
  gboolean is_ended = length > 0 && strchr (".!?", error->message[length - 1]) != NULL;

  g_printerr ("likeness-cli: %s%s\n", error->message, is_ended ? "" : ".");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return LIKENESS_CLI_INTERRUPTED;
  if (g_error_matches (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE))
    return LIKENESS_CLI_USAGE;
  return LIKENESS_CLI_FAILED;
}

/* The first Ctrl-C cancels; as the handler is gone then, a second one ends the program at
 * once. */
static gboolean
interrupted_cb (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static char *
describe_commands (void)
{
  GString *text = g_string_new (_ ("Usage: likeness-cli VERB [OPTION…]\n\nVerbs:\n"));

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name,
                            _ (commands[i].summary));
  g_string_append (text, _ ("\nlikeness-cli VERB --help lists the options of a verb.\n"));
  return g_string_free (text, FALSE);
}

static const Command *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, name) == 0)
      return &commands[i];
  return NULL;
}

static int
run_command (const Command *command, int argc, char **argv)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *name = g_strdup_printf ("likeness-cli %s", command->name);
  LikenessCli cli = {.verb = command->name, .cancellable = cancellable};
  int status;

  /* What GOption writes at the head of a help text. */
  g_set_prgname (name);
  g_unix_signal_add (SIGINT, interrupted_cb, cancellable);
  g_unix_signal_add (SIGTERM, interrupted_cb, cancellable);
  status = command->run (&cli, argc, argv);
  /* A result that did not get out, as on a full disk, is none. */
  if ((fflush (stdout) != 0 || ferror (stdout)) && status == LIKENESS_CLI_DONE)
    {
      g_printerr ("%s", _ ("likeness-cli: the result could not be written to standard "
                           "output: look whether its disk is full.\n"));
      status = LIKENESS_CLI_FAILED;
    }
  return status;
}

int
likeness_cli_main (int argc, char **argv)
{
  g_autofree char *help = describe_commands ();
  const Command *command;

  if (argc < 2)
    {
      g_printerr ("%s", help);
      return LIKENESS_CLI_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    {
      g_print ("%s", help);
      return LIKENESS_CLI_DONE;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      g_print ("likeness-cli %s\n", PACKAGE_VERSION);
      return LIKENESS_CLI_DONE;
    }
  command = find_command (argv[1]);
  if (command == NULL)
    {
      g_printerr (_ ("likeness-cli: there is no verb “%s”: likeness-cli --help lists "
                     "them.\n"),
                  argv[1]);
      return LIKENESS_CLI_USAGE;
    }
  return run_command (command, argc - 1, argv + 1);
}
