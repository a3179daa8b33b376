/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#pragma once

#include "likeness-event.h"

G_BEGIN_DECLS

/**
 * LikenessFeed:
 *
 * Hands events from a worker to the thread of a main context: a queue under a pthread
 * mutex, at most one pending source, drained in one go. Atomic reference count.
 */
typedef struct _LikenessFeed LikenessFeed;

/** @event: (transfer none); called in the feed's context. */
typedef void (*LikenessFeedFunc) (const LikenessEvent *event, gpointer user_data);

/** Attaches to the calling thread's default main context. */
LikenessFeed *likeness_feed_new (LikenessFeedFunc func,
                                 gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
LikenessFeed *likeness_feed_ref (LikenessFeed *self);
void likeness_feed_unref (LikenessFeed *self);
/** From the worker; @event: (transfer full). */
void likeness_feed_push (LikenessFeed *self, LikenessEvent *event);
/** From the context's thread: no callback runs after this returns. */
void likeness_feed_close (LikenessFeed *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LikenessFeed, likeness_feed_unref)

G_END_DECLS
