/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-cli-evaluate-result.h"

#include <glib/gi18n.h>

#include "likeness-cli-figures.h"
#include "likeness-display-name.h"

/* People worth a line; the rest stand in the JSON and the CSV. */
#define MOST_SUBJECTS 10
/* Below this a percentage says more than is known. */
#define LEAST_FOR_PERCENT 5

#define BEFORE(figure) (results->has_baseline ? (figure) : NULL)

static void
print_closed_set (const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics;
  const LikenessMetrics *then = &results->baseline;

  likeness_cli_print_line (
      _ ("Accuracy (head, top-1)"),
      likeness_cli_format_rate (&now->top1, now->top1_undefined),
      BEFORE (likeness_cli_format_rate (&then->top1, then->top1_undefined)));
  likeness_cli_print_line (
      _ ("Accuracy (head, top-5)"),
      likeness_cli_format_rate (&now->top5, now->top1_undefined),
      BEFORE (likeness_cli_format_rate (&then->top5, then->top1_undefined)));
  likeness_cli_print_line (
      _ ("Accuracy (head, mean over people)"),
      likeness_cli_format_number (now->macro_top1, now->top1_undefined),
      BEFORE (likeness_cli_format_number (then->macro_top1, then->top1_undefined)));
  likeness_cli_print_line (
      _ ("Rank-1 (centroids)"),
      likeness_cli_format_rate (&now->rank1, now->rank1_undefined),
      BEFORE (likeness_cli_format_rate (&then->rank1, then->rank1_undefined)));
  likeness_cli_print_line (
      _ ("Sim"), likeness_cli_format_number (now->sim, now->sim_undefined),
      BEFORE (likeness_cli_format_number (then->sim, then->sim_undefined)));
}

static void
print_reasons (const LikenessMetrics *metrics)
{
  if (metrics->top1_undefined != LIKENESS_DEFINED)
    g_print (_ ("Accuracy by head is n/a: %s.\n"),
             likeness_undefined_describe (metrics->top1_undefined));
  if (metrics->rank1_undefined != LIKENESS_DEFINED)
    g_print (_ ("Rank-1 is n/a: %s.\n"),
             likeness_undefined_describe (metrics->rank1_undefined));
  if (metrics->sim_undefined != LIKENESS_DEFINED)
    g_print (_ ("Sim is n/a: %s.\n"),
             likeness_undefined_describe (metrics->sim_undefined));
}

static void
print_subject (const LikenessResults *results, guint index)
{
  const LikenessSubjectResult *subject = &results->subjects[index];
  g_autofree char *name = likeness_display_name (subject->name);
  g_autofree char *share = NULL;
  g_autofree char *taken_for = NULL;

  if (subject->accuracy.n >= LEAST_FOR_PERCENT)
    share = g_strdup_printf ("%3.0f %%", 100 * subject->accuracy.value);
  if (subject->mostly_taken_for >= 0)
    taken_for = likeness_display_name (results->subjects[subject->mostly_taken_for].name);
  g_print ("  %-24s %3" G_GUINT64_FORMAT "/%-3" G_GUINT64_FORMAT " %-6s %+.3f  ", name,
           subject->accuracy.k, subject->accuracy.n, share != NULL ? share : "",
           subject->margin);
  if (taken_for != NULL)
    g_print (_ ("taken for %s (%u)"), taken_for, subject->mostly_count);
  g_print ("\n");
}

static void
print_subjects (const LikenessResults *results)
{
  g_autofree guint *order = g_new (guint, results->n_subjects);
  guint shown = 0;

  likeness_results_sort_worst_first (results, order);
  for (guint i = 0; i < results->n_subjects && shown < MOST_SUBJECTS; i++)
    {
      const LikenessRate *rate = &results->subjects[order[i]].accuracy;

      if (rate->n == 0 || rate->k == rate->n)
        continue;
      if (shown++ == 0)
        g_print (_ ("Known worst (right/faces, mean margin):\n"));
      print_subject (results, order[i]);
    }
}

void
likeness_cli_evaluate_result_print (const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics;
  const LikenessMetrics *then = &results->baseline;

  g_print (_ ("%u val faces of %u people, input %s\n"), results->n_faces,
           results->n_subjects, results->input);
  if (results->has_baseline)
    {
      g_autofree char *after = g_strdup_printf (_ ("after epoch %u"), results->epoch);

      likeness_cli_print_line ("", g_steal_pointer (&after), g_strdup (_ ("untouched")));
    }
  print_closed_set (results);
  print_reasons (now);
  likeness_cli_print_verification (_ ("Val"), &now->val, BEFORE (&then->val));
  if (now->has_strangers)
    {
      likeness_cli_print_verification (_ ("Strangers, as shown against best"),
                                       &now->strangers_low_high,
                                       BEFORE (&then->strangers_low_high));
      likeness_cli_print_verification (_ ("Strangers, best against best"),
                                       &now->strangers_high_high,
                                       BEFORE (&then->strangers_high_high));
    }
  else
    g_print (_ ("Strangers: none; %s.\n"),
             likeness_undefined_describe (LIKENESS_UNDEFINED_NO_STRANGERS));
  print_subjects (results);
}
