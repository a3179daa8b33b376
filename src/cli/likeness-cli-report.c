/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-config.h"
#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-error.h"
#include "likeness-json.h"
#include "likeness-report.h"
#include "likeness-run-log.h"
#include "likeness-run-results.h"
#include "likeness-torch.h"

#define DEFAULT_NAME "report.html"

typedef struct
{
  const char *run;
  char *output;
  char *device;
  gboolean trust_script;
  GError *unjudged; /* why the report has no current results */
} Report;

static void
report_clear (Report *self)
{
  g_free (self->output);
  g_free (self->device);
  g_clear_error (&self->unjudged);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, report_clear)

/* A run whose data are gone, or that never finished an epoch, is reported as well: FALSE
 * only where the user cancelled, or has to say whether a program may run. */
static gboolean
judge (Report *self,
       LikenessProgress *progress,
       GCancellable *cancellable,
       GError **error)
{
  g_autoptr (GPtrArray) events = likeness_run_log_read (self->run, NULL);
  g_autoptr (LikenessRunSummary) summary = NULL;
  g_autoptr (LikenessResults) results = NULL;

  /* The report says what is wrong. */
  if (events == NULL)
    return TRUE;
  summary = likeness_run_summary_new (events);
  results = likeness_run_results_load (self->run, summary, FALSE, self->device,
                                       self->trust_script, progress, cancellable,
                                       &self->unjudged);
  if (!g_error_matches (self->unjudged, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (self->unjudged, LIKENESS_TORCH_ERROR,
                           LIKENESS_TORCH_ERROR_UNTRUSTED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->unjudged));
  return FALSE;
}

static gboolean
write_report (gpointer data,
              LikenessProgress *progress,
              GCancellable *cancellable,
              GError **error)
{
  Report *self = data;

  if (!judge (self, progress, cancellable, error))
    return FALSE;
  likeness_progress_begin (progress, N_ ("Writing the report"), 0);
  return likeness_report_write_html (self->run, self->output, cancellable, error);
}

static gboolean
check_output (const char *output, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (output, -1);

  if (!g_str_has_suffix (lower, ".pdf"))
    return TRUE;
  g_set_error_literal (
      error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
      _ ("A report is written as HTML: give --output report.html, and print it to PDF "
         "from a browser"));
  return FALSE;
}

/* Before the work, and also where nothing has to be judged. */
static gboolean
check_device (const char *device, GError **error)
{
  g_autoptr (LikenessRunConfig) config = likeness_run_config_new ();

  return likeness_run_config_set (config, "device", device, error);
}

static void
print_result (const LikenessCli *cli, const Report *self)
{
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      likeness_json_add_bytes (builder, "output", self->output);
      json_builder_set_member_name (builder, "judged");
      json_builder_add_boolean_value (builder, self->unjudged == NULL);
      if (self->unjudged != NULL)
        likeness_json_add_bytes (builder, "judged_reason", self->unjudged->message);
      json_builder_end_object (builder);
      likeness_cli_print_json (builder);
    }
  else
    {
      g_autofree char *shown = g_filename_display_name (self->output);

      g_print (
          _ ("%s\nOne file with everything in it: open it in a browser, or print it.\n"),
          shown);
    }
  if (self->unjudged != NULL)
    g_printerr (_ ("likeness-cli: the report has no current results. %s\n"),
                self->unjudged->message);
}

int
likeness_cli_report (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Report) report = {NULL};
  g_autofree char *output = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
       N_ ("The file to write (report.html in the run)"), "FILE"},
      {"device", 0, 0, G_OPTION_ARG_STRING, &report.device,
       N_ ("auto, cpu, cuda or cuda:N: what the run is judged on (what it was trained "
           "on)"),
       "DEVICE"},
      {"trust-script", 0, 0, G_OPTION_ARG_NONE, &report.trust_script,
       N_ ("Run the run's super-resolution model, a TorchScript program: only one that "
           "you "
           "trust"),
       NULL},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = N_ ("RUN"),
      .summary = N_ ("Writes the evidence of a run into one HTML file: figures, curves, "
                     "people, failures, settings. A run that has not been judged yet is "
                     "judged first."),
      .least = 1,
      .most = 1,
      .entries = entries,
  };

  if (!likeness_cli_parse (cli, &usage, argc, argv, &arguments, &error)
      || (output != NULL && !check_output (output, &error))
      || (report.device != NULL && !check_device (report.device, &error)))
    return likeness_cli_fail (error);
  report.run = arguments[0];
  report.output = output != NULL ? g_strdup (output)
                                 : g_build_filename (report.run, DEFAULT_NAME, NULL);
  if (!likeness_cli_work (cli, write_report, &report, &error))
    return likeness_cli_config_fail (error, FALSE);
  print_result (cli, &report);
  return LIKENESS_CLI_DONE;
}
