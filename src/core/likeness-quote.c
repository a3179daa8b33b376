/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-quote.h"

#include <string.h>

#define MAX_CHARACTERS 100

char *
likeness_quote (const char *text)
{
  /* Four bytes a character at most; no more of it needs to be looked at. */
  g_autofree char *valid
      = g_utf8_make_valid (text, strnlen (text, 4 * (MAX_CHARACTERS + 1)));
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p), n++)
    {
      gunichar character = g_utf8_get_char (p);

      if (n == MAX_CHARACTERS)
        {
          g_string_append (out, "…");
          break;
        }
      g_string_append_unichar (out, g_unichar_isprint (character) ? character : '?');
    }
  return g_string_free (out, FALSE);
}
