/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-progress.h"

#include <stdatomic.h>

struct _LikenessProgress
{
  /* Odd while a stage begins: a reader that meets it, or sees it change, reads again. */
  atomic_uint version;
  _Atomic (const char *) stage;
  _Atomic guint64 done;
  _Atomic guint64 total;
  _Atomic gint64 began; /* monotonic, microseconds */
};

LikenessProgress *
likeness_progress_new (void)
{
  LikenessProgress *self = g_atomic_rc_box_new0 (LikenessProgress);

  atomic_store (&self->began, g_get_monotonic_time ());
  return self;
}

LikenessProgress *
likeness_progress_ref (LikenessProgress *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
likeness_progress_unref (LikenessProgress *self)
{
  g_atomic_rc_box_release (self);
}

void
likeness_progress_begin (LikenessProgress *self, const char *stage, guint64 total)
{
  if (self == NULL)
    return;

  atomic_fetch_add (&self->version, 1);
  atomic_store (&self->stage, stage);
  atomic_store (&self->done, 0);
  atomic_store (&self->total, total);
  atomic_store (&self->began, g_get_monotonic_time ());
  atomic_fetch_add (&self->version, 1);
}

void
likeness_progress_advance (LikenessProgress *self, guint64 n)
{
  if (self != NULL)
    atomic_fetch_add (&self->done, n);
}

void
likeness_progress_snapshot (LikenessProgress *self, LikenessProgressSnapshot *snapshot)
{
  guint before, after;
  gint64 began;

  do
    {
      before = atomic_load (&self->version);
      snapshot->stage = atomic_load (&self->stage);
      snapshot->done = atomic_load (&self->done);
      snapshot->total = atomic_load (&self->total);
      began = atomic_load (&self->began);
      after = atomic_load (&self->version);
    }
  while (before % 2 != 0 || before != after);

  snapshot->elapsed = MAX (g_get_monotonic_time () - began, 0) / (double)G_USEC_PER_SEC;
  snapshot->rate = 0;
  snapshot->seconds_left = -1;
  if (snapshot->done > 0 && snapshot->elapsed > 0)
    snapshot->rate = snapshot->done / snapshot->elapsed;
  if (snapshot->total > 0 && snapshot->done >= snapshot->total)
    snapshot->seconds_left = 0;
  else if (snapshot->total > 0 && snapshot->rate > 0)
    snapshot->seconds_left = (snapshot->total - snapshot->done) / snapshot->rate;
}
