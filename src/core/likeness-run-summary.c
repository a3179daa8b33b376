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
take (LikenessEvent **field, const LikenessEvent *event)
{
  g_clear_pointer (field, likeness_event_free);
  *field = likeness_event_copy (event);
}

static void
add (LikenessRunSummary *self, const LikenessEvent *event)
{
  g_clear_pointer (&self->end, likeness_event_free);
  /* The latest counts: a run that ended early and was extended has fewer again. */
  if (event->epochs > 0)
    self->planned = event->epochs;
  self->seconds = MAX (self->seconds, event->time);
  /* What ends before it has looked back tells none. */
  if (event->best_epoch > 0)
    self->best_epoch = event->best_epoch;
  switch (event->type)
    {
    case LIKENESS_EVENT_START:
      take (&self->start, event);
      break;
    case LIKENESS_EVENT_BASELINE:
      take (&self->baseline, event);
      break;
    case LIKENESS_EVENT_EPOCH:
      add_epoch (self, event);
      break;
    case LIKENESS_EVENT_DONE:
    case LIKENESS_EVENT_STOPPED:
    case LIKENESS_EVENT_FAILED:
      take (&self->end, event);
      break;
    case LIKENESS_EVENT_STAGE:
    case LIKENESS_EVENT_BATCH:
    case LIKENESS_EVENT_PAUSED:
    case LIKENESS_EVENT_RESUMED:
      break;
    }
}

static void
decide (LikenessRunSummary *self)
{
  const LikenessMetrics *epochs = (const LikenessMetrics *)self->epochs->data;
  const LikenessMetrics *baseline = likeness_run_summary_get_baseline (self);

  if (baseline == NULL)
    return;
  self->verdict = likeness_verdict_decide (baseline, epochs, self->epochs->len);
  g_free (self->sentence);
  self->sentence
      = likeness_verdict_describe (&self->verdict, baseline, epochs, self->epochs->len);
}

LikenessRunSummary *
likeness_run_summary_new (GPtrArray *events)
{
  LikenessRunSummary *self = g_new0 (LikenessRunSummary, 1);

  self->epochs = g_array_new (FALSE, FALSE, sizeof (LikenessMetrics));
  for (guint i = 0; events != NULL && i < events->len; i++)
    add (self, g_ptr_array_index (events, i));
  decide (self);
  return self;
}

void
likeness_run_summary_free (LikenessRunSummary *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->start, likeness_event_free);
  g_clear_pointer (&self->baseline, likeness_event_free);
  g_clear_pointer (&self->end, likeness_event_free);
  g_array_unref (self->epochs);
  g_free (self->sentence);
  g_free (self);
}

void
likeness_run_summary_add (LikenessRunSummary *self, const LikenessEvent *event)
{
  add (self, event);
  if (event->type == LIKENESS_EVENT_BASELINE || event->type == LIKENESS_EVENT_EPOCH)
    decide (self);
}

const LikenessMetrics *
likeness_run_summary_get_baseline (const LikenessRunSummary *self)
{
  return self->baseline != NULL ? &self->baseline->metrics : NULL;
}

const LikenessMetrics *
likeness_run_summary_get_last (const LikenessRunSummary *self)
{
  return self->epochs->len > 0
             ? &g_array_index (self->epochs, LikenessMetrics, self->epochs->len - 1)
             : NULL;
}

gboolean
likeness_run_summary_is_current (const LikenessRunSummary *self,
                                 const LikenessResults *results)
{
  return self->best_epoch == 0 || results->epoch == self->best_epoch;
}
