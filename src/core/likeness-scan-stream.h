/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-folder-listing.h"
#include "likeness-listed-run.h"

G_BEGIN_DECLS

/**
 * LikenessScanStream:
 *
 * Hands over what a scan lists while it goes on: the first soon, then some times a
 * second, so that who looks on is not kept busy. A helper of the scanner, in its thread.
 */
typedef struct
{
  /* Borrowed */
  LikenessListedFunc listed;
  gpointer user_data;

  /* Owned */
  GPtrArray *runs;  /* waiting */
  GPtrArray *names; /* of one run, borrowed from a listing */

  gsize n_waiting;    /* names in the runs */
  gboolean has_begun; /* whether any went */
  gint64 due;         /* when they may go, in monotonic microseconds */
} LikenessScanStream;

LikenessScanStream *
likeness_scan_stream_new (LikenessListedFunc listed,
                          gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void likeness_scan_stream_free (LikenessScanStream *self);

/** Adds a name to the run that is being made; @name is borrowed until its end. */
void likeness_scan_stream_add_name (LikenessScanStream *self, const char *name);
/** Ends the run that is being made, if it has a name. */
void likeness_scan_stream_end_run (LikenessScanStream *self,
                                   GRefString *subject,
                                   LikenessSplit split,
                                   GRefString *directory,
                                   GRefString *low_directory);

/** Hands over what waits. */
void likeness_scan_stream_flush (LikenessScanStream *self);
/** The same, if it is time. */
void likeness_scan_stream_offer (LikenessScanStream *self);
/** Hands over what was added since the last time: sorted, and all there is. */
void likeness_scan_stream_finish (LikenessScanStream *self);
/** Forgets what waits. */
void likeness_scan_stream_clear (LikenessScanStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessScanStream, likeness_scan_stream_free)

G_END_DECLS
