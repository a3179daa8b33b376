/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-config.h"
#include "likeness-cli-options.h"
#include "likeness-cli-quality-result.h"
#include "likeness-quality-measure.h"

typedef struct
{
  LikenessCliConfig options;
  char *super_resolution;
  char *csv;
  const char *directory;
  LikenessRunConfig *config;
  LikenessQuality *quality;
} Quality;

static void
quality_clear (Quality *self)
{
  likeness_cli_config_clear (&self->options);
  g_free (self->super_resolution);
  g_free (self->csv);
  g_clear_pointer (&self->config, likeness_run_config_free);
  g_clear_pointer (&self->quality, likeness_quality_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Quality, quality_clear)

static gboolean
parse (LikenessCli *cli,
       int argc,
       char **argv,
       Quality *self,
       char ***arguments,
       GError **error)
{
  const GOptionEntry entries[] = {
      {"set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->options.set,
       N_ ("input=N: reduce each high-resolution face to N pixels, instead of taking its "
           "partner"),
       "KEY=VALUE"},
      {"super-resolution", 0, 0, G_OPTION_ARG_FILENAME, &self->super_resolution,
       N_ ("A TorchScript file, measured beside bilinear enlarging. It is a program, and "
           "naming it here runs it: use only one that you trust"),
       "FILE"},
      {"device", 0, 0, G_OPTION_ARG_STRING, &self->options.device,
       N_ ("auto, cpu, cuda or cuda:N: where the program runs"), "DEVICE"},
      {"csv", 0, 0, G_OPTION_ARG_FILENAME, &self->csv, N_ ("Write a line a face there"),
       "FILE"},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = N_ ("DIR"),
      .summary = N_ ("Measures how near enlarged low-resolution faces come to their "
                     "high-resolution images: PSNR and SSIM, for each split and person, "
                     "with the 95 % interval over people."),
      .least = 1,
      .most = 1,
      .entries = entries,
  };

  return likeness_cli_parse (cli, &usage, argc, argv, arguments, error);
}

static gboolean
understand (Quality *self, char **arguments, GError **error)
{
  self->directory = arguments[0];
  self->config = likeness_cli_config_build (&self->options, error);
  if (self->config == NULL)
    return FALSE;
  if (self->super_resolution == NULL)
    return TRUE;
  if (*self->super_resolution == '\0')
    return likeness_cli_refuse (_ ("--super-resolution takes the name of a file"), error);
  /* Who names the program has agreed that it runs. */
  self->config->trust_super_resolution = TRUE;
  return likeness_run_config_set (self->config, "super_resolution",
                                  self->super_resolution, error);
}

static gboolean
measure (gpointer data,
         LikenessProgress *progress,
         GCancellable *cancellable,
         GError **error)
{
  Quality *self = data;

  self->quality = likeness_quality_measure (self->directory, self->config, progress,
                                            cancellable, error);
  return self->quality != NULL
         && (self->csv == NULL
             || likeness_quality_save_csv (self->quality, self->csv, error));
}

int
likeness_cli_quality (LikenessCli *cli, int argc, char **argv)
{
  g_auto (Quality) self = {{NULL}};
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse (cli, argc, argv, &self, &arguments, &error)
      || !understand (&self, arguments, &error)
      || !likeness_cli_work (cli, measure, &self, &error))
    return likeness_cli_fail (error);
  if (cli->json)
    likeness_cli_quality_result_print_json (self.quality);
  else
    likeness_cli_quality_result_print (self.quality);
  return LIKENESS_CLI_DONE;
}
