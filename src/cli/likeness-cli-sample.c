/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-count.h"
#include "likeness-display-name.h"
#include "likeness-json.h"
#include "likeness-sample.h"

typedef struct
{
  const char *directory;
  LikenessSampleOptions options;
} Sample;

static gboolean
draw (gpointer data,
      LikenessProgress *progress,
      GCancellable *cancellable,
      GError **error)
{
  Sample *sample = data;

  return likeness_sample_write (sample->directory, &sample->options, progress,
                                cancellable, error);
}

static void
print_result (const LikenessCli *cli, const Sample *sample)
{
  const LikenessSampleOptions *options = &sample->options;

  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      likeness_json_add_bytes (builder, "output", sample->directory);
      likeness_json_add_count (builder, "subjects", options->subjects);
      likeness_json_add_count (builder, "faces",
                               (guint64)options->subjects * options->faces);
      likeness_json_add_count (builder, "seed", options->seed);
      json_builder_end_object (builder);
      likeness_cli_print_json (builder);
    }
  else
    {
      g_autofree char *display = likeness_display_name (sample->directory);
      g_autofree char *faces
          = likeness_count_format ((guint64)options->subjects * options->faces);

      g_print (_ ("Drew %s faces of %u people into %s\n"), faces, options->subjects,
               display);
    }
}

int
likeness_cli_sample (LikenessCli *cli, int argc, char **argv)
{
  g_autofree char *subjects = NULL;
  g_autofree char *faces = NULL;
  g_autofree char *seed = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
      {"subjects", 0, 0, G_OPTION_ARG_STRING, &subjects, N_ ("People (24)"), "N"},
      {"faces", 0, 0, G_OPTION_ARG_STRING, &faces, N_ ("Faces of each (30)"), "N"},
      {"seed", 0, 0, G_OPTION_ARG_STRING, &seed,
       N_ ("The same seed draws the same bytes (42)"), "N"},
      {NULL},
  };
  const LikenessCliUsage usage = {
      .parameters = N_ ("DIR"),
      .summary
      = N_ ("Draws a data set of faces into a new folder: train, val and test of "
            "different people, each face 112x112 and 32x32."),
      .least = 1,
      .most = 1,
      .entries = entries,
  };
  guint64 n_subjects = 24;
  guint64 n_faces = 30;
  Sample sample;

  likeness_sample_options_init (&sample.options);
  if (!likeness_cli_parse (cli, &usage, argc, argv, &arguments, &error)
      || !likeness_cli_parse_whole ("subjects", subjects, 3, 10000, &n_subjects, &error)
      || !likeness_cli_parse_whole ("faces", faces, 2, 1000, &n_faces, &error)
      || !likeness_cli_parse_whole ("seed", seed, 0, G_MAXINT64, &sample.options.seed,
                                    &error))
    return likeness_cli_fail (error);
  sample.directory = arguments[0];
  sample.options.subjects = n_subjects;
  sample.options.faces = n_faces;
  if (!likeness_cli_work (cli, draw, &sample, &error))
    return likeness_cli_fail (error);
  print_result (cli, &sample);
  return LIKENESS_CLI_DONE;
}
