/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-report-number.h"
#include "likeness-report-sections.h"

/* False accepts below which a rate is little more than noise. */
#define ENOUGH_FALSE_ACCEPTS 30
#define ENOUGH_STRANGERS 30

static const char *const columns[] = {
    N_ ("Pairs, genuine"),
    N_ ("impostor"),
    N_ ("EER"),
    N_ ("TAR at FAR 1 %"),
    N_ ("threshold"),
    N_ ("false accepts"),
    N_ ("TAR at FAR 0.1 %"),
    N_ ("threshold"),
    N_ ("false accepts"),
    N_ ("d′"),
};

static void
add_number (LikenessReportPage *page, char *text)
{
  likeness_report_page_add (page, "td", "num", text);
  g_free (text);
}

static void
add_tar (LikenessReportPage *page, const LikenessTarAtFar *tar)
{
  g_autofree char *rate = likeness_report_format_percent (tar->tar);
  gboolean is_weak = isfinite (tar->tar) && tar->false_accepts < ENOUGH_FALSE_ACCEPTS;

  add_number (page, g_strconcat (rate, is_weak ? " †" : "", NULL));
  add_number (page, likeness_report_format_score (tar->threshold));
  add_number (page, isfinite (tar->tar)
                        ? likeness_report_format_count (tar->false_accepts)
                        : g_strdup (likeness_report_get_none ()));
}

static void
add_row (LikenessReportPage *page, const char *title, const LikenessVerification *pairs)
{
  likeness_report_page_open (page, "tr", NULL);
  likeness_report_page_add (page, "th", NULL, title);
  add_number (page, likeness_report_format_count (pairs->n_genuine));
  add_number (page, likeness_report_format_count (pairs->n_impostor));
  add_number (page, likeness_report_format_percent (pairs->eer));
  add_tar (page, &pairs->tar_1e2);
  add_tar (page, &pairs->tar_1e3);
  add_number (page, likeness_report_format_score (pairs->d_prime));
  likeness_report_page_close (page, "tr");
}

/* @was: (nullable) */
static void
add_set (LikenessReportPage *page,
         const char *title,
         const LikenessVerification *was,
         const LikenessVerification *now)
{
  likeness_report_page_add_markup (page, "<tbody>\n<tr>");
  g_string_append_printf (page->html, "<th class=\"set\" colspan=\"%u\">",
                          (guint)G_N_ELEMENTS (columns) + 1);
  likeness_report_page_add_text (page, title);
  likeness_report_page_add_markup (page, "</th></tr>\n");
  if (was != NULL)
    add_row (page, _ ("untouched"), was);
  /* Translators: the network after training, in a table row */
  add_row (page, _ ("tuned"), now);
  likeness_report_page_close (page, "tbody");
}

static void
add_strangers (LikenessReportPage *page, const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics, *was = &results->baseline;
  gboolean has_was = results->has_baseline && was->has_strangers;

  if (g_strcmp0 (results->input, "high") != 0)
    add_set (page, _ ("Strangers, the face as trained against the best image"),
             has_was ? &was->strangers_low_high : NULL, &now->strangers_low_high);
  add_set (page, _ ("Strangers, best images against each other"),
           has_was ? &was->strangers_high_high : NULL, &now->strangers_high_high);
}

static void
add_notes (LikenessReportPage *page, const LikenessMetrics *now)
{
  likeness_report_page_open (page, "p", "note");
  likeness_report_page_add_text (
      page, _ ("All pairs of two different photos. EER: the rate at which false accepts "
               "and false rejects are equally frequent. TAR at FAR: the share of genuine "
               "pairs that is accepted where at most that share of impostors is. † rests "
               "on fewer than 30 false accepts: take it as a hint."));
  if (now->has_strangers && now->strangers_subjects < ENOUGH_STRANGERS)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("There is only %u stranger: the figures stand, but no verdict rests "
                    "on them.",
                    "There are only %u strangers: the figures stand, but no verdict "
                    "rests on them.",
                    now->strangers_subjects),
          now->strangers_subjects);

      likeness_report_page_add_markup (page, " ");
      likeness_report_page_add_text (page, text);
    }
  likeness_report_page_close (page, "p");
}

void
likeness_report_add_verification (LikenessReportPage *page,
                                  const LikenessReportSource *source)
{
  const LikenessResults *results = source->results;

  if (results == NULL)
    return;
  likeness_report_page_open_section (page, "verification", _ ("Verification"));
  likeness_report_page_open (page, "div", "scroll");
  likeness_report_page_add_markup (page, "<table>\n<thead><tr><th></th>");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    likeness_report_page_add (page, "th", "num", _ (columns[i]));
  likeness_report_page_add_markup (page, "</tr></thead>\n");
  add_set (page, _ ("Val"), results->has_baseline ? &results->baseline.val : NULL,
           &results->metrics.val);
  if (results->metrics.has_strangers)
    add_strangers (page, results);
  likeness_report_page_close (page, "table");
  likeness_report_page_close (page, "div");
  if (!results->metrics.has_strangers)
    {
      /* Translators: the reason that there are no figures about strangers */
      g_autofree char *text = g_strdup_printf (
          _ ("Strangers: %s (%s)."), likeness_report_get_none (),
          likeness_undefined_describe (LIKENESS_UNDEFINED_NO_STRANGERS));

      likeness_report_page_add (page, "p", "note", text);
    }
  add_notes (page, &results->metrics);
  likeness_report_page_close (page, "section");
}
