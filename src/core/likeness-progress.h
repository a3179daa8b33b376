/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LikenessProgress:
 *
 * How far a job is. The worker writes, anybody reads: all fields are atomic, so a window
 * or a terminal polls it without a lock. Reference counted (atomic).
 */
typedef struct _LikenessProgress LikenessProgress;

typedef struct
{
  const char *stage;   /* a static, untranslated msgid, or NULL before the first stage */
  guint64 done;        /* units of the stage that are finished */
  guint64 total;       /* units of the stage; 0: not known yet */
  double elapsed;      /* seconds since the stage began */
  double rate;         /* units a second since the stage began; 0: not known yet */
  double seconds_left; /* -1: not known yet */
} LikenessProgressSnapshot;

LikenessProgress *likeness_progress_new (void) G_GNUC_WARN_UNUSED_RESULT;
LikenessProgress *likeness_progress_ref (LikenessProgress *self);
void likeness_progress_unref (LikenessProgress *self);

/**
 * likeness_progress_begin:
 * @self: (nullable): nothing happens for %NULL, so callers need no check
 * @stage: a static string marked with N_()
 * @total: units of the stage, 0 where it is not known
 *
 * Starts a stage: done is 0 again and the clock starts anew.
 */
void likeness_progress_begin (LikenessProgress *self, const char *stage, guint64 total);

/** Adds @n finished units; from any thread; nothing for a %NULL @self. */
void likeness_progress_advance (LikenessProgress *self, guint64 n);

/** Reads all fields; from any thread. */
void likeness_progress_snapshot (LikenessProgress *self,
                                 LikenessProgressSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessProgress, likeness_progress_unref)

G_END_DECLS
