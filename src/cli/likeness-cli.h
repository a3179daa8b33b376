/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-progress.h"

G_BEGIN_DECLS

/** Exit statuses. */
#define LIKENESS_CLI_DONE 0
#define LIKENESS_CLI_FAILED 1
#define LIKENESS_CLI_USAGE 2
#define LIKENESS_CLI_INTERRUPTED 130

/** One call of the program, handed to its verb. */
typedef struct
{
  const char *verb;
  GCancellable *cancellable; /* cancelled by Ctrl-C */
  gboolean quiet;
  gboolean json;
} LikenessCli;

/** Runs the program; returns its exit status. */
int likeness_cli_main (int argc, char **argv);

/** The work of a verb, on a thread of its own. */
typedef gboolean (*LikenessCliWork) (gpointer data,
                                     LikenessProgress *progress,
                                     GCancellable *cancellable,
                                     GError **error);

/**
 * likeness_cli_work:
 *
 * Runs @work on a thread while this one shows its progress and listens to Ctrl-C; returns
 * what @work returned.
 */
gboolean
likeness_cli_work (LikenessCli *cli, LikenessCliWork work, gpointer data, GError **error);

/** Says what went wrong in one sentence on standard error; returns the exit status for
 * it.
 */
int likeness_cli_fail (const GError *error);

/* The verbs: each parses its own options; argv[0] is the verb. */
int likeness_cli_sample (LikenessCli *cli, int argc, char **argv);
int likeness_cli_scan (LikenessCli *cli, int argc, char **argv);
int likeness_cli_split (LikenessCli *cli, int argc, char **argv);
int likeness_cli_verify (LikenessCli *cli, int argc, char **argv);
int likeness_cli_undo (LikenessCli *cli, int argc, char **argv);
int likeness_cli_train (LikenessCli *cli, int argc, char **argv);
int likeness_cli_evaluate (LikenessCli *cli, int argc, char **argv);
int likeness_cli_embed (LikenessCli *cli, int argc, char **argv);
int likeness_cli_quality (LikenessCli *cli, int argc, char **argv);
int likeness_cli_doctor (LikenessCli *cli, int argc, char **argv);
int likeness_cli_report (LikenessCli *cli, int argc, char **argv);

G_END_DECLS
