/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-cli-options.h"
#include "likeness-cli-output.h"
#include "likeness-json.h"
#include "likeness-manifest.h"

typedef struct
{
  const char *directory;
  guint n_removed;
  guint n_kept;
} Undo;

static gboolean
undo (gpointer data,
      LikenessProgress *progress,
      GCancellable *cancellable,
      GError **error)
{
  Undo *self = data;

  return likeness_manifest_undo (self->directory, &self->n_removed, &self->n_kept,
                                 progress, cancellable, error);
}

int
likeness_cli_undo (LikenessCli *cli, int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {{NULL}};
  const LikenessCliUsage usage = {
      .parameters = N_ ("DIR"),
      .summary
      = N_ ("Removes exactly the files that a split wrote and that are unchanged; "
            "others are kept."),
      .least = 1,
      .most = 1,
      .entries = entries,
  };
  Undo self = {NULL};

  if (!likeness_cli_parse (cli, &usage, argc, argv, &arguments, &error))
    return likeness_cli_fail (error);
  self.directory = arguments[0];
  if (!likeness_cli_work (cli, undo, &self, &error))
    return likeness_cli_fail (error);
  if (cli->json)
    {
      g_autoptr (JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      likeness_json_add_count (builder, "removed", self.n_removed);
      likeness_json_add_count (builder, "kept", self.n_kept);
      json_builder_end_object (builder);
      likeness_cli_print_json (builder);
    }
  else
    g_print (_ ("Removed: %u\nKept, as they are not the split's: %u\n"), self.n_removed,
             self.n_kept);
  return LIKENESS_CLI_DONE;
}
