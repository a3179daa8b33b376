/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-report-number.h"
#include "likeness-report-sections.h"

/* One card: texts are owned. */
typedef struct
{
  const char *id;
  const char *caption;
  char *value;  /* %NULL: n/a, for the reason in detail */
  char *detail; /* n */
  char *more;   /* nullable: the interval */
  char *before;
  char *before_more; /* nullable */
  double low, high, now, was;
  gboolean has_bar;
} Card;

static void
card_clear (Card *card)
{
  g_free (card->value);
  g_free (card->detail);
  g_free (card->more);
  g_free (card->before);
  g_free (card->before_more);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Card, card_clear)

static void
add_card (LikenessReportPage *page, const Card *card)
{
  g_string_append_printf (page->html, "<div class=\"card\" id=\"figure-%s\">", card->id);
  likeness_report_page_add (page, "h3", NULL, card->caption);
  if (card->value != NULL)
    likeness_report_page_add (page, "div", "value", card->value);
  else
    likeness_report_page_add (page, "div", "value none", likeness_report_get_none ());
  if (card->has_bar)
    likeness_report_add_bar (page, card->low, card->high, card->now, card->was);
  likeness_report_page_add (page, "p", NULL, card->detail);
  if (card->more != NULL)
    likeness_report_page_add (page, "p", NULL, card->more);
  likeness_report_page_add (page, "p", "soft", card->before);
  if (card->before_more != NULL)
    likeness_report_page_add (page, "p", "soft", card->before_more);
  likeness_report_page_close (page, "div");
}

/* The reason, or the one that a number without faces has. */
static const char *
get_reason (LikenessUndefined reason)
{
  return likeness_undefined_describe (
      reason != LIKENESS_DEFINED ? reason : LIKENESS_UNDEFINED_TOO_FEW);
}

static char *
describe_before (const LikenessResults *results, const char *value, const char *reason)
{
  if (!results->has_baseline)
    return g_strdup_printf (_ ("untouched: %s (not judged)"),
                            likeness_report_get_none ());
  if (reason != NULL)
    /* Translators: "n/a", and the reason of it */
    return g_strdup_printf (_ ("untouched: %s (%s)"), likeness_report_get_none (),
                            reason);
  /* Translators: the figure of the network before it was trained */
  return g_strdup_printf (_ ("untouched: %s"), value);
}

/* "89.5 %, 334 of 373" */
static char *
describe_rate (const LikenessRate *rate)
{
  g_autofree char *value = likeness_report_format_rate (rate);
  g_autofree char *k_of_n = likeness_report_format_k_of_n (rate);

  if (rate->n < LIKENESS_FEWEST_FOR_PERCENT)
    return g_steal_pointer (&value);
  /* Translators: a percentage; right faces of all: "89.5 %, 334 of 373" */
  return g_strdup_printf (_ ("%s, %s"), value, k_of_n);
}

/* Takes @interval. */
static char *
describe_interval (char *interval)
{
  /* Translators: the ends of an interval: "95 % interval 86.0–92.2 %" */
  char *text = g_strdup_printf (_ ("95 %% interval %s"), interval);

  g_free (interval);
  return text;
}

static void
add_rate (LikenessReportPage *page,
          const LikenessResults *results,
          Card *card,
          const LikenessRate *now,
          LikenessUndefined now_reason,
          const LikenessRate *was,
          LikenessUndefined was_reason)
{
  g_autofree char *before = describe_rate (was);
  gboolean has_was = was_reason == LIKENESS_DEFINED && was->n > 0;

  card->before
      = describe_before (results, before, has_was ? NULL : get_reason (was_reason));
  if (results->has_baseline && has_was)
    card->before_more
        = describe_interval (likeness_report_format_percents (was->low, was->high));
  if (now_reason != LIKENESS_DEFINED || now->n == 0)
    card->detail = g_strdup (get_reason (now_reason));
  else
    {
      card->value = likeness_report_format_rate (now);
      card->detail = likeness_report_format_k_of_n (now);
      card->more
          = describe_interval (likeness_report_format_percents (now->low, now->high));
      card->has_bar = TRUE;
      card->low = now->low;
      card->high = now->high;
      card->now = now->value;
      card->was = results->has_baseline && has_was ? was->value : NAN;
    }
  add_card (page, card);
}

static void
add_sim (LikenessReportPage *page, const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics, *was = &results->baseline;
  g_auto (Card) card = {.id = "sim", .caption = _ ("Similarity (Sim)")};
  g_autofree char *n = likeness_report_format_count (now->sim_n);
  g_autofree char *before = likeness_report_format_score (was->sim);
  LikenessEstimate estimate;
  gboolean has_was = was->sim_undefined == LIKENESS_DEFINED && isfinite (was->sim);

  card.before = describe_before (results, before,
                                 has_was ? NULL : get_reason (was->sim_undefined));
  if (!likeness_estimate_measure (now, LIKENESS_MEASURE_SIM, &estimate))
    card.detail = g_strdup (get_reason (now->sim_undefined));
  else
    {
      card.value = likeness_report_format_score (now->sim);
      card.detail = g_strdup_printf (_ ("%s faces"), n);
      if (estimate.high > estimate.low)
        card.more = describe_interval (
            likeness_report_format_scores (estimate.low, estimate.high));
      card.has_bar = TRUE;
      card.low = estimate.low;
      card.high = estimate.high;
      card.now = now->sim;
      card.was = results->has_baseline && has_was ? was->sim : NAN;
    }
  add_card (page, &card);
}

static void
add_impostors (LikenessReportPage *page, const LikenessResults *results)
{
  const LikenessVerification *now = &results->metrics.val, *was = &results->baseline.val;
  g_auto (Card) card = {.id = "impostors", .caption = _ ("Impostor mean")};
  g_autofree char *n = likeness_report_format_count (now->n_impostor);
  g_autofree char *p999 = likeness_report_format_score (now->impostor_p999);
  g_autofree char *before = likeness_report_format_score (was->impostor_mean);
  const char *too_few = likeness_undefined_describe (LIKENESS_UNDEFINED_TOO_FEW);

  card.before
      = describe_before (results, before, isfinite (was->impostor_mean) ? NULL : too_few);
  if (!isfinite (now->impostor_mean))
    card.detail = g_strdup (too_few);
  else
    {
      card.value = likeness_report_format_score (now->impostor_mean);
      card.detail = g_strdup_printf (_ ("%s pairs"), n);
      /* Translators: the similarity that all but a thousandth of the pairs stay below */
      card.more = g_strdup_printf (_ ("99.9 %% below %s"), p999);
      card.has_bar = TRUE;
      card.low = card.high = NAN;
      card.now = now->impostor_mean;
      card.was = results->has_baseline ? was->impostor_mean : NAN;
    }
  add_card (page, &card);
}

static char *
describe_strangers (const LikenessMetrics *now)
{
  g_autofree char *subjects = likeness_report_format_count (now->strangers_subjects);
  g_autofree char *n = likeness_report_format_count (now->strangers_n);

  return g_strdup_printf (_ ("FAR 1 %%, %s people, %s faces"), subjects, n);
}

static void
add_strangers (LikenessReportPage *page, const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics, *was = &results->baseline;
  g_auto (Card) card = {.id = "strangers", .caption = _ ("Strangers’ TAR")};
  double tar = now->strangers_low_high.tar_1e2.tar;
  double tar_was = was->has_strangers ? was->strangers_low_high.tar_1e2.tar : NAN;
  g_autofree char *before = likeness_report_format_percent (tar_was);
  LikenessEstimate estimate;
  gboolean has_interval
      = likeness_estimate_tar (&now->strangers_low_high, FALSE, &estimate);

  card.before = describe_before (
      results, before,
      isfinite (tar_was)
          ? NULL
          : get_reason (was->has_strangers ? LIKENESS_UNDEFINED_TOO_FEW
                                           : LIKENESS_UNDEFINED_NO_STRANGERS));
  if (!now->has_strangers || !isfinite (tar))
    card.detail
        = g_strdup (get_reason (now->has_strangers ? LIKENESS_UNDEFINED_TOO_FEW
                                                   : LIKENESS_UNDEFINED_NO_STRANGERS));
  else
    {
      card.value = likeness_report_format_percent (tar);
      card.detail = describe_strangers (now);
      card.more = has_interval ? describe_interval (likeness_report_format_percents (
                                     estimate.low, estimate.high))
                               : g_strdup (_ ("too few pairs for an interval"));
      card.has_bar = TRUE;
      card.low = has_interval ? estimate.low : NAN;
      card.high = has_interval ? estimate.high : NAN;
      card.now = tar;
      card.was = results->has_baseline ? tar_was : NAN;
    }
  add_card (page, &card);
}

static void
add_cards (LikenessReportPage *page, const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics, *was = &results->baseline;
  g_auto (Card) top1 = {.id = "top1", .caption = _ ("Accuracy (head, top-1)")};
  g_auto (Card) rank1 = {.id = "rank1", .caption = _ ("Rank-1 (centroids)")};

  likeness_report_page_open (page, "div", "cards");
  add_rate (page, results, &top1, &now->top1, now->top1_undefined, &was->top1,
            was->top1_undefined);
  add_rate (page, results, &rank1, &now->rank1, now->rank1_undefined, &was->rank1,
            was->rank1_undefined);
  add_sim (page, results);
  add_impostors (page, results);
  add_strangers (page, results);
  likeness_report_page_close (page, "div");
}

/* Which weights were judged on which pictures. */
static void
add_origin (LikenessReportPage *page, const LikenessResults *results)
{
  g_autofree char *epoch = NULL;
  g_autofree char *input = NULL;

  if (g_strcmp0 (results->input, "low") == 0)
    input = g_strdup (_ ("Judged on the low-resolution faces."));
  else if (g_strcmp0 (results->input, "high") == 0)
    input = g_strdup (_ ("Judged on the best images."));
  else
    /* Translators: a number of pixels */
    input = g_strdup_printf (_ ("Judged on faces reduced to %s px."),
                             results->input != NULL ? results->input
                                                    : likeness_report_get_none ());
  likeness_report_page_open (page, "p", "note");
  if (results->epoch > 0)
    {
      epoch
          = g_strdup_printf (_ ("Weights of epoch %'u, chosen as the best on these very "
                                "faces: new faces will do slightly worse."),
                             results->epoch);
      likeness_report_page_add_text (page, epoch);
      likeness_report_page_add_markup (page, " ");
    }
  likeness_report_page_add_text (page, input);
  likeness_report_page_add_markup (page, " ");
  if (results->super_resolution != NULL)
    {
      g_autofree char *model
          = g_strdup_printf (_ ("They were enlarged by the super-resolution model “%s”."),
                             results->super_resolution);

      likeness_report_page_add_text (page, model);
      likeness_report_page_add_markup (page, " ");
    }
  likeness_report_page_add_text (
      page, _ ("An impostor mean above 0.15 is a collapse. Bars go from 0 to 1: blue the "
               "tuned network with its 95 % interval, grey the untouched one."));
  likeness_report_page_close (page, "p");
}

/* Why there are no results, or not those of the best weights, and what makes them. */
static void
add_advice (LikenessReportPage *page, const LikenessReportSource *source)
{
  g_autofree char *quoted = g_shell_quote (source->run);
  g_autofree char *command = g_strconcat ("likeness-cli evaluate --run ", quoted, NULL);
  g_autofree char *reason = NULL;

  if (source->results != NULL)
    /* Translators: epochs */
    reason = g_strdup_printf (
        _ ("These results are of epoch %u, but the best weights are those of epoch %u by "
           "now. To judge them, run:"),
        source->results->epoch, source->summary->best_epoch);
  else if (source->results_error != NULL)
    /* Translators: a sentence that says what is wrong with a file */
    reason = g_strdup_printf (_ ("%s. To make the results anew, run:"),
                              source->results_error->message);
  else
    reason = g_strdup (_ ("The run has not been judged yet. To make its results, run:"));
  likeness_report_page_open (page, "p", NULL);
  likeness_report_page_add_text (page, reason);
  likeness_report_page_add_markup (page, " ");
  likeness_report_page_open (page, "code", NULL);
  likeness_report_page_add_name (page, command);
  likeness_report_page_add_markup (page, "</code>");
  likeness_report_page_close (page, "p");
}

void
likeness_report_add_figures (LikenessReportPage *page, const LikenessReportSource *source)
{
  const LikenessResults *results = source->results;

  likeness_report_page_open_section (page, "figures", _ ("Figures"));
  if (results == NULL || !likeness_run_summary_is_current (source->summary, results))
    add_advice (page, source);
  if (results != NULL)
    {
      add_origin (page, results);
      add_cards (page, results);
    }
  likeness_report_page_close (page, "section");
}
