/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-trust-hint.h"

#include <glib/gi18n.h>

#include "likeness-torch.h"

char *
likeness_trust_hint_describe (const GError *error, const char *run)
{
  g_autofree char *quoted = NULL;
  g_autofree char *shown = NULL;

  if (run == NULL
      || !g_error_matches (error, LIKENESS_TORCH_ERROR, LIKENESS_TORCH_ERROR_UNTRUSTED))
    return g_strdup (error->message);
  quoted = g_shell_quote (run);
  shown = g_filename_display_name (quoted);
  return g_strdup_printf (
      /* Translators: a whole sentence comes first; the last place is a folder */
      _ ("%s If you trust the program, run this once, and try again: likeness-cli "
         "evaluate --trust-script --run %s"),
      error->message, shown);
}
