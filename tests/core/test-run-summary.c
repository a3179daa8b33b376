/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "likeness-run-summary.h"

static LikenessEvent *
make_event (LikenessEventType type, guint epoch, guint64 k)
{
  LikenessEvent *event = likeness_event_new (type);

  event->epoch = epoch;
  event->epochs = 4;
  event->time = 10 * epoch;
  event->best_epoch = epoch;
  event->metrics.top1 = likeness_rate_new (k, 100);
  event->metrics.rank1 = likeness_rate_new (k, 100);
  event->metrics.sim = (double)k / 100;
  event->metrics.val.impostor_mean = -0.01;
  return event;
}

/* Two epochs, stopped, and gone on with: the second epoch is told again. */
static GPtrArray *
make_run (void)
{
  static const struct
  {
    LikenessEventType type;
    guint epoch;
    guint64 k;
  } told[] = {
      {LIKENESS_EVENT_START, 0, 0},  {LIKENESS_EVENT_BASELINE, 0, 40},
      {LIKENESS_EVENT_BATCH, 1, 0},  {LIKENESS_EVENT_EPOCH, 1, 50},
      {LIKENESS_EVENT_EPOCH, 2, 55}, {LIKENESS_EVENT_STOPPED, 2, 0},
      {LIKENESS_EVENT_START, 0, 0},  {LIKENESS_EVENT_EPOCH, 2, 60},
      {LIKENESS_EVENT_EPOCH, 3, 70}, {LIKENESS_EVENT_EPOCH, 9, 1},
      {LIKENESS_EVENT_DONE, 3, 0},
  };
  GPtrArray *events
      = g_ptr_array_new_with_free_func ((GDestroyNotify)likeness_event_free);

  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    g_ptr_array_add (events, make_event (told[i].type, told[i].epoch, told[i].k));
  /* What cannot be: after the third comes no ninth. */
  ((LikenessEvent *)g_ptr_array_index (events, 9))->best_epoch = 0;
  ((LikenessEvent *)g_ptr_array_index (events, 9))->time = 20;
  return events;
}

static void
assert_sentence (const LikenessRunSummary *summary)
{
  const LikenessMetrics *baseline = likeness_run_summary_get_baseline (summary);
  const LikenessMetrics *epochs = (const LikenessMetrics *)summary->epochs->data;
  LikenessVerdict verdict
      = likeness_verdict_decide (baseline, epochs, summary->epochs->len);
  g_autofree char *sentence
      = likeness_verdict_describe (&verdict, baseline, epochs, summary->epochs->len);

  g_assert_cmpint (summary->verdict.state, ==, verdict.state);
  g_assert_cmpstr (summary->sentence, ==, sentence);
}

static void
assert_whole (const LikenessRunSummary *summary)
{
  g_assert_nonnull (summary->start);
  g_assert_cmpuint (summary->epochs->len, ==, 3);
  g_assert_cmpuint (g_array_index (summary->epochs, LikenessMetrics, 1).top1.k, ==, 60);
  g_assert_cmpuint (likeness_run_summary_get_last (summary)->top1.k, ==, 70);
  g_assert_cmpuint (likeness_run_summary_get_baseline (summary)->rank1.k, ==, 40);
  g_assert_cmpuint (summary->best_epoch, ==, 3);
  g_assert_cmpuint (summary->planned, ==, 4);
  g_assert_cmpfloat (summary->seconds, ==, 30);
  g_assert_cmpint (summary->end->type, ==, LIKENESS_EVENT_DONE);
  assert_sentence (summary);
}

static void
test_whole (void)
{
  g_autoptr (GPtrArray) events = make_run ();
  g_autoptr (LikenessRunSummary) summary = likeness_run_summary_new (events);

  /* It keeps what it needs of them. */
  g_clear_pointer (&events, g_ptr_array_unref);
  assert_whole (summary);
}

static void
test_grows (void)
{
  g_autoptr (GPtrArray) events = make_run ();
  g_autoptr (LikenessRunSummary) summary = likeness_run_summary_new (NULL);

  g_assert_null (likeness_run_summary_get_baseline (summary));
  g_assert_null (likeness_run_summary_get_last (summary));
  g_assert_null (summary->sentence);
  for (guint i = 0; i < events->len; i++)
    {
      const LikenessEvent *event = g_ptr_array_index (events, i);
      gboolean ends
          = event->type == LIKENESS_EVENT_STOPPED || event->type == LIKENESS_EVENT_DONE;

      likeness_run_summary_add (summary, event);
      /* A run that goes on has no end any more. */
      g_assert_cmpint (summary->end != NULL, ==, ends);
      if (summary->baseline != NULL)
        assert_sentence (summary);
    }
  g_clear_pointer (&events, g_ptr_array_unref);
  assert_whole (summary);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-summary/whole", test_whole);
  g_test_add_func ("/run-summary/grows-event-by-event", test_grows);
  return g_test_run ();
}
