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

#define MOST_FAILURES 60

/* How sure the network was of the wrong person; what is not a number comes last. */
static double
get_confidence (const LikenessJudgedFace *face)
{
  double confidence = face->score_best_wrong - face->score_true;

  return isnan (confidence) ? -INFINITY : confidence;
}

static int
compare_confidence (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LikenessResults *results = user_data;
  guint first = *(const guint *)a, second = *(const guint *)b;
  double confidence_a = get_confidence (&results->faces[first]);
  double confidence_b = get_confidence (&results->faces[second]);

  if (confidence_a != confidence_b)
    return confidence_a > confidence_b ? -1 : 1;
  return first < second ? -1 : first > second;
}

static void
add_pictures (LikenessReportPage *page,
              const LikenessResults *results,
              const LikenessJudgedFace *face,
              GCancellable *cancellable)
{
  g_autofree char *name = likeness_display_name (results->subjects[face->subject].name);
  g_autofree char *other
      = likeness_display_name (results->subjects[face->taken_for].name);
  /* Translators: a person's name */
  g_autofree char *alt = g_strdup_printf (_ ("The face of %s that was mistaken"), name);
  g_autofree char *other_alt = g_strdup_printf (_ ("Face of %s"), other);

  likeness_report_page_open (page, "div", "pictures");
  likeness_report_picture_add (page, face->path, alt, cancellable);
  likeness_report_picture_add (page, results->subjects[face->taken_for].example,
                               other_alt, cancellable);
  likeness_report_page_close (page, "div");
}

static void
add_words (LikenessReportPage *page,
           const LikenessResults *results,
           const LikenessJudgedFace *face)
{
  g_autofree char *wrong = likeness_report_format_score (face->score_best_wrong);
  g_autofree char *right = likeness_report_format_score (face->score_true);
  g_autofree char *rank = likeness_report_format_count (face->rank);
  /* Translators: the similarity to the wrong person and to the right one */
  g_autofree char *scores = g_strdup_printf (_ ("%s against %s"), wrong, right);
  /* Translators: the place of the right person among all */
  g_autofree char *place = g_strdup_printf (_ ("right person in place %s"), rank);
  g_autofree char *file = g_path_get_basename (face->path);

  likeness_report_page_open (page, "div", "words");
  likeness_report_page_open (page, "b", NULL);
  likeness_report_page_add_name (page, results->subjects[face->subject].name);
  likeness_report_page_add_markup (page, "</b>");
  /* Translators: before a person's name */
  likeness_report_page_add_text (page, _ ("taken for"));
  likeness_report_page_add_markup (page, " ");
  likeness_report_page_add_name (page, results->subjects[face->taken_for].name);
  likeness_report_page_add_markup (page, "<br/>");
  likeness_report_page_add_text (page, scores);
  if (face->rank > 0)
    {
      likeness_report_page_add_markup (page, "<br/>");
      likeness_report_page_add_text (page, place);
    }
  if (results->has_baseline && face->baseline_correct)
    {
      likeness_report_page_add_markup (page, "<br/>");
      likeness_report_page_add_text (page, _ ("right by the untouched network"));
    }
  likeness_report_page_add_markup (page, "<br/><span class=\"soft\">");
  likeness_report_page_add_name (page, file);
  likeness_report_page_add_markup (page, "</span>");
  likeness_report_page_close (page, "div");
}

static void
add_sentence (LikenessReportPage *page, const LikenessResults *results, guint n)
{
  g_autofree char *wrong = likeness_report_format_count (n);
  g_autofree char *all = likeness_report_format_count (results->n_faces);
  g_autofree char *text = NULL;

  if (n == 0)
    text = g_strdup (_ ("No val face is nearer to another person than to its own."));
  else
    /* Translators: faces that are wrong, faces in all */
    text = g_strdup_printf (
        _ ("%s of %s val faces are nearer to another person than to "
           "their own: first the face, then the person it was taken "
           "for, and the similarities to the wrong and to the right one. "
           "The surest mistakes come first."),
        wrong, all);
  likeness_report_page_add (page, "p", "note", text);
}

static void
add_rest (LikenessReportPage *page, guint n)
{
  g_autofree char *text = NULL;

  if (n <= MOST_FAILURES)
    return;
  text = g_strdup_printf (ngettext ("%'u more is listed in %s of the run.",
                                    "%'u more are listed in %s of the run.",
                                    n - MOST_FAILURES),
                          n - MOST_FAILURES, LIKENESS_FACES_CSV_NAME);
  likeness_report_page_add (page, "p", "note", text);
}

void
likeness_report_add_failures (LikenessReportPage *page,
                              const LikenessReportSource *source,
                              GCancellable *cancellable)
{
  const LikenessResults *results = source->results;
  g_autoptr (GArray) wrong = g_array_new (FALSE, FALSE, sizeof (guint));

  if (results == NULL)
    return;
  for (guint i = 0; i < results->n_faces; i++)
    if (!results->faces[i].correct)
      g_array_append_val (wrong, i);
  g_array_sort_with_data (wrong, compare_confidence, (gpointer)results);
  likeness_report_page_open_section (page, "failures", _ ("Failures"));
  add_sentence (page, results, wrong->len);
  likeness_report_page_open (page, "div", "failures");
  for (guint i = 0; i < MIN (wrong->len, MOST_FAILURES); i++)
    {
      const LikenessJudgedFace *face = &results->faces[g_array_index (wrong, guint, i)];

      likeness_report_page_open (page, "div", "failure");
      add_pictures (page, results, face, cancellable);
      add_words (page, results, face);
      likeness_report_page_close (page, "div");
    }
  likeness_report_page_close (page, "div");
  add_rest (page, wrong->len);
  likeness_report_page_close (page, "section");
}
