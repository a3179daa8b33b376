/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-cli.h"

G_BEGIN_DECLS

/** What a verb takes. */
typedef struct
{
  const char *parameters; /* N_(): "SOURCE", for the help text */
  const char *summary;    /* N_(): sentences below it */
  guint least;            /* arguments */
  guint most;
  const GOptionEntry *entries; /* up to a {NULL} */
  const char *description;     /* %NULL: none; translated text below the options */
} LikenessCliUsage;

/**
 * likeness_cli_parse:
 * @arguments: (out) (transfer full): what is not an option; never %NULL on success
 *
 * Parses the options of a verb, and --quiet and --json, which every verb takes. --help
 * prints and ends the program.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_USAGE
 */
gboolean likeness_cli_parse (LikenessCli *cli,
                             const LikenessCliUsage *usage,
                             int argc,
                             char **argv,
                             char ***arguments,
                             GError **error);

/**
 * likeness_cli_parse_number:
 * likeness_cli_parse_whole:
 * @text: (nullable): %NULL leaves @value as it is
 *
 * The value of option @name, in the C locale whatever the user's. The range of a number
 * is checked by whoever uses it, that of a whole one here.
 */
gboolean likeness_cli_parse_number (const char *name,
                                    const char *text,
                                    double *value,
                                    GError **error);
gboolean likeness_cli_parse_whole (const char *name,
                                   const char *text,
                                   guint64 least,
                                   guint64 most,
                                   guint64 *value,
                                   GError **error);

/**
 * likeness_cli_parse_choice:
 * @choices: %NULL-terminated
 * @value: (out): index into @choices; left as it is where @text is %NULL
 */
gboolean likeness_cli_parse_choice (const char *name,
                                    const char *text,
                                    const char *const *choices,
                                    guint *value,
                                    GError **error);

/** Sets %LIKENESS_ERROR_USAGE with the translated @sentence; returns %FALSE. */
gboolean likeness_cli_refuse (const char *sentence, GError **error);

G_END_DECLS
