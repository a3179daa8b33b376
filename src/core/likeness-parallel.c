/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-parallel.h"

#include <stdatomic.h>

/* What is good for reading files, and the most that may be asked for. */
#define USUAL_THREADS 8
#define MAX_THREADS 256

typedef struct
{
  /* Borrowed */
  LikenessParallelFunc func;
  gpointer data;
  GCancellable *cancellable;

  gsize n;
  gsize chunk;
  atomic_size_t next; /* first item that no thread has taken */
} Work;

static gpointer
work (gpointer data)
{
  Work *self = data;
  gsize begin;

  while (!g_cancellable_is_cancelled (self->cancellable)
         && (begin = atomic_fetch_add (&self->next, self->chunk)) < self->n)
    self->func (begin, MIN (begin + self->chunk, self->n), self->data);
  return NULL;
}

gboolean
likeness_parallel_for (gsize n,
                       gsize chunk,
                       guint threads,
                       LikenessParallelFunc func,
                       gpointer data,
                       GCancellable *cancellable,
                       GError **error)
{
  Work self
      = {.func = func, .data = data, .cancellable = cancellable, .n = n, .chunk = chunk};
  gsize most = threads > 0 ? MIN (threads, MAX_THREADS)
                           : CLAMP (g_get_num_processors (), 2, USUAL_THREADS);
  gsize wanted = MIN (most, (n + chunk - 1) / chunk);
  GThread *others[MAX_THREADS];
  gsize started = 0;

  /* The calling thread is one of them; where no more can be had, it does it all. */
  while (started + 1 < wanted
         && (others[started] = g_thread_try_new ("parallel", work, &self, NULL)) != NULL)
    started++;
  work (&self);
  for (gsize i = 0; i < started; i++)
    g_thread_join (others[i]);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
