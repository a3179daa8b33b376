/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-csv.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "likeness-display-name.h"
#include "likeness-error.h"
#include "likeness-json.h"

static void
begin_field (GString *lines)
{
  if (lines->len > 0 && lines->str[lines->len - 1] != '\n')
    g_string_append_c (lines, ',');
}

void
likeness_csv_add_bytes (GString *lines, const char *bytes)
{
  g_autofree char *text = likeness_json_escape (bytes != NULL ? bytes : "");

  begin_field (lines);
  if (strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (lines, text);
      return;
    }
  g_string_append_c (lines, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (lines, '"');
      g_string_append_c (lines, *c);
    }
  g_string_append_c (lines, '"');
}

void
likeness_csv_add_number (GString *lines, double value)
{
  g_autofree char *text
      = isfinite (value) ? likeness_json_number_to_string (value) : NULL;

  begin_field (lines);
  g_string_append (lines, text != NULL ? text : "");
}

gboolean
likeness_csv_save (const GString *lines, const char *path, GError **error)
{
  g_autofree char *display = likeness_display_name (path);
  g_autoptr (GError) local = NULL;

  if (g_file_set_contents (path, lines->str, lines->len, &local))
    return TRUE;
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
               _ ("“%s” could not be written: %s. Choose another folder"), display,
               local->message);
  return FALSE;
}

gboolean
likeness_csv_save_in (const GString *lines,
                      const char *directory,
                      const char *name,
                      GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *display = NULL;
  int code;

  if (g_mkdir_with_parents (directory, 0777) == 0)
    return likeness_csv_save (lines, path, error);
  code = errno;
  display = likeness_display_name (directory);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_NOT_WRITABLE,
               _ ("The folder “%s” cannot be made: %s. Choose another one"), display,
               g_strerror (code));
  return FALSE;
}
