/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-feed.h"

#include <pthread.h>

struct _LikenessFeed
{
  gint n_references;

  /* Only for the context's thread */
  LikenessFeedFunc func;
  gpointer user_data;

  /* Owned */
  GMainContext *context;

  /* A GMutex would hide the hand-over from ThreadSanitizer: GLib is not instrumented. */
  pthread_mutex_t mutex;
  GQueue queue;    /* LikenessEvent, oldest first */
  GSource *source; /* pending; NULL: none */
  gboolean closed;
};

LikenessFeed *
likeness_feed_new (LikenessFeedFunc func, gpointer user_data)
{
  LikenessFeed *self = g_new0 (LikenessFeed, 1);

  self->n_references = 1;
  self->func = func;
  self->user_data = user_data;
  self->context = g_main_context_ref_thread_default ();
  pthread_mutex_init (&self->mutex, NULL);
  g_queue_init (&self->queue);
  return self;
}

LikenessFeed *
likeness_feed_ref (LikenessFeed *self)
{
  g_atomic_int_inc (&self->n_references);
  return self;
}

/* A pending source holds a reference, so there is none left here. */
void
likeness_feed_unref (LikenessFeed *self)
{
  if (!g_atomic_int_dec_and_test (&self->n_references))
    return;
  g_queue_clear_full (&self->queue, (GDestroyNotify)likeness_event_free);
  pthread_mutex_destroy (&self->mutex);
  g_main_context_unref (self->context);
  g_free (self);
}

/* The next event, or NULL where there is none or the feed was closed meanwhile. */
static LikenessEvent *
take (LikenessFeed *self)
{
  LikenessEvent *event;

  pthread_mutex_lock (&self->mutex);
  event = g_queue_pop_head (&self->queue);
  pthread_mutex_unlock (&self->mutex);
  return event;
}

static gboolean
drain_cb (gpointer user_data)
{
  LikenessFeed *self = user_data;
  guint left;

  pthread_mutex_lock (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  left = self->queue.length;
  pthread_mutex_unlock (&self->mutex);

  /* What is pushed from now on has a source of its own: a fast worker cannot keep the
   * loop in here. The callback may close the feed, which empties the queue. */
  for (; left > 0; left--)
    {
      g_autoptr (LikenessEvent) event = take (self);

      if (event == NULL)
        break;
      self->func (event, self->user_data);
    }
  return G_SOURCE_REMOVE;
}

void
likeness_feed_push (LikenessFeed *self, LikenessEvent *event)
{
  g_return_if_fail (self != NULL && event != NULL);

  pthread_mutex_lock (&self->mutex);
  if (self->closed)
    {
      pthread_mutex_unlock (&self->mutex);
      likeness_event_free (event);
      return;
    }
  g_queue_push_tail (&self->queue, event);
  if (self->source == NULL)
    {
      self->source = g_idle_source_new ();
      /* Above redraws: a slow renderer must not starve the events. */
      g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (self->source, "LikenessFeed");
      g_source_set_callback (self->source, drain_cb, likeness_feed_ref (self),
                             (GDestroyNotify)likeness_feed_unref);
      g_source_attach (self->source, self->context);
    }
  pthread_mutex_unlock (&self->mutex);
}

void
likeness_feed_close (LikenessFeed *self)
{
  GQueue rest = G_QUEUE_INIT;
  GSource *source;

  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->mutex);
  self->closed = TRUE;
  source = g_steal_pointer (&self->source);
  rest = self->queue;
  g_queue_init (&self->queue);
  pthread_mutex_unlock (&self->mutex);

  if (source != NULL)
    {
      g_source_destroy (source);
      g_source_unref (source);
    }
  g_queue_clear_full (&rest, (GDestroyNotify)likeness_event_free);
}
