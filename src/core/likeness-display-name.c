/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-display-name.h"

#include <string.h>

#define REPLACEMENT_CHARACTER 0xfffd

char *
likeness_display_name (const char *name)
{
  g_autofree char *valid = g_filename_display_name (name);
  GString *shown = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      g_string_append_unichar (
          shown, g_unichar_iscntrl (character) ? REPLACEMENT_CHARACTER : character);
    }
  return g_string_free (shown, FALSE);
}
