/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-run-summary.h"

static void
add_epoch (LikenessRunSummary *self, const LikenessEvent *event)
{
  if (event->epoch < 1 || event->epoch > self->epochs->len + 1)
    return;
  g_array_set_size (self->epochs, event->epoch - 1);
  g_array_append_val (self->epochs, event->metrics);
}

static void
add (LikenessRunSummary *self, const LikenessEvent *event)
{
  self->end = NULL;
  /* The latest counts: a run that ended early and was extended has fewer again. */
  if (event->epochs > 0)
    self->planned = event->epochs;
  self->seconds = MAX (self->seconds, event->time);
  switch (event->type)
    {
    case LIKENESS_EVENT_START:
      self->start = event;
      break;
    case LIKENESS_EVENT_BASELINE:
      self->baseline = event;
      break;
    case LIKENESS_EVENT_EPOCH:
      add_epoch (self, event);
      self->best_epoch = event->best_epoch;
      break;
    case LIKENESS_EVENT_DONE:
    case LIKENESS_EVENT_STOPPED:
      self->best_epoch = event->best_epoch;
      self->end = event;
      break;
    case LIKENESS_EVENT_FAILED:
      self->end = event;
      break;
    case LIKENESS_EVENT_STAGE:
    case LIKENESS_EVENT_BATCH:
    case LIKENESS_EVENT_PAUSED:
    case LIKENESS_EVENT_RESUMED:
      break;
    }
}

LikenessRunSummary *
likeness_run_summary_new (GPtrArray *events)
{
  LikenessRunSummary *self = g_new0 (LikenessRunSummary, 1);
  const LikenessMetrics *epochs;

  self->events = g_ptr_array_ref (events);
  self->epochs = g_array_new (FALSE, FALSE, sizeof (LikenessMetrics));
  for (guint i = 0; i < events->len; i++)
    add (self, g_ptr_array_index (events, i));
  if (self->baseline == NULL)
    return self;
  epochs = (const LikenessMetrics *)self->epochs->data;
  self->verdict
      = likeness_verdict_decide (&self->baseline->metrics, epochs, self->epochs->len);
  self->sentence = likeness_verdict_describe (&self->verdict, &self->baseline->metrics,
                                              epochs, self->epochs->len);
  return self;
}

void
likeness_run_summary_free (LikenessRunSummary *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->events);
  g_array_unref (self->epochs);
  g_free (self->sentence);
  g_free (self);
}

gboolean
likeness_run_summary_is_current (const LikenessRunSummary *self,
                                 const LikenessResults *results)
{
  return self->best_epoch == 0 || results->epoch == self->best_epoch;
}
