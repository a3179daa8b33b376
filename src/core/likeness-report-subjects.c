/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-display-name.h"
#include "likeness-report-number.h"
#include "likeness-report-picture.h"
#include "likeness-report-sections.h"

/* About 4 kB each: the report stays one that can be sent. */
#define MOST_PICTURES 200

static void
add_header (LikenessReportPage *page)
{
  static const struct
  {
    const char *title;
    const char *class;
  } columns[] = {
      {N_ ("Subject"), NULL}, {N_ ("Correct"), "num"}, {N_ ("Accuracy"), "rate"},
      {N_ ("Before"), "num"}, {N_ ("Margin"), "num"},  {N_ ("Mostly taken for"), NULL},
  };

  likeness_report_page_add_markup (page, "<table>\n<thead><tr>");
  /* Translators: the column of the pictures */
  likeness_report_page_add (page, "th", NULL, _ ("Face"));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    likeness_report_page_add (page, "th", columns[i].class, _ (columns[i].title));
  likeness_report_page_add_markup (page, "</tr></thead>\n<tbody>\n");
}

static void
add_face (LikenessReportPage *page,
          const LikenessSubjectResult *subject,
          GCancellable *cancellable)
{
  g_autofree char *name = likeness_display_name (subject->name);
  /* Translators: a person's name */
  g_autofree char *alt = g_strdup_printf (_ ("Face of %s"), name);

  likeness_report_page_open (page, "td", "face");
  likeness_report_picture_add (page, subject->example, alt, cancellable);
  likeness_report_page_add_markup (page, "</td>");
}

static void
add_accuracy (LikenessReportPage *page,
              const LikenessRate *rate,
              const LikenessRate *baseline)
{
  g_autofree char *value = likeness_report_format_percent (rate->value);
  g_autofree char *interval = likeness_report_format_percents (rate->low, rate->high);

  likeness_report_page_open (page, "td", "rate");
  if (rate->n == 0)
    likeness_report_page_add (page, "span", "soft", likeness_report_get_none ());
  else
    {
      if (rate->n < LIKENESS_FEWEST_FOR_PERCENT)
        likeness_report_page_add (page, "span", "soft",
                                  _ ("too few faces for a percentage"));
      else
        {
          likeness_report_page_add (page, "span", NULL, value);
          likeness_report_page_add_markup (page, " ");
          likeness_report_page_add (page, "span", "soft", interval);
        }
      likeness_report_add_bar (page, rate->low, rate->high, rate->value,
                               baseline != NULL ? baseline->value : NAN);
    }
  likeness_report_page_add_markup (page, "</td>");
}

static void
add_taken_for (LikenessReportPage *page,
               const LikenessResults *results,
               const LikenessSubjectResult *subject)
{
  likeness_report_page_open (page, "td", NULL);
  if (subject->mostly_taken_for < 0)
    /* Translators: in the column "Mostly taken for" */
    likeness_report_page_add (page, "span", "soft", _ ("nobody"));
  else
    {
      likeness_report_page_add_name (page,
                                     results->subjects[subject->mostly_taken_for].name);
      if (subject->mostly_count > 1)
        {
          /* Translators: after a person's name, how often: "Anna, 3 times" */
          g_autofree char *times = g_strdup_printf (
              ngettext (", %'u time", ", %'u times", subject->mostly_count),
              subject->mostly_count);

          likeness_report_page_add_text (page, times);
        }
    }
  likeness_report_page_add_markup (page, "</td>");
}

static void
add_row (LikenessReportPage *page,
         const LikenessResults *results,
         const LikenessSubjectResult *subject,
         gboolean has_picture,
         GCancellable *cancellable)
{
  const LikenessRate *baseline = results->has_baseline ? &subject->baseline : NULL;
  g_autofree char *correct = likeness_report_format_k_of_n (&subject->accuracy);
  g_autofree char *before = baseline != NULL ? likeness_report_format_k_of_n (baseline)
                                             : g_strdup (likeness_report_get_none ());
  g_autofree char *margin = likeness_report_format_score (subject->margin);

  likeness_report_page_open (page, "tr", NULL);
  if (has_picture)
    add_face (page, subject, cancellable);
  else
    likeness_report_page_add_markup (page, "<td class=\"face\"></td>");
  likeness_report_page_open (page, "th", NULL);
  likeness_report_page_add_name (page, subject->name);
  likeness_report_page_add_markup (page, "</th>");
  likeness_report_page_add (page, "td", "num", correct);
  add_accuracy (page, &subject->accuracy, baseline);
  likeness_report_page_add (page, "td", "num", before);
  likeness_report_page_add (page, "td", "num", margin);
  add_taken_for (page, results, subject);
  likeness_report_page_close (page, "tr");
}

static void
add_note (LikenessReportPage *page, const LikenessResults *results)
{
  likeness_report_page_open (page, "p", "note");
  likeness_report_page_add_text (
      page, _ ("Worst first, by the upper end of the interval. Correct and before count "
               "the val faces that are nearest to their own person, by the tuned and by "
               "the untouched network; the bar shows the 95 % interval, and in grey the "
               "untouched network. The margin is how much more a face resembles its own "
               "person than the nearest other."));
  if (results->n_subjects > MOST_PICTURES)
    {
      g_autofree char *text
          = g_strdup_printf (_ ("Only the first %d subjects are shown with a picture, so "
                                "that the report stays small."),
                             MOST_PICTURES);

      likeness_report_page_add_markup (page, " ");
      likeness_report_page_add_text (page, text);
    }
  likeness_report_page_close (page, "p");
}

void
likeness_report_add_subjects (LikenessReportPage *page,
                              const LikenessReportSource *source,
                              GCancellable *cancellable)
{
  const LikenessResults *results = source->results;
  g_autofree guint *order = NULL;

  if (results == NULL)
    return;
  likeness_report_page_open_section (page, "subjects", _ ("Subjects"));
  add_note (page, results);
  order = g_new (guint, results->n_subjects);
  likeness_results_sort_worst_first (results, order);
  likeness_report_page_open (page, "div", "scroll");
  add_header (page);
  for (guint i = 0; i < results->n_subjects; i++)
    add_row (page, results, &results->subjects[order[i]], i < MOST_PICTURES, cancellable);
  likeness_report_page_add_markup (page, "</tbody>\n</table>\n");
  likeness_report_page_close (page, "div");
  likeness_report_page_close (page, "section");
}
