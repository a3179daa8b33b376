/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-options.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "likeness-error.h"

gboolean
likeness_cli_parse (LikenessCli *cli,
                    const LikenessCliUsage *usage,
                    int argc,
                    char **argv,
                    char ***arguments,
                    GError **error)
{
  g_auto (GStrv) rest = NULL;
  const GOptionEntry common[] = {
      {"quiet", 'q', 0, G_OPTION_ARG_NONE, &cli->quiet, N_ ("Show no progress"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &cli->json,
       N_ ("Print the result as one JSON object"), NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ (usage->parameters));
  g_autoptr (GError) local = NULL;
  guint n;

  g_option_context_set_summary (context, _ (usage->summary));
  g_option_context_set_description (context, usage->description);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, usage->entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &local))
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("%s (likeness-cli %s --help lists the options)"), local->message,
                   cli->verb);
      return FALSE;
    }
  n = rest != NULL ? g_strv_length (rest) : 0;
  if (n < usage->least || n > usage->most)
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("wrong number of arguments: likeness-cli %s %s"), cli->verb,
                   _ (usage->parameters));
      return FALSE;
    }
  *arguments = rest != NULL ? g_steal_pointer (&rest) : g_new0 (char *, 1);
  return TRUE;
}

gboolean
likeness_cli_parse_number (const char *name,
                           const char *text,
                           double *value,
                           GError **error)
{
  double number;
  char *end;

  if (text == NULL)
    return TRUE;
  number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0')
    {
      g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
                   _ ("--%s takes a number, not “%s”"), name, text);
      return FALSE;
    }
  *value = number;
  return TRUE;
}

gboolean
likeness_cli_parse_whole (const char *name,
                          const char *text,
                          guint64 least,
                          guint64 most,
                          guint64 *value,
                          GError **error)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (text == NULL || g_ascii_string_to_unsigned (text, 10, least, most, value, NULL))
    return TRUE;
  low = g_strdup_printf ("%" G_GUINT64_FORMAT, least);
  high = g_strdup_printf ("%" G_GUINT64_FORMAT, most);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
               _ ("--%s takes a whole number from %s to %s, not “%s”"), name, low, high,
               text);
  return FALSE;
}

gboolean
likeness_cli_parse_choice (const char *name,
                           const char *text,
                           const char *const *choices,
                           guint *value,
                           GError **error)
{
  g_autofree char *list = NULL;

  if (text == NULL)
    return TRUE;
  for (guint i = 0; choices[i] != NULL; i++)
    if (strcmp (choices[i], text) == 0)
      {
        *value = i;
        return TRUE;
      }
  list = g_strjoinv (", ", (char **)choices);
  g_set_error (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE,
               _ ("--%s is one of %s, not “%s”"), name, list, text);
  return FALSE;
}

gboolean
likeness_cli_refuse (const char *sentence, GError **error)
{
  g_set_error_literal (error, LIKENESS_ERROR, LIKENESS_ERROR_USAGE, sentence);
  return FALSE;
}
