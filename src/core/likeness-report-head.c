/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>

#include "likeness-report-number.h"
#include "likeness-report-sections.h"

static const char *const classes[] = {
    [LIKENESS_VERDICT_UNKNOWN] = "verdict",
    [LIKENESS_VERDICT_LEARNING] = "verdict good",
    [LIKENESS_VERDICT_PLATEAU] = "verdict",
    [LIKENESS_VERDICT_OVER_FITTING] = "verdict warn",
    [LIKENESS_VERDICT_FORGETTING] = "verdict warn",
    [LIKENESS_VERDICT_COLLAPSE] = "verdict bad",
};

/* The sentence begins with the state in words; the colour only repeats it. */
static void
add_verdict (LikenessReportPage *page, const LikenessRunSummary *summary)
{
  LikenessVerdictState state = summary->verdict.state;
  const char *sentence = summary->sentence;

  if (sentence == NULL)
    sentence = _ ("The run ended before the untouched network was measured.");
  g_string_append_printf (page->html, "<p class=\"%s\" data-state=\"%s\">",
                          classes[state], likeness_verdict_state_to_string (state));
  likeness_report_page_add_text (page, sentence);
  likeness_report_page_close (page, "p");
}

static void
add_data (LikenessReportPage *page, const LikenessReportSource *source)
{
  const LikenessEvent *start = source->summary->start;
  g_autofree char *data = likeness_report_source_get_data (source);

  if (data != NULL)
    likeness_report_page_add_named_fact (page, _ ("Data set"), data);
  if (start != NULL)
    {
      g_autofree char *people = likeness_report_format_count (start->n_classes);
      g_autofree char *train = likeness_report_format_count (start->n_train);
      g_autofree char *val = likeness_report_format_count (start->n_val);
      /* Translators: people who are trained on, train faces, val faces */
      g_autofree char *text = g_strdup_printf (_ ("%s people, %s train and %s val faces"),
                                               people, train, val);

      likeness_report_page_add_fact (page, _ ("Size"), text);
    }
}

static void
add_weights (LikenessReportPage *page, const LikenessRunConfig *config)
{
  if (config->edgeface != NULL)
    {
      g_autofree char *name = g_path_get_basename (config->edgeface);

      likeness_report_page_add_named_fact (page, _ ("Began with the weights"), name);
    }
  else if (config->from_scratch != NULL)
    {
      /* Translators: the name of a network without trained weights */
      g_autofree char *text
          = g_strdup_printf (_ ("EdgeFace %s, from scratch"), config->from_scratch);

      likeness_report_page_add_fact (page, _ ("Network"), text);
    }
}

/* How the run ended, in a few words. */
static char *
describe_end (const LikenessRunSummary *summary)
{
  guint done = summary->epochs->len, planned = MAX (done, summary->planned);
  g_autofree char *time = likeness_report_format_duration (summary->seconds);

  if (summary->end == NULL)
    /* Translators: epochs done, epochs planned */
    return g_strdup_printf (_ ("Interrupted or still running, after %u of %u epochs"),
                            done, planned);
  if (summary->end->type == LIKENESS_EVENT_FAILED)
    return g_strdup_printf (_ ("Failed after %u of %u epochs: %s"), done, planned,
                            summary->end->text != NULL ? summary->end->text : "");
  if (summary->end->type == LIKENESS_EVENT_STOPPED)
    /* Translators: epochs done, epochs planned, a duration such as "3 min 20 s" */
    return g_strdup_printf (_ ("Stopped on request after %u of %u epochs, in %s"), done,
                            planned, time);
  return g_strdup_printf (_ ("Complete: %u of %u epochs, in %s"), done, planned, time);
}

void
likeness_report_add_head (LikenessReportPage *page, const LikenessReportSource *source)
{
  const LikenessEvent *start = source->summary->start;
  g_autofree char *end = describe_end (source->summary);

  likeness_report_page_open (page, "header", NULL);
  likeness_report_page_add (page, "p", "over", _ ("Likeness report of a run"));
  likeness_report_page_open (page, "h1", NULL);
  likeness_report_page_add_name (page, source->name);
  likeness_report_page_close (page, "h1");
  add_verdict (page, source->summary);
  likeness_report_page_open (page, "dl", NULL);
  if (source->began != NULL)
    {
      /* Translators: day, month, year and time, as strftime writes them */
      g_autofree char *date = g_date_time_format (source->began, _ ("%-e %b %Y, %H:%M"));

      likeness_report_page_add_fact (page, _ ("Began"), date);
    }
  add_data (page, source);
  if (source->config != NULL)
    add_weights (page, source->config);
  if (start != NULL && start->text != NULL)
    likeness_report_page_add_fact (page, _ ("Device"), start->text);
  likeness_report_page_add_fact (page, _ ("Course"), end);
  likeness_report_page_close (page, "dl");
  likeness_report_page_close (page, "header");
}
