/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-output.h"

#include "likeness-display-name.h"
#include "likeness-json.h"

void
likeness_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = likeness_json_to_string (root, TRUE);

  g_print ("%s\n", text);
}

void
likeness_cli_add_skip (JsonBuilder *builder, const char *path, const char *reason)
{
  json_builder_begin_object (builder);
  likeness_json_add_bytes (builder, "path", path);
  likeness_json_add_string (builder, "reason", reason);
  json_builder_end_object (builder);
}

void
likeness_cli_print_item (const char *name, const char *detail)
{
  g_autofree char *display = likeness_display_name (name);

  g_print ("  %s: %s\n", display, detail);
}
