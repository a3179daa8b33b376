/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-types.h"

G_BEGIN_DECLS

/**
 * LikenessListedRun:
 *
 * Pictures of one subject in one folder, by their names alone: what a scan hands over
 * while it still lists. A plain struct, so that it may cross threads.
 */
typedef struct
{
  LikenessSplit split;
  guint n_names;
  gsize n_bytes; /* of all names with their ends */

  /* Owned */
  GRefString *subject;
  GRefString *directory;     /* absolute */
  GRefString *low_directory; /* where the partners should be; NULL: there are none */
  const char **names;        /* bytes; one block with what they point to, in a row */
} LikenessListedRun;

/**
 * likeness_listed_run_new:
 * @low_directory: (nullable)
 * @names: @n_names, at least one
 *
 * Takes copies and references.
 */
LikenessListedRun *likeness_listed_run_new (GRefString *subject,
                                            LikenessSplit split,
                                            GRefString *directory,
                                            GRefString *low_directory,
                                            const char *const *names,
                                            guint n_names) G_GNUC_WARN_UNUSED_RESULT;
void likeness_listed_run_free (LikenessListedRun *self);

/** By subject, then by split: the order of a data set. */
int likeness_listed_run_compare (const LikenessListedRun *a, const LikenessListedRun *b);
gboolean likeness_listed_run_equal (const LikenessListedRun *a,
                                    const LikenessListedRun *b);

/** (transfer full): an empty array that owns its runs. */
GPtrArray *likeness_listed_runs_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * LikenessListedFunc:
 * @runs: (transfer full) (element-type LikenessListedRun): the next
 * @whole: whether these are all there are, sorted, in place of those that came before
 */
typedef void (*LikenessListedFunc) (GPtrArray *runs, gboolean whole, gpointer user_data);

G_END_DECLS
