/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-feed.h"

#define N_WORKERS 8
#define N_EVENTS 2000

typedef struct
{
  LikenessFeed *feed;
  GThread *owner;
  guint last[N_WORKERS + 1]; /* batch of the last event of worker "epoch" */
  guint n;
  guint close_after;
} Receiver;

static void
receive_cb (const LikenessEvent *event, gpointer user_data)
{
  Receiver *receiver = user_data;

  g_assert_true (g_thread_self () == receiver->owner);
  g_assert_cmpuint (event->epoch, <=, N_WORKERS);
  g_assert_cmpuint (event->batch, ==, receiver->last[event->epoch] + 1);
  receiver->last[event->epoch] = event->batch;
  receiver->n++;
  if (receiver->n == receiver->close_after)
    likeness_feed_close (receiver->feed);
}

typedef struct
{
  LikenessFeed *feed;
  guint number;
} Worker;

static void
push (LikenessFeed *feed, guint worker, guint batch)
{
  LikenessEvent *event = likeness_event_new (LIKENESS_EVENT_BATCH);

  event->epoch = worker;
  event->batch = batch;
  event->text = g_strdup ("on its way");
  likeness_feed_push (feed, event);
}

static gpointer
work_cb (gpointer user_data)
{
  Worker *worker = user_data;

  for (guint i = 1; i <= N_EVENTS; i++)
    push (worker->feed, worker->number, i);
  likeness_feed_unref (worker->feed);
  return NULL;
}

static void
start_workers (LikenessFeed *feed, Worker *workers, GThread **threads)
{
  for (guint i = 0; i < N_WORKERS; i++)
    {
      workers[i] = (Worker){likeness_feed_ref (feed), i + 1};
      threads[i] = g_thread_new ("worker", work_cb, &workers[i]);
    }
}

static void
join (GThread **threads)
{
  for (guint i = 0; i < N_WORKERS; i++)
    g_thread_join (threads[i]);
}

/* Every event of every worker, once, in the worker's order, here. */
static void
test_many_threads (void)
{
  Receiver receiver = {.owner = g_thread_self ()};
  LikenessFeed *feed = likeness_feed_new (receive_cb, &receiver);
  Worker workers[N_WORKERS];
  GThread *threads[N_WORKERS];

  start_workers (feed, workers, threads);
  while (receiver.n < N_WORKERS * N_EVENTS)
    g_main_context_iteration (NULL, TRUE);
  join (threads);
  for (guint i = 1; i <= N_WORKERS; i++)
    g_assert_cmpuint (receiver.last[i], ==, N_EVENTS);
  g_assert_false (g_main_context_pending (NULL));
  likeness_feed_close (feed);
  likeness_feed_unref (feed);
}

/* One wake-up for all that waits. */
static void
test_one_source (void)
{
  Receiver receiver = {.owner = g_thread_self ()};
  LikenessFeed *feed = likeness_feed_new (receive_cb, &receiver);

  for (guint i = 1; i <= 100; i++)
    push (feed, 1, i);
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (receiver.n, ==, 100);
  g_assert_false (g_main_context_pending (NULL));
  likeness_feed_close (feed);
  likeness_feed_unref (feed);
}

static void
test_close (void)
{
  Receiver receiver = {.owner = g_thread_self ()};
  LikenessFeed *feed = likeness_feed_new (receive_cb, &receiver);

  push (feed, 1, 1);
  likeness_feed_close (feed);
  push (feed, 1, 2);
  likeness_feed_close (feed);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (receiver.n, ==, 0);
  likeness_feed_unref (feed);
}

static void
test_close_in_callback (void)
{
  Receiver receiver = {.owner = g_thread_self (), .close_after = 3};
  LikenessFeed *feed = likeness_feed_new (receive_cb, &receiver);

  receiver.feed = feed;
  for (guint i = 1; i <= 10; i++)
    push (feed, 1, i);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (receiver.n, ==, 3);
  likeness_feed_unref (feed);
}

/* Workers that go on after the receiver is gone. */
static void
test_close_under_fire (void)
{
  Receiver receiver = {.owner = g_thread_self (), .close_after = 500};
  LikenessFeed *feed = likeness_feed_new (receive_cb, &receiver);
  Worker workers[N_WORKERS];
  GThread *threads[N_WORKERS];

  receiver.feed = feed;
  start_workers (feed, workers, threads);
  while (receiver.n < 500)
    g_main_context_iteration (NULL, TRUE);
  join (threads);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (receiver.n, ==, 500);
  likeness_feed_unref (feed);
}

static void
test_own_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Receiver receiver = {.owner = g_thread_self ()};
  LikenessFeed *feed;

  g_main_context_push_thread_default (context);
  feed = likeness_feed_new (receive_cb, &receiver);
  g_main_context_pop_thread_default (context);
  push (feed, 1, 1);
  g_assert_false (g_main_context_pending (NULL));
  g_main_context_iteration (context, FALSE);
  g_assert_cmpuint (receiver.n, ==, 1);
  likeness_feed_close (feed);
  likeness_feed_unref (feed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/feed/many-threads", test_many_threads);
  g_test_add_func ("/feed/one-source", test_one_source);
  g_test_add_func ("/feed/close", test_close);
  g_test_add_func ("/feed/close-in-callback", test_close_in_callback);
  g_test_add_func ("/feed/close-under-fire", test_close_under_fire);
  g_test_add_func ("/feed/own-context", test_own_context);
  return g_test_run ();
}
