/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <gio/gio.h>

#include "likeness-event.h"

G_BEGIN_DECLS

#define LIKENESS_RUN_CONFIG_NAME "config.json"
#define LIKENESS_RUN_EVENTS_NAME "events.jsonl"
#define LIKENESS_RUN_BEST_NAME "best.pt"
#define LIKENESS_RUN_LAST_NAME "last.pt"
#define LIKENESS_RUN_RESULTS_NAME "results.json"

/** Appends events to `events.jsonl` of a run folder; BATCH events are not written. */
typedef struct _LikenessRunLog LikenessRunLog;

/**
 * likeness_run_log_lock:
 * @lock: (out): a file descriptor to close when the run has ended; -1 where the file
 *   system has no locks
 *
 * Keeps @run for the one who trains it: two at once would write into the same
 * checkpoints. The kernel holds the lock on the folder and lets it go with the process,
 * however that ends. It hinders nobody from reading.
 *
 * Returns: %FALSE with %LIKENESS_ERROR_NOT_WRITABLE where somebody else trains it
 */
gboolean likeness_run_log_lock (const char *run, int *lock, GError **error);

/** Opens for appending; a cut-off last line (power loss) is ended first. */
LikenessRunLog *likeness_run_log_open (const char *run,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean likeness_run_log_append (LikenessRunLog *self,
                                  const LikenessEvent *event,
                                  GError **error);
void likeness_run_log_close (LikenessRunLog *self);

/**
 * likeness_run_log_read:
 *
 * Returns: (transfer full) (element-type LikenessEvent): in order; a cut-off last line is
 * left out; %NULL with an error where there is no run or it is not one
 */
GPtrArray *likeness_run_log_read (const char *run,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): `$XDG_DATA_HOME/likeness/runs`. */
char *likeness_run_log_get_default_directory (void) G_GNUC_WARN_UNUSED_RESULT;
/** (transfer full): a new name in the default folder, date and time + data set's name;
 * not made. */
char *likeness_run_log_make_name (const char *dataset) G_GNUC_WARN_UNUSED_RESULT;

/**
 * likeness_run_log_parse_name:
 * @name: the base name of a run folder, as likeness_run_log_make_name() makes it
 * @rest: (out) (optional): the data set's name in @name; left as it is on %NULL
 *
 * Returns: (transfer full) (nullable): when the run began, local time; %NULL for a name
 * of another form
 */
GDateTime *likeness_run_log_parse_name (const char *name,
                                        const char **rest) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessRunLog, likeness_run_log_close)

G_END_DECLS
