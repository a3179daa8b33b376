/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-display-name.h"
#include "likeness-json.h"
#include "likeness-manifest.h"

static const char *const kind_names[] = {"missing", "changed", "foreign", "doubled"};

typedef struct
{
  const char *directory;
  GPtrArray *differences;
} Verification;

static gboolean
verify (gpointer data,
        LikenessProgress *progress,
        GCancellable *cancellable,
        GError **error)
{
  Verification *verification = data;

  verification->differences
      = likeness_manifest_verify (verification->directory, progress, cancellable, error);
  return verification->differences != NULL;
}

static void
print_json (const GPtrArray *differences)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "as_written");
  json_builder_add_boolean_value (builder, differences->len == 0);
  json_builder_set_member_name (builder, "differences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < differences->len; i++)
    {
      const LikenessDifference *difference = differences->pdata[i];

      json_builder_begin_object (builder);
      likeness_json_add_string (builder, "kind", kind_names[difference->kind]);
      likeness_json_add_bytes (builder, "path", difference->path);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  likeness_cli_print_json (builder);
}

static void
print_text (const GPtrArray *differences)
{
  if (differences->len == 0)
    g_print (_ ("Everything is as it was written\n"));
  for (guint i = 0; i < differences->len; i++)
    {
      const LikenessDifference *difference = differences->pdata[i];
      g_autofree char *path = likeness_display_name (difference->path);

      g_print ("%s %s\n", kind_names[difference->kind], path);
    }
}

int
likeness_cli_verify (LikenessCli *cli, int argc, char **argv)
{
  g_autoptr (GPtrArray) differences = NULL;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {{NULL}};
  const LikenessCliUsage usage = {
      .parameters = N_ ("DIR"),
      .summary
      = N_ ("Reads every file of a split again and lists what is missing, changed, "
            "foreign, or on both sides."),
      .least = 1,
      .most = 1,
      .entries = entries,
  };
  Verification verification = {NULL};

  if (!likeness_cli_parse (cli, &usage, argc, argv, &arguments, &error))
    return likeness_cli_fail (error);
  verification.directory = arguments[0];
  if (!likeness_cli_work (cli, verify, &verification, &error))
    return likeness_cli_fail (error);
  differences = verification.differences;
  if (cli->json)
    print_json (differences);
  else
    print_text (differences);
  if (differences->len == 0)
    return LIKENESS_CLI_DONE;
  g_printerr (
      ngettext ("likeness-cli: %u difference from what was written: restore the file, "
                "or split again with --replace.\n",
                "likeness-cli: %u differences from what was written: restore the "
                "files, or split again with --replace.\n",
                differences->len),
      differences->len);
  return LIKENESS_CLI_FAILED;
}
