/* SPDX-License-Identifier: Apache-2.0
 * Copyright 2026 The Likeness authors
 */

#include "config.h"

#include "likeness-headline.h"

#include <glib/gi18n.h>
#include <math.h>

#include "likeness-format.h"

#define DASH "–"

char *
likeness_headline_format_rate (const LikenessRate *rate)
{
  g_autofree char *k = likeness_format_count (rate->k);
  g_autofree char *n = likeness_format_count (rate->n);

  if (rate->n == 0)
    return g_strdup (DASH);
  if (rate->n < LIKENESS_FEWEST_FOR_PERCENT)
    /* Translators: faces that were recognised, of all: "3 of 4" */
    return g_strdup_printf (_ ("%s of %s"), k, n);
  return likeness_format_percent (rate->value);
}

char *
likeness_headline_format_interval (const LikenessRate *rate)
{
  if (rate->n == 0)
    return g_strdup (DASH);
  /* Translators: the two ends of an interval in percent: "86.0–92.2 %" */
  return likeness_format_figure (
      g_strdup_printf (_ ("%.1f–%.1f %%"), rate->low * 100, rate->high * 100));
}

/* What the untouched network had, or why nobody can say. */
static char *
describe_before (const LikenessResults *results, const char *value, const char *reason)
{
  if (!results->has_baseline)
    return g_strdup (_ ("untouched: – (not judged)"));
  if (reason != NULL && *reason != '\0')
    /* Translators: a dash in place of a figure, and the reason of it */
    return g_strdup_printf (_ ("untouched: – (%s)"), reason);
  /* Translators: the figure of the network before it was trained */
  return g_strdup_printf (_ ("untouched: %s"), value);
}

static void
fill_rate (LikenessHeadline *self,
           const LikenessResults *results,
           const LikenessRate *now,
           LikenessUndefined now_undefined,
           const LikenessRate *was,
           LikenessUndefined was_undefined)
{
  g_autofree char *before = likeness_headline_format_rate (was);

  self->before = describe_before (
      results, before,
      was->n == 0 || was_undefined != LIKENESS_DEFINED
          ? likeness_undefined_describe (was_undefined != LIKENESS_DEFINED
                                             ? was_undefined
                                             : LIKENESS_UNDEFINED_TOO_FEW)
          : NULL);
  if (results->has_baseline && was_undefined == LIKENESS_DEFINED)
    self->was = was->value;
  if (now_undefined != LIKENESS_DEFINED || now->n == 0)
    {
      self->value = g_strdup (DASH);
      self->detail = g_strdup (likeness_undefined_describe (
          now_undefined != LIKENESS_DEFINED ? now_undefined
                                            : LIKENESS_UNDEFINED_TOO_FEW));
      return;
    }
  {
    g_autofree char *k = likeness_format_count (now->k);
    g_autofree char *n = likeness_format_count (now->n);
    g_autofree char *interval = likeness_headline_format_interval (now);

    self->value = likeness_headline_format_rate (now);
    /* Translators: right faces of all, and the interval: "334 of 373, 86.0–92.2 %" */
    self->detail = g_strdup_printf (_ ("%s of %s, %s"), k, n, interval);
    self->now = now->value;
    self->low = now->low;
    self->high = now->high;
  }
}

static char *
format_sim (const LikenessMetrics *metrics)
{
  g_autofree char *sim = likeness_format_score (metrics->sim);
  g_autofree char *impostor = likeness_format_score (metrics->val.impostor_mean);

  /* Translators: mean similarity of the same and of different people */
  return g_strdup_printf (_ ("%s, impostors %s"), sim, impostor);
}

static void
fill_sim (LikenessHeadline *self, const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics, *was = &results->baseline;
  g_autofree char *before = format_sim (was);
  g_autofree char *impostor = likeness_format_score (now->val.impostor_mean);

  self->before = describe_before (results, before,
                                  likeness_undefined_describe (was->sim_undefined));
  if (results->has_baseline && was->sim_undefined == LIKENESS_DEFINED)
    self->was = was->sim;
  if (now->sim_undefined != LIKENESS_DEFINED || isnan (now->sim))
    {
      self->value = g_strdup (DASH);
      self->detail = g_strdup (likeness_undefined_describe (
          now->sim_undefined != LIKENESS_DEFINED ? now->sim_undefined
                                                 : LIKENESS_UNDEFINED_TOO_FEW));
      return;
    }
  {
    g_autofree char *n = likeness_format_count (now->sim_n);

    self->value = likeness_format_score (now->sim);
    /* Translators: mean similarity of different people, and how many faces: "impostors
     * 0.021, 373 faces" */
    self->detail = g_strdup_printf (_ ("impostors %s, %s faces"), impostor, n);
    self->now = now->sim;
  }
}

static char *
describe_strangers (const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics;
  g_autofree char *n = likeness_format_count (now->strangers_n);
  g_autofree char *subjects = likeness_format_subjects (now->strangers_subjects);

  if (g_strcmp0 (results->input, "high") == 0)
    /* Translators: "TAR at FAR 1 %: 16 subjects, 206 faces" */
    return g_strdup_printf (_ ("TAR at FAR 1 %%: %s, %s faces"), subjects, n);
  return g_strdup_printf (_ ("TAR at FAR 1 %%, low against high: %s, %s faces"), subjects,
                          n);
}

static void
fill_strangers (LikenessHeadline *self, const LikenessResults *results)
{
  const LikenessMetrics *now = &results->metrics, *was = &results->baseline;
  double tar_now = now->strangers_low_high.tar_1e2.tar;
  double tar_was = was->strangers_low_high.tar_1e2.tar;
  g_autofree char *before = likeness_format_percent (tar_was);
  const char *too_few = likeness_undefined_describe (LIKENESS_UNDEFINED_TOO_FEW);

  if (!now->has_strangers)
    {
      self->value = g_strdup (DASH);
      self->detail
          = g_strdup (likeness_undefined_describe (LIKENESS_UNDEFINED_NO_STRANGERS));
      self->before = g_strdup ("");
      return;
    }
  self->now = tar_now;
  self->was = results->has_baseline ? tar_was : NAN;
  self->value = likeness_format_percent (tar_now);
  self->detail = isnan (tar_now) ? g_strdup (too_few) : describe_strangers (results);
  self->before = describe_before (results, before, isnan (tar_was) ? too_few : NULL);
  if (g_strcmp0 (results->input, "high") != 0)
    {
      g_autofree char *high
          = likeness_format_percent (now->strangers_high_high.tar_1e2.tar);
      g_autofree char *high_was = likeness_format_percent (
          results->has_baseline ? was->strangers_high_high.tar_1e2.tar : NAN);

      /* Translators: the best images of strangers against each other, after and before */
      self->more
          = g_strdup_printf (_ ("high against high: %s, untouched: %s"), high, high_was);
    }
}

static void
headline_free (gpointer data)
{
  LikenessHeadline *self = data;

  g_free (self->value);
  g_free (self->detail);
  g_free (self->before);
  g_free (self->more);
  g_free (self);
}

static LikenessHeadline *
add (GPtrArray *headlines, const char *name, const char *caption, const char *meaning)
{
  LikenessHeadline *self = g_new0 (LikenessHeadline, 1);

  self->name = name;
  self->caption = caption;
  self->meaning = meaning;
  self->now = self->low = self->high = self->was = NAN;
  g_ptr_array_add (headlines, self);
  return self;
}

GPtrArray *
likeness_headline_new_all (const LikenessResults *results)
{
  GPtrArray *headlines = g_ptr_array_new_with_free_func (headline_free);
  const LikenessMetrics *now = &results->metrics, *was = &results->baseline;
  LikenessHeadline *self = NULL;

  self = add (headlines, "top1", _ ("Accuracy"),
              _ ("Share of the val faces whose person the trained classes name first."));
  fill_rate (self, results, &now->top1, now->top1_undefined, &was->top1,
             was->top1_undefined);
  self = add (headlines, "rank1", _ ("Rank-1"),
              _ ("Share of the val faces that are nearest to their own person, each "
                 "person being the mean of the train faces."));
  fill_rate (self, results, &now->rank1, now->rank1_undefined, &was->rank1,
             was->rank1_undefined);
  self
      = add (headlines, "sim", _ ("Similarity"),
             _ ("Mean cosine of a face with its best image or its person; beside it that "
                "of different people, which has to stay near 0."));
  fill_sim (self, results);
  self = add (headlines, "strangers", _ ("Strangers"),
              _ ("People who were kept out of training: how many of their pairs are "
                 "accepted where 1 % of the wrong pairs are."));
  fill_strangers (self, results);
  return headlines;
}

char *
likeness_headline_describe_origin (const LikenessResults *results)
{
  g_autofree char *input = NULL;
  g_autofree char *epoch = NULL;

  if (g_strcmp0 (results->input, "low") == 0)
    input = g_strdup (_ ("Judged on the low-resolution faces."));
  else if (g_strcmp0 (results->input, "high") == 0)
    input = g_strdup (_ ("Judged on the best images."));
  else
    /* Translators: a number of pixels */
    input = g_strdup_printf (_ ("Judged on faces reduced to %s px."),
                             results->input != NULL ? results->input : DASH);
  if (results->epoch == 0)
    return g_steal_pointer (&input);
  epoch = g_strdup_printf (_ ("Weights of epoch %'u, chosen as the best on these very "
                              "faces: new faces will do "
                              "slightly worse."),
                           results->epoch);
  return g_strconcat (epoch, " ", input, NULL);
}
